"""The instants at which a pipeline has something to do: openings, rungs, deadlines."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from domain.clock import REACH, Due
from domain.expansion import dues, has_begun
from domain.periods import DAY, Period, periods
from domain.programme import Programme
from domain.reminder import instant_of
from domain.workdays import Workdays

TAIL = 21  # days after a deadline in which its last rung lies, a long holiday between
AFTER_DUE = timedelta(minutes=1)  # what came in the last second is in the inbox by then


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """An instant at which an occasion of an office is to be looked at, and why.

    ``reason`` is a key of the catalogue's section ``moment``; ``rung`` fills it.
    """

    at: datetime
    programme: str
    office: str
    occasion: str
    reason: str
    rung: str = ""

    @property
    def key(self) -> str:
        """The same moment planned twice has the same key."""
        return f"{self.programme}:{self.office}:{self.occasion}:{self.at.timestamp():.0f}"


def moments(
    programme: Programme, office: str, workdays: Workdays, start: datetime, end: datetime
) -> list[Moment]:
    """Every moment in (start, end], one an instant and occasion, in order."""
    found = (
        moment
        for period in _between(programme, office, start, end)
        for moment in _of_period(programme, office, period, workdays)
        if start < moment.at <= end
    )
    return with_stored(found, ())


def with_stored(found: Iterable[Moment], stored: Iterable[Moment]) -> list[Moment]:
    """The moments of the clocks, and those of what was moved or opened on its own."""
    every: dict[tuple[datetime, str], Moment] = {}
    for moment in (*found, *stored):
        every.setdefault((moment.at, moment.occasion), moment)
    return sorted(every.values())


def around(programme: Programme, office: str, at: datetime) -> Iterator[Period]:
    """Every period of which a rung may lie at an instant."""
    return _between(programme, office, at, at)


def _between(programme: Programme, office: str, start: datetime, end: datetime) -> Iterator[Period]:
    first, last = (t.astimezone(programme.zone).date() for t in (start, end))
    for kind in programme.kinds(office):
        since = first - (REACH[kind] + TAIL) * DAY
        for period in periods(kind, since, last + TAIL * DAY, programme.month_cut):
            if programme.forms_for(office, period):
                yield period


def openings(
    programme: Programme, office: str, workdays: Workdays, at: datetime
) -> Iterator[Moment]:
    """The openings that are over while there is still time to report."""
    for period in around(programme, office, at):
        due = dues(programme, office, period, workdays).values()
        in_time = any(one.due_at and one.due_at > at for one in due)
        if in_time and has_begun(programme, period, at):
            yield _opening(programme, office, period)


def _opening(programme: Programme, office: str, period: Period) -> Moment:
    opening = datetime.combine(period.start, time(0), programme.zone)
    return Moment(opening, programme.slug, office, period.id, "opening")


def _of_period(
    programme: Programme, office: str, period: Period, workdays: Workdays
) -> Iterator[Moment]:
    opening = _opening(programme, office, period)
    if not has_begun(programme, period, opening.at):
        return
    yield opening
    for due in set(dues(programme, office, period, workdays).values()):
        for at, reason, rung in _of_due(programme, due, workdays):
            yield Moment(at, programme.slug, office, period.id, reason, rung)


def _of_due(
    programme: Programme, due: Due, workdays: Workdays
) -> Iterator[tuple[datetime, str, str]]:
    if due.due_at is None:
        return
    sending = programme.sending_hours(workdays)
    yield due.due_at + AFTER_DUE, "due", ""
    yield sending.day_before(due.due_at, programme.sending.unreachable_at), "unreachable", ""
    for rung in programme.rungs():
        at = instant_of(rung, due.due_at, sending)
        yield at, "rung", rung.code
        if (resumed := sending.resumes(at)) < sending.catch_up_end(at):
            yield resumed, "resumed", rung.code
