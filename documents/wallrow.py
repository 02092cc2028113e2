"""A row of the wall chart: forms that are due together, their rule, the days of each month."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from documents.year import YearRow
from domain.sentences import say
from domain.wording import deadline_day

WEEK, NOTHING = timedelta(weeks=1), timedelta()
MONTHS = range(1, 13)
FEW = 2  # deadlines in a month that leave room for weekdays
MANY = 3  # deadlines with weekday and clock that one row has room for


@dataclass(frozen=True, slots=True)
class Chip:
    """One deadline in the cell of its month: the nominal day, and the day it was moved to.

    ``far`` is a day of another month.
    """

    month: int
    day: int
    moved_to: str
    far: bool
    weekday: str
    clock: str
    exempt: bool
    provisional: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One row: forms of one office that are always due together, and their twelve months.

    ``provisional`` when all of them are.
    """

    office: str
    forms: Sequence[str]
    debtors: Sequence[str]
    rhythm: str
    provisional: bool
    months: Sequence[Sequence[Chip]]

    @property
    def room(self) -> float:
        """How many rows it takes: each chip with a clock is a line of its own."""
        longest = max(sum(bool(chip.clock) for chip in month) for month in self.months)
        return max(1.0, longest / MANY)


def lines(rows: Sequence[YearRow], zone: ZoneInfo) -> list[Line]:
    """Forms of one office with the same deadlines all year long share a row."""
    series: dict[tuple[str, ...], list[YearRow]] = {}
    for row in rows:
        series.setdefault((row.office, row.form, row.debtors), []).append(row)
    alike: dict[tuple[object, ...], list[list[YearRow]]] = {}
    for part in series.values():
        # two forms that read alike are one to whoever stands before the wall
        once = {(row.nominal_due_at, row.due_at, row.status): row for row in part}
        ordered = sorted(once.values(), key=lambda row: row.nominal_due_at)
        alike.setdefault((part[0].office, frozenset(once)), []).append(ordered)
    return [_line(parts, zone) for parts in alike.values()]


def _line(alike: Sequence[Sequence[YearRow]], zone: ZoneInfo) -> Line:
    firsts, rows = [part[0] for part in alike], alike[0]
    nominal = [deadline_day(row.nominal_due_at, zone) for row in rows]
    rhythm = _rhythm(nominal)
    few = max(Counter(day.month for day, _ in nominal).values()) <= FEW
    chips = [_chip(row, zone, few=few, irregular=not rhythm) for row in rows]
    return Line(
        office=firsts[0].office,
        forms=list(dict.fromkeys(row.form for row in firsts)),
        debtors=list(dict.fromkeys(row.debtors for row in firsts)),
        rhythm=rhythm or say("wallchart.irregular"),
        provisional=all(chip.provisional or chip.exempt for chip in chips),
        months=[[chip for chip in chips if chip.month == number] for number in MONTHS],
    )


def _rhythm(nominal: Sequence[tuple[date, str]]) -> str:
    """The rule as seen in the days and clocks it names; empty when there is none to be seen."""
    days = [day for day, _ in nominal]
    clocks = {clock for _, clock in nominal}
    gaps = {later - earlier for earlier, later in pairwise(days)}
    if len(clocks) > 1 or not gaps:
        return ""
    if WEEK in gaps and all(gap % WEEK == NOTHING for gap in gaps):
        weekday = say("time.weekdays")[days[0].weekday()]
        return say("wallchart.weekly", weekday=weekday, clock=clocks.pop())
    if len({day.day for day in days}) == 1:
        return say("wallchart.monthly", day=days[0].day, clock=clocks.pop())
    months = [day.year * 12 + day.month for day in days]
    if all(later - earlier == 1 for earlier, later in pairwise(months)):
        return say("wallchart.once_a_month", clock=clocks.pop())
    return ""


def _chip(row: YearRow, zone: ZoneInfo, *, few: bool, irregular: bool) -> Chip:
    """A deadline that was moved stands in the month its rule names, with the day it went to."""
    named, _ = deadline_day(row.nominal_due_at, zone)
    day, clock = deadline_day(row.due_at or row.nominal_due_at, zone)
    far = (named.year, named.month) != (day.year, day.month)
    date_of = say("wallchart.day", month=day.month, day=day.day) if far else str(day.day)
    # a weekly form has no room for both another month and a weekday
    shown = few or irregular or (day != named and not far)
    weekday = say("time.weekdays")[day.weekday()]
    return Chip(
        month=named.month,
        day=named.day,
        moved_to=date_of if day != named else "",
        far=far,
        weekday=say("year.weekday", weekday=weekday) if shown else "",
        clock=clock if irregular else "",
        exempt=row.status == "exempt",
        provisional=row.status == "provisional",
    )
