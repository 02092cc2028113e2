"""Enter days of the calendar, and move what is open and nobody was told of yet (X3, S8)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from domain.clock import Due
from domain.expansion import dues
from domain.history import Event, Kind, demanded, phase_of, was_announced
from domain.programme import Programme
from domain.workdays import Workdays
from models import obligation, reminder
from models.audit import Change
from models.base import Session
from models.obligation import Owed
from models.programme import versions
from models.workday import Override, enter, workdays
from tasks.demands import correct, move_reminders, set_anew
from tasks.work import programme, sound

Row = dict[str, Any]
Calendars = tuple[Workdays, Workdays]  # as it was, and as it is
DEMANDS = (Kind.DUE_SET, Kind.EXEMPTED)
BACK = timedelta(days=60)  # an obligation due longer ago is not moved by anything


@dataclass(frozen=True, slots=True)
class Entered:
    """How many days were new, the calendar before and after, and what became of what is open."""

    days: int
    calendars: Calendars
    opened: Sequence[Row]


def enter_days(
    session: Session, change: Change, days: Sequence[Override], *, announced: bool = False
) -> Entered:
    """Enter days and move the open obligations of every programme that they move.

    What was announced stays and is listed, unless asked for. Belongs into one transaction: a day
    that is known already is no reason to look again.
    """
    old = workdays(session)
    new = enter(session, change, days)
    calendars = old, workdays(session)
    opened: list[Row] = []
    for slug in sound():
        rules = programme(slug)
        opened += _opened(session, rules, calendars, change.at, announced)
        if days:
            _follow(session, rules)
    return Entered(new, calendars, opened)


def _opened(
    session: Session, rules: Programme, calendars: Calendars, now: datetime, announced: bool
) -> list[Row]:
    """Move what is open already, and correct at once, one message a person, what was told."""
    rows: list[Row] = []
    told: list[Owed] = []
    for owed, was, wanted in _forms(session, rules, calendars, now):
        obligation.lock(session, [o.id for o in owed])
        histories = obligation.histories(session, [o.id for o in owed])
        outcomes = {o.id: _outcome(histories[o.id], was, wanted, now, announced) for o in owed}
        moved = [o for o in owed if outcomes[o.id] == "moved"]
        told += _move(session, rules, moved, wanted, now)
        rows += [
            _row(rules, o, histories[o.id], wanted, outcome)
            for o in owed
            if (outcome := outcomes[o.id])
        ]
    correct(session, Change(rules.slug, "clock", now), rules, told)
    return rows


def _forms(
    session: Session, rules: Programme, calendars: Calendars, now: datetime
) -> Iterator[tuple[list[Owed], Due, Due]]:
    """The open obligations of each form and occasion, due by the old and by the new calendar.

    Each runs on the clock it was opened on, whatever the folder says by now.
    """
    opened = obligation.forms_since(session, rules.slug, now - BACK)
    known = versions(session, {version for *_, version in opened}, rules)
    for office, form, occasion, version in opened:
        its = known[version]
        was, wanted = (
            dues(its, office, its.period(occasion), rules.calendar(calendar)).get(form)
            for calendar in calendars
        )
        if was and wanted and (was.due_at != wanted.due_at or not _is_past(wanted, now)):
            owed = obligation.of_occasion(session, rules.slug, office, occasion, now)
            yield [o for o in owed if (o.form, o.version) == (form, version)], was, wanted


def _is_past(due: Due, now: datetime) -> bool:
    return due.due_at is not None and due.due_at <= now


def _move(
    session: Session, rules: Programme, owed: Sequence[Owed], wanted: Due, now: datetime
) -> list[Owed]:
    """Set these anew; those that were announced."""
    demand: Row = {"kind": Kind.DUE_SET, "due_at": wanted.due_at}
    if wanted.due_at is None:
        demand = {"kind": Kind.EXEMPTED}
    change, why = Change(rules.slug, "clock", now), "holidays.reason"
    return set_anew(session, change, rules, owed, {o.id: demand for o in owed}, why)


def _follow(session: Session, rules: Programme) -> None:
    """Every rung nobody was told of falls as the new calendar says, its window too."""
    histories = obligation.histories(session, reminder.awaited(session, rules.slug))
    dues = {id: due_at for id, history in histories.items() if (due_at := demanded(history))}
    move_reminders(session, rules, dues)


def _outcome(
    history: Sequence[Event], was: Due, wanted: Due, now: datetime, announced: bool
) -> str:
    """What becomes of one obligation, a key of ``holidays``; empty when it is as it should be."""
    due_at, newly = demanded(history), was.due_at != wanted.due_at
    if due_at == wanted.due_at or phase_of(history) == "withdrawn":
        return ""
    by_office = [e.kind for e in history if e.actor == "office" and e.kind in DEMANDS]
    if by_office:
        kept = "exempted" if by_office[-1] is Kind.EXEMPTED else "extended"
        return kept if newly else ""
    if (due_at and due_at <= now) or _is_past(wanted, now):
        return "too_late" if newly else ""
    return "moved" if announced or not was_announced(history) else "announced"


def _row(rules: Programme, owed: Owed, history: Sequence[Event], wanted: Due, outcome: str) -> Row:
    was = demanded(history)
    return {
        "programme": rules.slug,
        "office": owed.office,
        "form": owed.form,
        "unit": owed.debtor,
        "occasion": owed.occasion,
        "was": was and was.astimezone(rules.zone),
        "due_at": wanted.due_at,
        "outcome": outcome,
    }
