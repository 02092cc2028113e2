"""Take in a holiday notice: the calendar changes, and with it what nobody was told of yet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from domain.clock import Due
from domain.expansion import dues
from domain.history import Event, Kind, demanded, phase_of, was_announced
from domain.notice import Notice, differences
from domain.programme import Programme
from domain.workdays import Workdays
from models import obligation, reminder
from models.audit import Change
from models.base import Session, writing
from models.obligation import Owed
from models.unit import printed_names
from models.workday import Override, enter, workdays
from tasks.deadlines import moves
from tasks.demands import correct, move_reminders, set_anew
from tasks.runs import anchor
from tasks.work import programme, sound

Row = dict[str, Any]
DEMANDS = (Kind.DUE_SET, Kind.EXEMPTED)
BACK = timedelta(days=60)  # an obligation due longer ago is not moved by anything


class _NotKept(Exception):
    """Ends a rehearsal: nothing of it is kept."""


@dataclass(slots=True)
class Outcome:
    """What a notice changes: days, deadlines of the year, and obligations that are open already."""

    days: int = 0
    moved: list[Row] = field(default_factory=list)
    opened: list[Row] = field(default_factory=list)


def take_in(notice: Notice, now: datetime, *, rehearse: bool, announced: bool) -> Outcome:
    """Enter a notice and move what it moves; an announced deadline only when asked to.

    A rehearsal tells the same and keeps nothing. Safe to repeat: the second time nothing moves.
    """
    outcome = Outcome()
    try:
        with writing() as session:
            _take_in(session, notice, now, outcome, announced)
            if rehearse:
                raise _NotKept
    except _NotKept:
        return outcome
    anchor(now)
    return outcome


def _take_in(
    session: Session, notice: Notice, now: datetime, outcome: Outcome, announced: bool
) -> None:
    old = workdays(session)
    days = [Override(*day, notice.source) for day in differences(notice, old)]
    outcome.days = enter(session, Change("registry", "office", now), days)
    calendars = old, workdays(session)
    for slug in sound():
        rules = programme(slug)
        years = (notice.year - 1, notice.year, notice.year + 1)
        outcome.moved += moves(rules, years, *calendars)
        outcome.opened += _opened(session, rules, calendars, now, announced)
        if days:
            _follow(session, rules)
    names = printed_names(session, now.date())
    outcome.opened = [r | {"unit": names.get(r["unit"], r["unit"])} for r in outcome.opened]


def _opened(
    session: Session,
    rules: Programme,
    calendars: tuple[Workdays, Workdays],
    now: datetime,
    announced: bool,
) -> list[Row]:
    """Move what is open already, and correct at once, one message a person, what was told."""
    rows: list[Row] = []
    told: list[Owed] = []
    for owed, was, wanted in _forms(session, rules, calendars, now):
        obligation.lock(session, [o.id for o in owed])
        histories = obligation.histories(session, [o.id for o in owed])
        outcomes = {
            o.id: _outcome(histories[o.id], was, wanted, now, announced)
            for o in owed
            if o.nominal_due_at in (was.nominal_due_at, wanted.nominal_due_at)
        }
        moved = [o for o in owed if outcomes.get(o.id) == "moved"]
        told += _move(session, rules, moved, wanted, now)
        rows += [
            _row(rules, o, histories[o.id], wanted, outcome)
            for o in owed
            if (outcome := outcomes.get(o.id))
        ]
    correct(session, Change(rules.slug, "clock", now), rules, told)
    return rows


def _forms(
    session: Session, rules: Programme, calendars: tuple[Workdays, Workdays], now: datetime
) -> Iterator[tuple[list[Owed], Due, Due]]:
    """The open obligations of each form and occasion, due by the old and by the new calendar."""
    for office, form, occasion in obligation.forms_since(session, rules.slug, now - BACK):
        period = rules.period(occasion)
        was, wanted = (
            dues(rules, office, period, rules.calendar(calendar)).get(form)
            for calendar in calendars
        )
        if was and wanted and (was.due_at != wanted.due_at or not _is_past(wanted, now)):
            owed = obligation.of_occasion(session, rules.slug, office, occasion, now)
            yield [o for o in owed if o.form == form], was, wanted


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
