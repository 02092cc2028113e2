"""`luoshu deadlines`: every deadline of a year before it starts, on screen or on paper."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from commands.frame import frame
from commands.output import Json, console, show, show_json
from commands.papers import Wanted, chosen, write
from commands.ready import ready, ready_if_any
from domain.sentences import say

if TYPE_CHECKING:
    from tasks.deadlines import Year

app = frame("deadlines")


@app.default
def deadlines(
    slug: Annotated[str, Parameter(help=say("deadlines_help.programme"))] = "",
    *,
    year: Annotated[int | None, Parameter(help=say("help.year"))] = None,
    office: Annotated[str, Parameter(help=say("deadlines_help.office"))] = "",
    moved: Annotated[bool, Parameter(negative="", help=say("deadlines_help.moved"))] = False,
    ics: Annotated[Path | None, Parameter(help=say("deadlines_help.ics"))] = None,
    xlsx: Annotated[Path | None, Parameter(help=say("deadlines_help.xlsx"))] = None,
    chart: Annotated[Path | None, Parameter(help=say("deadlines_help.chart"))] = None,
    json: Json = False,
) -> None:
    """A table, or the files asked for; only calendars need a database."""
    ready() if ics else ready_if_any()
    wanted = Wanted(ics, xlsx, chart, office, moved)
    years = chosen(slug, year, wanted, datetime.now(UTC))
    if wanted.files:
        outcome = write(years, wanted, datetime.now(UTC))
        show_json(outcome.paths) if json else console.print("\n".join(outcome.told()))
    elif json:
        from tasks.deadlines import rows_of

        rows = wanted.rows(years)
        show_json([row for one in rows for row in rows_of(one.rules, one.deadlines)])
    else:
        for one in wanted.rows(years):
            _tell(one, wanted)


def _tell(year: "Year", wanted: Wanted) -> None:
    """The year as people read it: a table for what is always due together, and its foot."""
    from documents.footnotes import footnotes, said
    from tasks.yearbooks import in_all, series, why_empty

    if not year.deadlines:
        console.print(str(why_empty(year, wanted.office, wanted.moved)))
        _tell_provisional(year)
        return
    key = "deadlines.title_moved" if wanted.moved else "deadlines.title"
    values = {"programme": year.rules.name, "year": year.year, "counts": in_all(year)}
    console.print(say(key, **values), soft_wrap=True)
    parts = list(series(year))
    for part in parts:
        counts = say("deadlines.counts", counts=part.counts) if len(parts) > 1 else ""
        console.print(f"\n{part.title}{counts}", soft_wrap=True)
        show(part.rows, False, heads="deadlines_head")
    if notes := footnotes(said(year.undecided)):
        console.print("", *notes, sep="\n", soft_wrap=True)
    _tell_provisional(year)


def _tell_provisional(year: "Year") -> None:
    """What a year without its holiday notice is reckoned by (X3)."""
    if year.year not in year.workdays.years:
        console.print(say("deadlines.awaited", year=year.year), soft_wrap=True)
