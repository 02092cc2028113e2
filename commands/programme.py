"""`luoshu programme`: whether the folders are right, what was decided in them, and by whom."""

import sys
from datetime import UTC, datetime
from typing import Annotated

from cyclopts import Parameter

from commands.frame import frame
from commands.output import Json, console, errors, show, show_json
from commands.ready import ready
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

    rows: list[Row] = []
    right: list[str] = []
    broken: list[Row] = []
    for one in [slug] if slug else available(Settings().programmes):
        try:
            rows += _checked(one)
            right.append(one)
        except ProgrammeRefused as refusal:
            broken.append({"programme": one, "error": str(refusal)})
    shown = [row for row in rows if all or row["confirmed_by"] is None]
    if json:
        show_json({"defaults": shown, "broken": broken})
    else:
        _tell(shown, len(rows), right)
        for row in broken:
            errors.print(row["error"], style="red", highlight=False, soft_wrap=True)
    if broken:
        sys.exit(1)


def _checked(slug: str) -> list[Row]:
    from tasks.defaults import check as defaults_of

    return list(defaults_of(slug))


def _tell(rows: list[Row], count: int, right: list[str]) -> None:
    if not right:
        return
    console.print(say("programme_check.right", programmes="、".join(right)), soft_wrap=True)
    named = [{**row, "note": row["note"] or row["value"]} for row in rows]
    columns = ("programme", "place", "note", "confirmed_by")
    title = say("output.defaults", open=sum(r["confirmed_by"] is None for r in rows), count=count)
    shown = [{name: row[name] for name in columns} for row in named]
    show(shown, False, title=title, empty=say("output.all_confirmed"))


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
