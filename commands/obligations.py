"""`luoshu obligations`: who owes what, and how each stands."""

from datetime import UTC, datetime
from typing import Annotated, Any

from cyclopts import Parameter

from commands.frame import frame
from commands.output import Json, show
from commands.ready import local, past, ready_if_any
from domain.programme import Programme
from domain.sentences import say
from domain.wording import say_instant

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
    title = f"{rules.name} {occasion}"
    if not json:
        title = (
            f"{rules.name} {' '.join(dict.fromkeys(row['occasion'] for row in rows)) or occasion}"
        )
        rows = [_words(rules, row) for row in rows]
    show(rows, json, title=title, empty=say("output.no_obligations"))


def _words(rules: Programme, row: dict[str, Any]) -> dict[str, Any]:
    """A row as people read it: names for codes; the office where its form does not tell it."""
    alike = len({form.label for form in rules.forms}) < len({form.office for form in rules.forms})
    office = {"office": rules.office(row["office"]).name} if alike else {}
    due = say_instant(row["due_at"], rules.zone) if row["due_at"] else ""
    return {
        "unit": row["unit"],
        "form": rules.form(row["form"]).label,
        **office,
        "due_at": due,
        "state": say(f"state.{row['state']}"),
        "flags": [say(f"flag.{flag}") for flag in row["flags"]],
    }
