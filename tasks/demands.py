"""Change what obligations demand: the fact, the rungs ahead, and a word to whoever was told."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from domain.history import Event, Kind, admit, was_announced
from domain.programme import Programme
from domain.reminder import plan
from models import message, obligation, reminder
from models.audit import Change
from models.base import Session
from models.obligation import Owed, event_row
from tasks.recipients import told_of
from tasks.work import Work, calendar

Row = dict[str, Any]


def set_anew(
    session: Session,
    change: Change,
    rules: Programme,
    owed: Sequence[Owed],
    changes: dict[int, Row],
    reason: str,
) -> None:
    """Append each change, move the rungs nobody was told of, and correct what was announced.

    A change says its ``kind`` and, for a new due instant, ``due_at``.
    """
    histories = obligation.histories(session, list(changes))
    for id, values in changes.items():
        admit(histories[id], Event(values["kind"], change.at, change.at, change.actor))
    rows = [
        event_row(
            id, key=_key(change.actor, histories[id], values["kind"]), reason=reason, **values
        )
        for id, values in changes.items()
    ]
    obligation.add_events(session, change, rows)
    move_reminders(session, rules, {id: v["due_at"] for id, v in changes.items() if "due_at" in v})
    announced = [o for o in owed if o.id in changes and was_announced(histories[o.id])]
    work = Work(rules.slug, "", "", change.at, change.step or 0)
    slot = rules.sending_hours(calendar(session, rules)).allowed_from(change.at)
    message.put(session, change, told_of(session, work, "corrected", announced, slot))


def _key(actor: str, history: Sequence[Event], kind: Kind) -> str:
    return f"{actor}:{sum(e.kind is kind for e in history)}"


def move_reminders(session: Session, rules: Programme, dues: dict[int, datetime]) -> None:
    """Rungs nobody was told of move with the due instant; what was told stays told."""
    sending = rules.sending_hours(calendar(session, rules))
    open_rungs = set(reminder.planned_of(session, dues))
    every = (r for id, due_at in dues.items() for r in plan(rules.rungs(), id, due_at, sending))
    reminder.move(session, [r for r in every if (r.obligation, r.role, r.rung) in open_rungs])
