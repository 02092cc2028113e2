"""Change what obligations demand: the fact, the rungs ahead, and a word to whoever was told."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from domain.history import Event, Kind, admit, phase_of, was_announced
from domain.programme import Programme
from domain.reminder import Reminder, plan
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
) -> list[Owed]:
    """Append each change and move the rungs nobody was told of; those who are to be corrected.

    A change says its ``kind`` and, for a new due instant, ``due_at``. Raises TransitionRefused.
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
    dues = {id: v["due_at"] for id, v in changes.items() if "due_at" in v}
    owe_again(session, rules, {id: at for id, at in dues.items() if _exempt(histories[id])})
    move_reminders(session, rules, dues)
    on_the_way = message.on_the_way(session, list(changes))
    return [
        o
        for o in owed
        if o.id in changes and (was_announced(histories[o.id]) or o.id in on_the_way)
    ]


def correct(session: Session, change: Change, rules: Programme, owed: Sequence[Owed]) -> int:
    """Queue one correction a person about these, as they stand now; how many were new."""
    work = Work(rules.slug, "", "", change.at, change.step or 0)
    slot = rules.sending_hours(calendar(session, rules)).allowed_from(change.at)
    return message.put(session, change, told_of(session, work, "corrected", owed, slot))


def _key(actor: str, history: Sequence[Event], kind: Kind) -> str:
    return f"{actor}:{sum(e.kind is kind for e in history)}"


def _exempt(history: Sequence[Event]) -> bool:
    return phase_of(history) == "exempt"


def owe_again(session: Session, rules: Programme, dues: Mapping[int, datetime]) -> None:
    """What was exempt gets its rungs: those it never had, and those cleared for that alone."""
    reminder.reopen(session, dues, "reminder.cleared_exempt")
    reminder.decide(session, _planned(session, rules, dues))


def move_reminders(session: Session, rules: Programme, dues: Mapping[int, datetime]) -> None:
    """Rungs nobody was told of move with the due instant; what was told stays told."""
    open_rungs = set(reminder.planned_of(session, dues))
    every = _planned(session, rules, dues)
    reminder.move(session, [r for r in every if (r.obligation, r.role, r.rung) in open_rungs])


def _planned(
    session: Session, rules: Programme, dues: Mapping[int, datetime]
) -> Iterator[Reminder]:
    """Every rung of the ladder for these due instants."""
    ladder, sending = rules.rungs(), rules.sending_hours(calendar(session, rules))
    return (r for id, due_at in dues.items() for r in plan(ladder, id, due_at, sending))
