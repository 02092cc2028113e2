"""Clocks: the instant a report on a period is due, moved off days without work (X1, X2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from domain.periods import DAY, PLAIN, Kind, Months, Period, following, period_of, periods
from domain.workdays import Workdays

Shift = Literal["previous", "next", "keep"]
ReportsOn = Literal["this", "last"]
Last = Literal["day", "workday"]
# the most days from the first one of a period to the day its report may be due: twice its length
REACH: dict[Kind, int] = {
    "week": 14,
    "half-month": 33,
    "month": 62,
    "quarter": 184,
    "half-year": 368,
    "year": 732,
}


@dataclass(frozen=True, slots=True)
class Clock:
    """When a form is due: a day in the period reported on, or in the one after it (``last``).

    The day is ``weekday`` of a week (1 is Monday); ``day`` of a month (of ``month``, counted from
    1, where the period has several; 0: the last of this period, the first of the next) or of a
    half-month (counted from its first); or the ``last`` day or working day of them.
    """

    every: Kind
    at: time
    zone: ZoneInfo
    weekday: int = 0
    day: int = 0
    month: int = 0
    last: Last | None = None
    reports_on: ReportsOn = "this"
    shift: Shift = "previous"
    months: Months = PLAIN

    def period_on(self, day: date) -> Period:
        """The period that is reported on at a day."""
        period = period_of(self.every, day, self.months)
        before = period.start - DAY
        return period if self.reports_on == "this" else period_of(self.every, before, self.months)

    def periods_due(self, start: date, end: date) -> Iterator[Period]:
        """Every period whose report may be nominally due in [start, end], and a few around them."""
        return periods(self.every, start - REACH[self.every] * DAY, end, self.months)


@dataclass(frozen=True, slots=True)
class Due:
    """The due instant of one period.

    ``due_at`` is None when the period is exempt; ``shift_days`` counts from the nominal day;
    ``reason`` is a key of the catalogue, empty when nothing was moved.
    """

    period: Period
    nominal_due_at: datetime
    due_at: datetime | None
    shift_days: int | None
    reason: str
    status: Literal["confirmed", "provisional", "exempt"]


def due(clock: Clock, period: Period, workdays: Workdays) -> Due:
    """When a report on ``period`` is due, moved off non-working days by the clock's rule (X2)."""
    nominal = _nominal(clock, period, workdays)
    nominal_at = datetime.combine(nominal, clock.at, clock.zone)
    if not any(workdays.works(day) for day in period.days()):
        return Due(period, nominal_at, None, None, "due.no_workday", "exempt")
    day, reason = _shifted(clock, period, nominal, workdays)
    status: Literal["confirmed", "provisional"] = (
        "confirmed" if workdays.confirmed(nominal) and workdays.confirmed(day) else "provisional"
    )
    due_at = datetime.combine(day, clock.at, clock.zone)
    return Due(period, nominal_at, due_at, (day - nominal).days, reason, status)


def month_of(due: Due, months: Months = PLAIN) -> Period:
    """The month a report counts in: that of its nominal due instant (S20)."""
    return period_of("month", due.nominal_due_at.date(), months)


def _nominal(clock: Clock, period: Period, workdays: Workdays) -> date:
    within = period if clock.reports_on == "this" else following(period, clock.months)
    if clock.every == "week":
        return within.start + (clock.weekday - 1) * DAY
    start, end = within.start, within.end
    if clock.every != "half-month":
        start, end = _month(clock, within)
    if clock.last == "day":
        return end
    if clock.last == "workday":
        last = end if workdays.works(end) else workdays.previous(end)
        return max(last, start)  # in a month without any, the report is exempt or moved
    if clock.every == "half-month":
        return min(start + (clock.day - 1) * DAY, end)
    return _day_of_month(clock.day, start, end)


def _month(clock: Clock, period: Period) -> tuple[date, date]:
    """The month of a longer period in which its report is due."""
    first, last = clock.months.month_of(period.start), clock.months.month_of(period.end)
    month = first + clock.month - 1 if clock.month else last
    if not clock.month and clock.reports_on == "last":
        month = first
    return clock.months.span(month)


def _day_of_month(day: int, start: date, end: date) -> date:
    """The day with this number in a month that may begin within another; the last if it has none.

    Every day before the one a month starts on lies in its second part (25 in 26–25).
    """
    page = start if day >= start.day else end
    after = (page.replace(day=28) + 4 * DAY).replace(day=1)
    return page.replace(day=min(day, (after - DAY).day))


def _shifted(clock: Clock, period: Period, nominal: date, workdays: Workdays) -> tuple[date, str]:
    if clock.shift == "keep" or workdays.works(nominal):
        return nominal, ""
    # previous never leaves the period reported on, nor falls before a reported one has ended
    floor = period.start if clock.reports_on == "this" else period.end + DAY
    if clock.shift == "previous":
        earlier = workdays.previous(nominal)
        if earlier >= floor:
            return earlier, "due.previous"
        return workdays.next(nominal), "due.previous_left_period"
    return workdays.next(nominal), "due.next"
