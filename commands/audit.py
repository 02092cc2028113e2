"""`luoshu audit verify`: whether every fact is as it was written."""

import sys

from commands.frame import frame
from commands.output import Json, console, show
from commands.ready import ready
from domain.sentences import say

app = frame("audit")


@app.command(help=say("help.verify"))
def verify(*, json: Json = False) -> None:
    """Name every row that was edited, deleted, swapped, cut off or sealed anew; end with 1."""
    from models.base import reading
    from models.verify import verify as check
    from settings import Settings

    ready()
    with reading() as session:
        damage = check(session, Settings().folder())
    rows = [{"table": d.table, "row": d.row, "finding": say(d.rule)} for d in damage]
    if json or rows:
        show(rows, json, title=say("output.damage", count=len(rows)))
    else:
        console.print(say("output.audit_good"))
    if rows:
        sys.exit(1)
