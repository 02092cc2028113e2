"""`luoshu programme`: whether the folders are right, what was decided in them, and by whom."""

import sys
from datetime import UTC, datetime
from typing import Annotated

from cyclopts import Parameter

from commands.burden import changed, tell_changed
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
    """Validate folders, list defaults and open points; end with 1 when a folder is broken."""
    from programmes.load import available
    from settings import Settings

    ready_if_any()
    rows: list[Row] = []
    points: list[Row] = []
    right: list[str] = []
    broken: list[Row] = []
    for one in [slug] if slug else available(Settings().programmes):
        try:
            _check(one, rows, points)
            right.append(one)
        except ProgrammeRefused as refusal:
            broken.append({"programme": one, "error": str(refusal)})
    shown = [row for row in rows if all or row["confirmed_by"] is None]
    if json:
        forms = {one: told for one in right if (told := changed(one, datetime.now(UTC)))}
        show_json({"defaults": shown, "questions": points, "forms": forms, "broken": broken})
    else:
        _tell(right, shown, rows, points)
        for row in broken:
            errors.print(row["error"], style="red", highlight=False, soft_wrap=True)
    if broken:
        sys.exit(1)


def _check(slug: str, rows: list[Row], points: list[Row]) -> None:
    from tasks.defaults import check as defaults_of
    from tasks.questions import questions

    rows += defaults_of(slug)
    points += questions(slug, datetime.now(UTC))


def _tell(right: list[str], shown: list[Row], every: list[Row], points: list[Row]) -> None:
    if right:
        console.print(say("programme_check.right", programmes="、".join(right)), soft_wrap=True)
    for slug in right:
        _tell_defaults(slug, [r for r in shown if r["programme"] == slug], every)
        open_ = [r for r in points if r["programme"] == slug]
        told = [{name: row[name] for name in ("task", "title", "question")} for row in open_]
        if told:
            show(told, False, title=say("questions.title", slug=slug, count=len(told)))
        tell_changed(slug, datetime.now(UTC))
    if not shown and every:
        console.print(say("output.all_confirmed"))


def _tell_defaults(slug: str, shown: list[Row], every: list[Row]) -> None:
    """The defaults of a programme, with who confirmed what when the confirmed are listed too."""
    its = [row for row in every if row["programme"] == slug]
    left = sum(row["confirmed_by"] is None for row in its)
    told = [
        {
            "place": row["place"],
            "note": row["note"] or row["value"],
            **({"confirmed_by": row["confirmed_by"]} if left < len(its) else {}),
        }
        for row in shown
    ]
    if told:
        show(told, False, title=say("output.defaults", slug=slug, open=left, count=len(its)))


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
