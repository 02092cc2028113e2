"""Working days: weekends, public holidays and make-up workdays (调休), as values (X2, X3)."""

from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


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
