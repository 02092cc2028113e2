"""The `luoshu` command: one app, a module a command group; errors are Chinese sentences."""

import json
import os
import sys

from commands.frame import frame
from commands.output import errors
from domain.errors import Refused
from domain.sentences import say

GROUPS = {
    "up": "up:app",
    "run": "run:app",
    "obligations": "obligations:app",
    "deadlines": "deadlines:app",
    "burden": "burden:app",
    "programme": "programme:app",
    "calendar": "calendar:app",
    "matter": "matter:app",
    "extend": "extend:extension",
    "exempt": "extend:exemption",
    "who": "who:app",
    "ledger": "ledger:app",
    "match": "match:app",
    "officers": "officers:app",
    "simulate": "simulate:app",
    "audit": "audit:app",
    "doctor": "doctor:app",
    "sentences": "sentences:app",
}
app = frame("luoshu")


def main() -> None:
    """Run the command line; a refusal prints its sentence and ends with 1."""
    os.environ.setdefault("DO_NOT_TRACK", "1")
    for name, place in GROUPS.items():
        app.command(f"commands.{place}", name=name, help=say(f"help.{name}"))
    try:
        app()
    except Refused as refusal:
        if "--json" in sys.argv:
            print(json.dumps({"error": refusal.key, "message": str(refusal)}, ensure_ascii=False))  # noqa: T201
        errors.print(str(refusal), style="red", highlight=False, soft_wrap=True)
        sys.exit(1)
