"""Periods of every kind a programme reports on: weeks, months and what is cut from them (X1)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from domain.errors import PeriodRefused

DAY = timedelta(days=1)
Kind = Literal["week", "half-month", "month", "quarter", "half-year", "year", "matter"]
LENGTHS: dict[Kind, int] = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}  # in months
OCCASION = re.compile(
    r"(?P<year>\d{4})"
    r"(-W(?P<week>\d{2})|-Q(?P<quarter>[1-4])|-S(?P<half>[12])"
    r"|-(?P<month>\d{2})(-H(?P<part>[12])|-(?P<day>\d{2})-M(?P<matter>[1-9]\d*))?)?"
)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days reported on; ``end`` is its last day. ``id`` is the occasion.

    A matter is a period of one day, that of its opening.
    """

    id: str
    start: date
    end: date
    kind: Kind = "week"

    def days(self) -> Iterator[date]:
        """Every day of the period, in order."""
        return (self.start + n * DAY for n in range((self.end - self.start).days + 1))

    def overlaps(self, start: date | None, end: date | None) -> bool:
        """Whether a day of the period lies in [start, end]; None leaves a side open."""
        return (start is None or start <= self.end) and (end is None or self.start <= end)


@dataclass(frozen=True, slots=True)
class Months:
    """How months are cut: the day they start on, and how many days their first half has.

    A month that starts on the 26th is named by the month it ends in (26–25 is A4.1's).
    """

    starts: int = 1
    half: int = 15

    def month_of(self, day: date) -> int:
        """The month a day belongs to, counted from year 0 so that months can be added."""
        return day.year * 12 + day.month - 1 + (self.starts > 1 and day.day >= self.starts)

    def first_day(self, month: int) -> date:
        """The day a counted month starts on."""
        year, index = divmod(month - (self.starts > 1), 12)
        return date(year, index + 1, self.starts)

    def span(self, month: int, count: int = 1) -> tuple[date, date]:
        """The first and last day of ``count`` months."""
        return self.first_day(month), self.first_day(month + count) - DAY


PLAIN = Months()


def period_of(kind: Kind, day: date, months: Months = PLAIN) -> Period:
    """The period of a kind that ``day`` lies in; a matter has none but its own."""
    if kind == "week":
        return week_of(day)
    month = months.month_of(day)
    if kind == "half-month":
        first = (day - months.first_day(month)).days < months.half
        return _half_month(month, 1 if first else 2, months)
    length = LENGTHS[kind]
    return _block(kind, month - month % 12 % length, months)


def week_of(day: date) -> Period:
    """The ISO week that ``day`` lies in."""
    year, week, weekday = day.isocalendar()
    start = day - (weekday - 1) * DAY
    return Period(f"{year}-W{week:02d}", start, start + 6 * DAY)


def following(period: Period, months: Months = PLAIN) -> Period:
    """The period of the same kind right after."""
    return period_of(period.kind, period.end + DAY, months)


def preceding(period: Period, months: Months = PLAIN) -> Period:
    """The period of the same kind right before."""
    return period_of(period.kind, period.start - DAY, months)


def periods(kind: Kind, start: date, end: date, months: Months = PLAIN) -> Iterator[Period]:
    """Every period of a kind with a day in [start, end], in order."""
    period = period_of(kind, start, months)
    while period.start <= end:
        yield period
        period = following(period, months)


def parse(occasion: str, months: Months = PLAIN) -> Period:
    """The period an id such as ``2026-W47`` or ``2026-10-H1`` names; PeriodRefused otherwise."""
    match = OCCASION.fullmatch(occasion)
    try:
        if match:
            return _named({k: int(v) for k, v in match.groupdict().items() if v}, months)
    except (ValueError, OverflowError):
        pass
    raise PeriodRefused("period.unknown", occasion=occasion)


def _named(given: dict[str, int], months: Months) -> Period:
    """The period of the numbers in an id; ValueError when there is no such day or month."""
    year = given["year"]
    if "week" in given:
        return week_of(date.fromisocalendar(year, given["week"], 1))
    month = year * 12 + date(year, given.get("month", 1), 1).month - 1
    if "matter" in given:
        return matter(date(year, given["month"], given["day"]), given["matter"])
    if "part" in given:
        return _half_month(month, given["part"], months)
    if "quarter" in given:
        return _block("quarter", year * 12 + 3 * (given["quarter"] - 1), months)
    if "half" in given:
        return _block("half-year", year * 12 + 6 * (given["half"] - 1), months)
    return _block("month" if "month" in given else "year", month, months)


def matter(day: date, number: int) -> Period:
    """The period of the ``number``-th one-off matter opened on a day."""
    return Period(f"{day}-M{number}", day, day, "matter")


def _half_month(month: int, part: int, months: Months) -> Period:
    start, end = months.span(month)
    cut = start + months.half * DAY
    first, last = (start, cut - DAY) if part == 1 else (cut, end)
    return Period(f"{_month_id(month)}-H{part}", first, last, "half-month")


def _block(kind: Kind, month: int, months: Months) -> Period:
    year, index = divmod(month, 12)
    names: dict[Kind, str] = {
        "month": _month_id(month),
        "quarter": f"{year:04d}-Q{index // 3 + 1}",
        "half-year": f"{year:04d}-S{index // 6 + 1}",
        "year": f"{year:04d}",
    }
    return Period(names[kind], *months.span(month, LENGTHS[kind]), kind)


def _month_id(month: int) -> str:
    return f"{month // 12:04d}-{month % 12 + 1:02d}"
