"""`luoshu ledger`: the office's own verdict on a receipt, the ledger file, and the desk's files."""

from datetime import UTC, datetime
from typing import Annotated

from cyclopts import Parameter

from commands.frame import frame
from commands.output import Json, console, show_json
from commands.ready import local, past, ready
from domain.errors import Refused
from domain.sentences import say

app = frame("ledger")
for name, place in {
    "template": "desk:template",
    "read": "reading:read",
    "show": "trail:show_receipt",
    "history": "trail:history",
    "unmatched": "trail:unmatched",
    "reply": "desk:reply",
    "cases": "desk:cases",
    "carry": "desk:carry",
}.items():
    app.command(f"commands.{place}", name=name, help=say(f"desk_help.{name}"))
Number = Annotated[int, Parameter(help=say("help.receipt"))]
Reason = Annotated[str, Parameter(help=say("help.reason"))]


@app.command(help=say("help.accept"))
def accept(receipt: Number, *, reason: Reason = "", json: Json = False) -> None:
    """Accept a receipt, whatever the checks said."""
    _decide(receipt, "accepted", reason, json)


@app.command(name="return", help=say("help.return"))
def return_(receipt: Number, *, reason: Reason, json: Json = False) -> None:
    """Send a receipt back; the unit is told the reason."""
    if not reason.strip():
        raise Refused("ledger.no_reason")
    _decide(receipt, "returned", reason, json)


@app.command(help=say("help.export"))
def export(
    slug: Annotated[str, Parameter(help=say("form.programme"))],
    *,
    occasion: Annotated[str, Parameter(help=say("form.occasion"))] = "",
    office: Annotated[str, Parameter(help=say("form.office"))] = "",
    as_of: Annotated[datetime | None, Parameter(help=say("form.as_of"))] = None,
    json: Json = False,
) -> None:
    """Write the occasion's ledger as .xlsx and say where."""
    from settings import Settings
    from tasks.ledgers import owed, write_ledger
    from tasks.register import collecting
    from tasks.work import Work, programme

    ready()
    rules, now = programme(slug), datetime.now(UTC)
    host = rules.office(office).code
    occasion = rules.period(occasion or collecting(rules, host, now)).id
    at = past(local(as_of, rules.zone)) or now
    work = Work(slug, host, occasion, now, 0)
    if not owed(work, at):
        raise Refused("ledger.nothing_owed", occasion=occasion, slug=slug)
    name = write_ledger(work, at)
    path = Settings().folder("exports", slug) / name
    show_json({"file": path}) if json else console.print(say("output.written", path=path))


def _decide(receipt: int, kind: str, reason: str, as_json: bool) -> None:
    from tasks.decisions import decide

    ready()
    outcome = decide(receipt, kind, reason, datetime.now(UTC))
    if as_json:
        show_json(outcome)
    else:
        console.print(say(f"output.{kind}", **outcome))
