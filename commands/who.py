"""`luoshu who`: for any instant, who is told what, and why the others are not."""

from datetime import UTC, datetime
from typing import Annotated

from cyclopts import Parameter

from commands.frame import frame
from commands.output import Json, show
from commands.ready import local, ready
from domain.sentences import say

app = frame("who")


@app.default
def who(
    slug: Annotated[str, Parameter(help=say("form.programme"))],
    *,
    as_of: Annotated[datetime | None, Parameter(help=say("help.at"))] = None,
    office: Annotated[str, Parameter(help=say("form.office"))] = "",
    json: Json = False,
) -> None:
    """One row for every rung whose window holds the instant."""
    from tasks import forecasts
    from tasks.work import programme

    ready()
    rules = programme(slug)
    at = local(as_of, rules.zone) or datetime.now(UTC)
    rows = forecasts.who(slug, office, at)
    if not json:
        rows = [row | {"not_before": row["not_before"].astimezone(rules.zone)} for row in rows]
    show(rows, json, title=rules.name, empty=say("output.nobody_told"))
