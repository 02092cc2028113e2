"""Working days: weekends, public holidays and make-up workdays (调休), as values (X2, X3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
NOTICE_MONTH = 11  # the notice for a year is published at the end of the one before


@dataclass(frozen=True, slots=True)
class Workdays:
    """The days that differ from the plain Monday-to-Friday week.

    ``years`` are those whose holiday notice is in; any other year is provisional.
    """

    off: frozenset[date]
    extra: frozenset[date]
    years: frozenset[int]

    def works(self, day: date) -> bool:
        """Whether ``day`` is a working day."""
        return day in self.extra or (day.weekday() < 5 and day not in self.off)

    def confirmed(self, day: date) -> bool:
        """Whether the holiday notice for the year of ``day`` is in."""
        return day.year in self.years

    def previous(self, day: date) -> date:
        """The last working day before ``day``."""
        return self.shift(day, -1)

    def next(self, day: date) -> date:
        """The first working day after ``day``."""
        return self.shift(day, 1)

    def shift(self, day: date, count: int) -> date:
        """The working day ``count`` working days after ``day`` (before it when negative)."""
        step = DAY if count > 0 else -DAY
        for _ in range(abs(count)):
            day += step
            while not self.works(day):
                day += step
        return day

    def changed(self, days: Mapping[date, bool]) -> "Workdays":
        """The calendar with some days worked (True) or off (False) whatever it said of them."""
        if not days:
            return self
        off = {day for day, working in days.items() if not working}
        worked = days.keys() - off
        return Workdays((self.off | off) - worked, (self.extra - off) | worked, self.years)


def year_awaited(calendar: Workdays, today: date) -> int | None:
    """The year whose holiday notice is missing: this one, and from November the next (X3)."""
    years = (today.year, today.year + 1) if today.month >= NOTICE_MONTH else (today.year,)
    return next((year for year in years if year not in calendar.years), None)


def calendar_of(days: Iterable[tuple[date, bool]]) -> Workdays:
    """The calendar of days that differ, each worked or not; a later word on a day holds.

    A year of which any day is known counts as confirmed.
    """
    last = {day: working for day, working in days}
    off = frozenset(day for day, working in last.items() if not working)
    return Workdays(off, frozenset(last.keys() - off), frozenset(day.year for day in last))
