"""`luoshu ledger show` and `history`: what is stored of a receipt, and everything a unit sent."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

from cyclopts import Parameter

from commands.cells import findings_json, masked, plain, remark_lines, rows_json, rows_shown
from commands.output import Json, console, show, show_json
from commands.ready import ready
from domain.sentences import say
from domain.wording import say_instant

if TYPE_CHECKING:
    from tasks.reviews import Review
    from tasks.versions import Version

NAMED = 3  # corrections told of one version
LONGEST = 24  # letters of a value in a correction
HEADS = "desk_head"


def show_receipt(
    receipt: Annotated[int, Parameter(help=say("help.receipt"))], *, json: Json = False
) -> None:
    """Show what was read of a stored receipt, and what was found."""
    ready()
    from tasks.reviews import review

    found = review(receipt, datetime.now(UTC))
    about = _about(found)
    if json:
        findings = {"findings": findings_json(found.findings)}
        show_json(about | rows_json(found.content) | findings)
        return
    about["received_at"] = say_instant(found.filed.received_at, found.facts.known.rules.zone)
    about["verdict"] = say(f"kind.{found.verdict}")
    about["state"] = say(f"state.{found.standing.state}")
    console.print(say("desk.receipt", label=found.form.label, **about), soft_wrap=True)
    rows = rows_shown(found.form, found.content, found.tasks)
    key = "desk.nil" if found.content.nil else "desk.no_values"
    show(rows, False, title=say("desk.values"), empty=say(key), heads=HEADS)
    for line in remark_lines(found.findings):
        console.print(line, soft_wrap=True, highlight=False)


def _about(found: "Review") -> dict[str, Any]:
    filed = found.filed
    return {
        "number": found.number,
        "unit": found.unit,
        "form": found.form.code,
        "occasion": filed.owed.occasion,
        "file": masked(filed.source),
        "received_at": filed.received_at.astimezone(found.facts.known.rules.zone),
        "sha256": filed.sha256,
        "verdict": found.verdict.value,
        "state": found.standing.state.value,
    }


def history(
    slug: Annotated[str, Parameter(help=say("form.programme"))],
    unit: Annotated[str, Parameter(help=say("desk_help.unit"))],
    *,
    form: Annotated[str, Parameter(help=say("desk_help.form"))] = "",
    json: Json = False,
) -> None:
    """List every receipt of a unit with what each version corrected."""
    ready()
    from tasks.versions import history as told

    found = told(slug, unit, form)
    if json:
        show_json([_row(version, found.rules.zone) for version in found.versions])
        return
    rows = [_shown(version, found.rules.zone) for version in found.versions]
    title = say("desk.history", unit=found.unit, count=len(rows))
    show(rows, False, title=title, heads=HEADS)


def unmatched(
    slug: Annotated[str, Parameter(help=say("form.programme"))], *, json: Json = False
) -> None:
    """List what came and answers nothing, with the reason and the remedy."""
    ready()
    from tasks.stuck import unmatched as listed

    rows = listed(slug, datetime.now(UTC))
    if json:
        show_json(rows)
        return
    told = [row | {"received_at": _instant(row["received_at"])} for row in rows]
    title = say("unmatched.title", count=len(rows))
    show(told, False, title=title, empty=say("unmatched.none"), heads=HEADS)


def _instant(at: datetime) -> str:
    assert isinstance(at.tzinfo, ZoneInfo)
    return say_instant(at, at.tzinfo)


def _row(version: "Version", zone: ZoneInfo) -> dict[str, Any]:
    filed = version.filed
    return {
        "number": f"{filed.id:06d}",
        "form": version.form.code,
        "occasion": filed.owed.occasion,
        "received_at": filed.received_at.astimezone(zone),
        "verdict": version.verdict.value,
        "version": version.number,
        "corrections": [
            {"row": c.row, "field": c.field, "was": plain(c.was), "now": plain(c.now)}
            for c in version.changes
        ],
    }


def _shown(version: "Version", zone: ZoneInfo) -> dict[str, str]:
    """A version as people read it: the first corrections in words, then how many more."""
    row, changes = _row(version, zone), version.changes
    told = [_correction(version, number) for number in range(min(NAMED, len(changes)))]
    more = len(changes) - len(told)
    return {
        "number": row["number"],
        "form": version.form.label,
        "occasion": row["occasion"],
        "received_at": say_instant(version.filed.received_at, zone),
        "verdict": say(f"kind.{version.verdict}"),
        "version": say("desk.version", number=version.number),
        "corrections": "\n".join([*told, *([say("desk.more", count=more)] if more else [])]),
    }


def _correction(version: "Version", number: int) -> str:
    change = version.changes[number]
    was, now = (plain(value) or say("readback.empty") for value in (change.was, change.now))
    row = f"{change.row} " if change.row else ""
    return say("desk.correction", field=row + change.field, was=_cut(was), now=_cut(now))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
