"""`luoshu obligations`: who owes what, and how each stands."""

from datetime import UTC, datetime
from typing import Annotated

from cyclopts import Parameter

from commands.frame import frame
from commands.output import Json, show
from commands.ready import local, past, ready_if_any
from domain.programme import Programme
from domain.sentences import say
from models.base import Row

app = frame("obligations")


@app.default
def obligations(
    slug: Annotated[str, Parameter(help=say("form.programme"))],
    *,
    occasion: Annotated[str, Parameter(help=say("form.occasion"))] = "",
    as_of: Annotated[datetime | None, Parameter(help=say("form.as_of"))] = None,
    json: Json = False,
) -> None:
    """One row a debtor, stored or computed; where there is no database, by the folder alone."""
    from tasks.standings import obligation_rows
    from tasks.work import programme

    ready_if_any()
    rules = programme(slug)
    at = past(local(as_of, rules.zone)) or datetime.now(UTC)
    rows = obligation_rows(slug, occasion, at)
    if not json:
        rows = [dict(_words(rules, row)) for row in rows]
    show(rows, json, title=f"{rules.name} {occasion}", empty=say("output.no_obligations"))


def _words(rules: Programme, row: Row) -> Row:
    """A row as people read it: names instead of codes."""
    return dict(row) | {
        "office": rules.office(row["office"]).name,
        "form": rules.form(row["form"]).label,
        "state": say(f"state.{row['state']}"),
        "flags": [say(f"flag.{flag}") for flag in row["flags"]],
    }
