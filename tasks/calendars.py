"""Take in a holiday notice: the calendar changes, and with it what nobody was told of yet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from domain.clock import Due
from domain.expansion import dues
from domain.history import Event, Kind, due_instant, was_announced
from domain.notice import Notice, differences
from domain.programme import Programme
from domain.workdays import Workdays
from models import obligation
from models.audit import Change
from models.base import Session, writing
from models.obligation import Owed
from models.unit import printed_names
from models.workday import Override, enter, workdays
from tasks.deadlines import moves
from tasks.demands import set_anew
from tasks.runs import anchor
from tasks.work import programme, sound

Row = dict[str, Any]
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
    new = workdays(session)
    for slug in sound():
        rules = programme(slug)
        years = (notice.year - 1, notice.year, notice.year + 1)
        outcome.moved += moves(rules, years, old, new)
        for open_, wanted in _moved(session, rules, old, new, now):
            outcome.opened += _move_open(session, rules, open_, wanted, now, announced)
    names = printed_names(session, now.date())
    outcome.opened = [r | {"unit": names.get(r["unit"], r["unit"])} for r in outcome.opened]


def _moved(
    session: Session, rules: Programme, old: Workdays, new: Workdays, now: datetime
) -> Iterator[tuple[list[Owed], Due]]:
    """The open obligations of each form and occasion that is due at another instant now."""
    for office, form, occasion in obligation.forms_since(session, rules.slug, now - BACK):
        period = rules.period(occasion)
        was, wanted = (
            dues(rules, office, period, rules.calendar(calendar)).get(form)
            for calendar in (old, new)
        )
        if was and wanted and was.due_at != wanted.due_at:
            owed = obligation.of_occasion(session, rules.slug, office, occasion, now)
            yield [o for o in owed if o.form == form], wanted


def _move_open(
    session: Session,
    rules: Programme,
    owed: Sequence[Owed],
    wanted: Due,
    now: datetime,
    announced: bool,
) -> list[Row]:
    """Set anew what nobody was told of, and what was told if asked; say of the rest it stays."""
    obligation.lock(session, [o.id for o in owed])
    histories = obligation.histories(session, [o.id for o in owed])
    outcomes = {id: _outcome(h, wanted, now, announced) for id, h in histories.items()}
    chosen = [o for o in owed if outcomes[o.id] == "moved"]
    change = {"kind": Kind.DUE_SET, "due_at": wanted.due_at}
    if wanted.due_at is None:
        change = {"kind": Kind.EXEMPTED}
    set_anew(
        session,
        Change(rules.slug, "clock", now),
        rules,
        chosen,
        {o.id: change for o in chosen},
        "holidays.reason",
    )
    return [_row(rules, o, histories[o.id], wanted, outcomes[o.id]) for o in owed]


def _outcome(history: Sequence[Event], wanted: Due, now: datetime, announced: bool) -> str:
    was = due_instant(history)
    if any(e.kind is Kind.DUE_SET and e.actor == "office" for e in history):
        return "extended"
    if (was and was <= now) or (wanted.due_at and wanted.due_at <= now):
        return "too_late"
    return "moved" if announced or not was_announced(history) else "announced"


def _row(rules: Programme, owed: Owed, history: Sequence[Event], wanted: Due, outcome: str) -> Row:
    return {
        "programme": rules.slug,
        "office": owed.office,
        "form": owed.form,
        "unit": owed.debtor,
        "occasion": owed.occasion,
        "was": due_instant(history),
        "due_at": wanted.due_at,
        "outcome": outcome,
    }
