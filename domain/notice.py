"""A holiday notice: the days off and the make-up workdays of a year, and what it changes (X3)."""

from dataclasses import dataclass
from datetime import date

from domain.workdays import Workdays

MOST_OFF = 60  # days off on weekdays in a year; no notice has had half as many
DECEMBER = 12  # New Year's days off and make-up days may lie in the December before


@dataclass(frozen=True, slots=True)
class Notice:
    """What the notice of a year says; ``source`` is how it calls itself."""

    year: int
    source: str
    off: frozenset[date]
    worked: frozenset[date]


def faults(notice: Notice) -> list[tuple[str, date | None]]:
    """What cannot be right in a notice: a key of the catalogue, and the day it is about."""
    found: list[tuple[str, date | None]] = []
    for day in sorted(notice.off | notice.worked):
        if day.year != notice.year and (day.year, day.month) != (notice.year - 1, DECEMBER):
            found.append(("notice.other_year", day))
    found += [("notice.both", day) for day in sorted(notice.off & notice.worked)]
    found += [("notice.worked_anyway", day) for day in sorted(notice.worked) if _plain(day)]
    if not notice.off:
        found.append(("notice.no_days", None))
    if sum(_plain(day) for day in notice.off) > MOST_OFF:
        found.append(("notice.too_many", None))
    return found


def differences(notice: Notice, known: Workdays) -> list[tuple[date, bool]]:
    """The days to enter so that the calendar says what the notice does, each worked or not.

    What an earlier notice of the same year said and this one does not, is taken back.
    """
    wanted = {day: False for day in notice.off if _plain(day)}
    wanted |= dict.fromkeys(notice.worked, True)
    said = {d for d in known.off | known.extra if notice_of(d, known) == notice.year}
    dropped = said - wanted.keys()
    wanted |= {day: _plain(day) for day in dropped}
    first = notice.year not in known.years
    return [
        (day, working)
        for day, working in sorted(wanted.items())
        if known.works(day) != working or (first and day.year == notice.year)
    ]


def notice_of(day: date, known: Workdays) -> int:
    """The year whose notice said of a known day that it differs.

    A day of December belongs to New Year once the notice of the year after it is in.
    """
    return day.year + (day.month == DECEMBER and day.year + 1 in known.years)


def _plain(day: date) -> bool:
    return day.weekday() < 5
