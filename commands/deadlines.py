"""`luoshu deadlines`: every deadline of a year, before it starts."""

from datetime import UTC, datetime
from typing import Annotated

from cyclopts import Parameter

from commands.frame import frame
from commands.output import Json, show
from domain.sentences import say

app = frame("deadlines")


@app.default
def deadlines(
    slug: Annotated[str, Parameter(help=say("form.programme"))],
    *,
    year: Annotated[int | None, Parameter(help=say("help.year"))] = None,
    moved: Annotated[bool, Parameter(negative="", help=say("help.moved"))] = False,
    json: Json = False,
) -> None:
    """One row an office, form and occasion; needs no database."""
    from tasks.deadlines import rows_of, year_of
    from tasks.work import programme

    rules = programme(slug)
    found = year_of(slug, year or datetime.now(UTC).astimezone(rules.zone).year)
    rows = [d for d in found if not moved or d.shift_days != 0]
    show(list(rows_of(rules, rows)), json)
