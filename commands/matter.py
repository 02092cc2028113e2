"""`luoshu matter`: have units report at once on one matter, as an occasion of its own."""

from datetime import UTC, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from cyclopts import Parameter

from commands.frame import frame
from commands.output import Json, console, show, show_json
from commands.ready import ready, until
from commands.replan import join_server, replan
from domain.sentences import say
from domain.wording import say_instant
from models.base import Row

app = frame("matter")
Slug = Annotated[str, Parameter(help=say("form.programme"))]


@app.command(name="open", help=say("help.matter_open"))
def open_(
    slug: Slug,
    title: Annotated[str, Parameter(help=say("help.title"))],
    *,
    unit: Annotated[tuple[str, ...], Parameter(name="--unit", help=say("help.matter_units"))] = (),
    form: Annotated[str, Parameter(help=say("help.form"))] = "",
    due: Annotated[str, Parameter(help=say("help.due"))] = "",
    json: Json = False,
) -> None:
    """Open a matter; every unit named owes a report on it at once."""
    ready()
    join_server()
    from tasks.matters import Asked, open_matter
    from tasks.work import programme

    zone = programme(slug).zone
    asked = Asked(slug, title, unit, form, until(due, zone) if due else None)
    opened = open_matter(asked, datetime.now(UTC))
    if json:
        show_json({"occasion": opened.occasion, "due_at": opened.due_at, "units": opened.units})
    else:
        told = {"occasion": opened.occasion, "count": len(opened.units)}
        console.print(say("output.matter", due=say_instant(opened.due_at, zone), **told))
    replan([slug])


@app.command(name="list", help=say("help.matter_list"))
def list_(slug: Slug, *, json: Json = False) -> None:
    """The matters still to be reported on, the most pressing first."""
    ready()
    from tasks.matters import open_matters
    from tasks.work import programme

    rules = programme(slug)
    rows = open_matters(slug, datetime.now(UTC))
    if not json:
        rows = [row | _instants(row, rules.zone) for row in rows]
    show(rows, json, title=rules.name, empty=say("output.no_matters"), heads="matter_head")


def _instants(row: Row, zone: ZoneInfo) -> dict[str, str]:
    opened_at = row["opened_at"].replace(second=0)
    return {"opened_at": say_instant(opened_at, zone), "due_at": say_instant(row["due_at"], zone)}
