"""Days as hundreds of hands write them: read as the one day they mean, or not at all."""

import re
from calendar import monthrange
from datetime import date, timedelta

from domain.figure import Slip
from domain.folding import fold, plain
from domain.periods import Period
from domain.vocabulary import patterns, section

SERIAL = re.compile(r"(?P<days>\d{5})(\.\d+)?", re.ASCII)
TIME = re.compile(r"(?<=\d)\s+(?=\d{1,2}:)")  # the blank between a day and a time of it
EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet's dates (the 1900 system)
FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)  # what a serial number or a year may mean


def day(text: str, period: Period | None = None) -> date | Slip:
    """The day a word means; without a year it is the one of the period, unless another is nearer.

    2026年12月底 is the 31st; 2026年12月 is not a day, for nobody knows which was meant.
    """
    word = fold(TIME.sub("t", plain(text)))  # without it, 3 10:30 would be the 31st at 0:30
    if serial := SERIAL.fullmatch(word):
        found = EPOCH + timedelta(days=int(serial["days"]))
        return found if FIRST <= found <= LAST else Slip("reading.not_a_day")
    after = section("day")["after"]
    if match := _match(word, "full", after):
        return _day(match, period, int(match["d"]))
    if match := _match(word, "month_end"):
        return _day(match, period, 0)
    if match := _match(word, "year_end"):
        return _known(int(match["y"]), 12, 31)
    if match := _match(word, "month_only"):
        last = _day(match, period, 0)
        return Slip("reading.month_only", {"day": str(last)}) if isinstance(last, date) else last
    return Slip("reading.not_a_day")


def _match(word: str, spelling: str, after: str = "") -> re.Match[str] | None:
    found = (pattern.fullmatch(word) for pattern in patterns("day", spelling, after))
    return next((match for match in found if match), None)


def _day(match: re.Match[str], period: Period | None, number: int) -> date | Slip:
    """The day of a match; ``number`` 0 is the month's last."""
    month = int(match["m"])
    if match["y"]:
        return _known(int(match["y"]), month, number)
    if period is None:
        return Slip("reading.no_year")
    years = sorted({period.start.year, period.end.year})
    days = [found for year in years if isinstance(found := _known(year, month, number), date)]
    if not days:
        return Slip("reading.no_such_day")
    nearest = min(days, key=lambda found: _away(found, period))
    around = (_known(year, month, number) for year in (years[0] - 1, years[-1] + 1))
    nearer = [found for found in around if isinstance(found, date)]
    if any(_away(found, period) < _away(nearest, period) for found in nearer):
        return Slip("reading.no_year")  # said in November, 1月5日 may well be next year's
    return nearest


def _known(year: int, month: int, number: int) -> date | Slip:
    if not (FIRST.year <= year <= LAST.year and 1 <= month <= 12):
        return Slip("reading.no_such_day")
    last = monthrange(year, month)[1]
    return date(year, month, number or last) if number <= last else Slip("reading.no_such_day")


def _away(found: date, period: Period) -> timedelta:
    """How far a day is from the period."""
    return max(period.start - found, found - period.end, timedelta(0))
