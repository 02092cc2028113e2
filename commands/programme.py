"""`luoshu programme`: whether the folders are right, what was decided in them, and by whom."""

import sys
from datetime import UTC, datetime
from typing import Annotated

from cyclopts import Parameter

from commands.frame import frame
from commands.output import Json, console, errors, show, show_json
from commands.ready import ready, ready_if_any
from domain.errors import ProgrammeRefused
from domain.sentences import say
from models.base import Row

app = frame("programme")
Slug = Annotated[str, Parameter(help=say("form.programme"))]


@app.command(help=say("help.programme_check"))
def check(
    slug: Annotated[str, Parameter(help=say("help.programme_or_all"))] = "",
    *,
    all: Annotated[bool, Parameter(negative="", help=say("help.confirmed_too"))] = False,
    json: Json = False,
) -> None:
    """Validate folders and list the defaults to confirm; end with 1 when one is broken."""
    from programmes.load import available
    from settings import Settings

    ready_if_any()
    rows: list[Row] = []
    broken: list[Row] = []
    for one in [slug] if slug else available(Settings().programmes):
        try:
            rows += _checked(one)
        except ProgrammeRefused as refusal:
            broken.append({"programme": one, "error": str(refusal)})
    shown = [row for row in rows if all or row["confirmed_by"] is None]
    if json:
        show_json({"defaults": shown, "broken": broken})
    else:
        _tell(shown, rows)
        for row in broken:
            errors.print(row["error"], style="red", highlight=False, soft_wrap=True)
    if broken:
        sys.exit(1)


def _checked(slug: str) -> list[Row]:
    from tasks.defaults import check as defaults_of

    return list(defaults_of(slug))


def _tell(shown: list[Row], every: list[Row]) -> None:
    """A table a programme, with who confirmed what when the confirmed are listed too."""
    for slug in dict.fromkeys(row["programme"] for row in shown):
        its = [row for row in every if row["programme"] == slug]
        left = sum(row["confirmed_by"] is None for row in its)
        told = [
            {
                "place": row["place"],
                "note": row["note"] or row["value"],
                **({"confirmed_by": row["confirmed_by"]} if left < len(its) else {}),
            }
            for row in shown
            if row["programme"] == slug
        ]
        show(told, False, title=say("output.defaults", slug=slug, open=left, count=len(its)))
    if not shown and every:
        console.print(say("output.all_confirmed"))


@app.command(help=say("help.programme_confirm"))
def confirm(
    slug: Slug,
    *places: Annotated[str, Parameter(help=say("help.places"))],
    by: Annotated[str, Parameter(help=say("help.confirmed_by"))],
    note: Annotated[str, Parameter(help=say("help.confirm_note"))] = "",
    json: Json = False,
) -> None:
    """Record who confirmed which defaults; those confirmed already stay as they are."""
    ready()
    from tasks.defaults import confirm as record

    done = record(slug, list(places), by, note, datetime.now(UTC))
    if json:
        show_json({"confirmed": done})
    elif not done:
        console.print(say("output.confirmed_before"))
    else:
        console.print(say("output.confirmed", count=len(done), by=by, places="、".join(done)))


@app.command(help=say("help.programme_trace"))
def trace(slug: Slug, *, json: Json = False) -> None:
    """The requirement ids the programme's rules come from, and where."""
    from domain.defaults import covered
    from tasks.work import programme

    found = covered(programme(slug))
    rows = [{"source": id, "place": places} for id, places in sorted(found.items())]
    show(rows, json, title=programme(slug).name)
