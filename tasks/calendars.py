"""Take in a holiday notice: the calendar changes, and with it what nobody was told of yet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from domain.notice import Notice, differences
from models.audit import Change
from models.base import Session, writing
from models.unit import printed_names
from models.workday import Override, workdays
from tasks.deadlines import moves
from tasks.runs import anchor
from tasks.shifts import enter_days
from tasks.work import programme, sound

Row = dict[str, Any]


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
    days = [Override(*day, notice.source) for day in differences(notice, workdays(session))]
    change = Change("registry", "office", now)
    entered = enter_days(session, change, days, announced=announced)
    outcome.days = entered.days
    years = (notice.year - 1, notice.year, notice.year + 1)
    for slug in sound():
        outcome.moved += moves(programme(slug), years, *entered.calendars)
    outcome.opened += _named(session, entered.opened, now)


def _named(session: Session, rows: Sequence[Row], now: datetime) -> Iterator[Row]:
    """The rows with the names units bear that day, where the programme is."""
    for slug, its in groupby(rows, key=lambda row: row["programme"]):
        names = printed_names(session, now.astimezone(programme(slug).zone).date())
        yield from (row | {"unit": names.get(row["unit"], row["unit"])} for row in its)
