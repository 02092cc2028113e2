"""`luoshu obligations`: who owes what, and how each stands."""

from datetime import UTC, datetime
from typing import Annotated

from cyclopts import Parameter

from commands.frame import frame
from commands.output import Json, show
from commands.ready import local, past, ready
from domain.sentences import say

app = frame("obligations")


@app.default
def obligations(
    slug: Annotated[str, Parameter(help=say("form.programme"))],
    *,
    occasion: Annotated[str, Parameter(help=say("form.occasion"))] = "",
    as_of: Annotated[datetime | None, Parameter(help=say("form.as_of"))] = None,
    json: Json = False,
) -> None:
    """One row a debtor: office, form, unit, occasion, due instant, state, flags."""
    from tasks.standings import obligation_rows
    from tasks.work import programme

    ready()
    rules = programme(slug)
    at = past(local(as_of, rules.zone)) or datetime.now(UTC)
    rows = obligation_rows(slug, occasion, at)
    if not json:
        rows = [
            row
            | {
                "due_at": row["due_at"] and row["due_at"].astimezone(rules.zone),
                "state": say(f"state.{row['state']}"),
                "flags": [say(f"flag.{flag}") for flag in row["flags"]],
            }
            for row in rows
        ]
    show(rows, json, title=f"{rules.name} {occasion}", empty=say("output.no_obligations"))
