"""When things are due and live, as a programme's folder says it: clocks, months and phases."""

from datetime import date, time
from typing import Self
from zoneinfo import ZoneInfo

from pydantic import Field as Constrained
from pydantic import model_validator

from domain import clock
from domain.clock import Last, ReportsOn, Shift
from domain.form import Code, Day, Name, Rule, Time
from domain.periods import Kind, Months, Period

COUNTS = {"quarter": 3, "half-year": 6, "year": 12}  # the months a period has to choose from


class Clock(Rule):
    """When forms are due; ``within_hours`` of its opening for a one-off matter."""

    code: Code
    every: Kind = "week"
    weekday: int | None = Constrained(default=None, ge=1, le=7)
    day: int | None = Constrained(default=None, ge=1, le=31)
    month: int | None = Constrained(default=None, ge=1, le=12)
    last: Last | None = None
    at: Time | None = None
    within_hours: int | None = Constrained(default=None, ge=1)
    reports_on: ReportsOn = "this"
    shift: Shift = "previous"

    @model_validator(mode="after")
    def _says_when(self) -> Self:
        ways = (bool(self.weekday), bool(self.day) or bool(self.last), bool(self.within_hours))
        kinds = {"week": (True, False, False), "matter": (False, False, True)}
        if ways != kinds.get(self.every, (False, True, False)) or (self.day and self.last):
            raise ValueError("rule.clock_when")
        if (self.at is None) != (self.every == "matter"):
            raise ValueError("rule.clock_at")
        if (self.month or 0) > COUNTS.get(self.every, 0):
            raise ValueError("rule.clock_month")
        return self

    def on(self, zone: ZoneInfo, months: Months) -> clock.Clock:
        """The clock as the domain computes with it."""
        return clock.Clock(
            every=self.every,
            at=self.at or time(0),
            zone=zone,
            weekday=self.weekday or 0,
            day=self.day or 0,
            month=self.month or 0,
            last=self.last,
            reports_on=self.reports_on,
            shift=self.shift,
            months=months,
        )


class MonthCut(Rule):
    """Where months begin and where their first half ends, when not on the 1st and the 15th."""

    starts: int = Constrained(default=1, ge=1, le=28)
    half: int = Constrained(default=15, ge=10, le=20)


class Phase(Rule):
    """A stage of the programme; None leaves a side open (A1.14)."""

    code: Code
    name: Name
    start: Day | None = None
    end: Day | None = None

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        if self.start and self.end and self.end < self.start:
            raise ValueError("rule.phase_days")
        return self

    def holds(self, period: Period) -> bool:
        """Whether a day of the period lies in it."""
        return period.overlaps(self.start, self.end)


class ExtraDay(Rule):
    """A day on which the programme's own calendar differs from the public one."""

    day: Day
    working: bool


def moved(day: date, years: int) -> date:
    """The same day some years on; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
