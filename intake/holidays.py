"""Published holiday notices: the days that differ from the plain week, as the seed of our table."""

from collections.abc import Iterator
from datetime import date

from chinese_calendar import constants


def published() -> Iterator[tuple[date, bool]]:
    """Every day off on a weekday, and every weekend day worked, of the years with a notice."""
    for day in constants.holidays:
        if day.weekday() < 5:
            yield day, False
    for day in constants.workdays:
        if day.weekday() >= 5:
            yield day, True
