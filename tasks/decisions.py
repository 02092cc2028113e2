"""The office's own verdict on a receipt: accepted whatever the checks said, or sent back."""

from datetime import datetime
from typing import Any

from domain.checks import Finding
from domain.history import Event, Kind, admit
from domain.sentences import say
from models import message, obligation, receipt
from models.audit import Change
from models.base import writing
from models.obligation import event_row
from models.stuck import stuck_one
from models.unit import printed_names
from tasks.recipients import About, to_liaisons
from tasks.runs import anchor
from tasks.stuck import refusal
from tasks.work import Work

OFFICE = "office"


def decide(number: int, kind: str, reason: str, now: datetime) -> dict[str, Any]:
    """Append the verdict and tell the unit; refused when it cannot follow what has happened."""
    with writing() as session:
        found = receipt.by_ids(session, [number])
        if not found or stuck_one(session, number):
            raise refusal(session, number)
        owed = obligation.by_ids(session, [found[0].obligation])[found[0].obligation]
        obligation.lock(session, [owed.id])
        history = obligation.histories(session, [owed.id])[owed.id]
        admit(history, Event(Kind(kind), now, now, OFFICE, number))
        times = sum(e.actor == OFFICE and e.receipt == number for e in history)
        change = Change(obligation.programme_of(session, owed.id), OFFICE, now)
        row = event_row(
            owed.id, Kind(kind), key=f"{OFFICE}:{number}:{times}", receipt_id=number, reason=reason
        )
        obligation.add_events(session, change, [row])
        work = Work(change.stream, owed.office, owed.occasion, now, 0)
        if kind == Kind.RETURNED:
            finding = Finding("check.office", f"{OFFICE}:{times}", "error", {"reason": reason})
            receipt.add_findings(session, change, [(number, finding)])
        letter = "returned" if kind == Kind.RETURNED else "receipt"
        drafts = to_liaisons(session, work, letter, [About(owed, number, now)])
        message.put(session, change, drafts)
        unit = printed_names(session, now.date()).get(owed.debtor, owed.debtor)
    anchor(now)
    return {
        "receipt": number,
        "number": f"{number:06d}",
        "unit": unit,
        "occasion": owed.occasion,
        "verdict": say(f"kind.{kind}"),
    }
