"""`luoshu doctor`: what could trip this installation, each with what to do about it."""

import sys

from commands.frame import frame
from commands.output import Json, show
from domain.sentences import say

app = frame("doctor")


@app.default
def doctor(*, json: Json = False) -> None:
    """Look at versions, calendar, database, key and processes; end with 1 on a fault."""
    from deployments.checkup import checkup

    results = list(checkup())
    rows = [
        {
            "check": say(f"doctor.{r.check}"),
            "result": say(f"doctor_result.{r.result}"),
            "finding": say(f"doctor_{r.check}.{r.result}", **r.detail),
        }
        for r in results
    ]
    show(rows, json)
    if any(r.result == "bad" for r in results):
        sys.exit(1)
