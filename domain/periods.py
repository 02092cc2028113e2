"""Periods and the instant a report on one is due (A0.7, X1)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from domain.errors import PeriodRefused
from domain.workdays import Workdays

DAY = timedelta(days=1)
Shift = Literal["previous", "next", "keep"]
ReportsOn = Literal["this", "last"]


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days reported on; ``end`` is its last day. ``id`` is the occasion."""

    id: str
    start: date
    end: date

    def days(self) -> Iterator[date]:
        """Every day of the period, in order."""
        return (self.start + n * DAY for n in range((self.end - self.start).days + 1))


def week_of(day: date) -> Period:
    """The ISO week that ``day`` lies in."""
    year, week, weekday = day.isocalendar()
    start = day - (weekday - 1) * DAY
    return Period(f"{year}-W{week:02d}", start, start + 6 * DAY)


def parse(occasion: str) -> Period:
    """The period an id such as ``2026-W47`` names; PeriodRefused when it names none."""
    match = re.fullmatch(r"(\d{4})-W(\d{2})", occasion)
    try:
        if match:
            return week_of(date.fromisocalendar(int(match[1]), int(match[2]), 1))
    except (ValueError, OverflowError):
        pass
    raise PeriodRefused("period.unknown", occasion=occasion)


@dataclass(frozen=True, slots=True)
class Clock:
    """When a weekly form is due: ISO weekday and local time, in or after the week reported on."""

    weekday: int
    at: time
    zone: ZoneInfo
    reports_on: ReportsOn = "this"
    shift: Shift = "previous"


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
    nominal = period.start + (clock.weekday - 1) * DAY
    if clock.reports_on == "last":
        nominal += 7 * DAY
    nominal_at = datetime.combine(nominal, clock.at, clock.zone)
    if not any(workdays.works(day) for day in period.days()):
        return Due(period, nominal_at, None, None, "due.no_workday", "exempt")
    day, reason = _shifted(clock, period, nominal, workdays)
    status: Literal["confirmed", "provisional"] = (
        "confirmed" if workdays.confirmed(nominal) and workdays.confirmed(day) else "provisional"
    )
    due_at = datetime.combine(day, clock.at, clock.zone)
    return Due(period, nominal_at, due_at, (day - nominal).days, reason, status)


def _shifted(clock: Clock, period: Period, nominal: date, workdays: Workdays) -> tuple[date, str]:
    if clock.shift == "keep" or workdays.works(nominal):
        return nominal, ""
    # previous never leaves the week reported on, nor falls before a reported week has ended
    floor = period.start if clock.reports_on == "this" else period.end + DAY
    if clock.shift == "previous":
        earlier = workdays.previous(nominal)
        if earlier >= floor:
            return earlier, "due.previous"
        return workdays.next(nominal), "due.previous_left_period"
    return workdays.next(nominal), "due.next"
