"""The `luoshu` command: one app, a module a command group; errors are Chinese sentences."""

import json
import os
import sys

from commands.frame import frame
from commands.output import errors
from domain.errors import Refused
from domain.sentences import say

GROUPS = (
    "up",
    "run",
    "obligations",
    "who",
    "ledger",
    "officers",
    "simulate",
    "audit",
    "doctor",
    "sentences",
)
app = frame("luoshu")


def main() -> None:
    """Run the command line; a refusal prints its sentence and ends with 1."""
    os.environ.setdefault("DO_NOT_TRACK", "1")
    for group in GROUPS:
        app.command(f"commands.{group}:app", name=group, help=say(f"help.{group}"))
    try:
        app()
    except Refused as refusal:
        if "--json" in sys.argv:
            print(json.dumps({"error": refusal.key, "message": str(refusal)}, ensure_ascii=False))  # noqa: T201
        errors.print(str(refusal), style="red", highlight=False, soft_wrap=True)
        sys.exit(1)
