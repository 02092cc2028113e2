"""What may stand in a cell of a CSV file: days that may be open, lists, and yes or nothing."""

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator

from domain.sentences import say

DAY = r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})"


def _or(default: object) -> Callable[[object], object]:
    return lambda cell: cell or default


def _day(cell: object) -> object:
    """A day as written, or as a spreadsheet program saves it: 2026-03-01 or 2026/3/1."""
    written = re.fullmatch(DAY, cell, re.ASCII) if isinstance(cell, str) else None
    try:
        return date(*map(int, written.groups())) if written else cell
    except ValueError:
        raise ValueError("programme.date") from None


def _words(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, cell.split("|"))))


def _yes(cell: str) -> bool:
    if cell not in ("", say("registry.yes")):
        raise ValueError("registry.yes_or_empty")
    return bool(cell)


On = Annotated[date, BeforeValidator(_day)]
Since = Annotated[On, BeforeValidator(_or(date.min))]  # empty is always
Until = Annotated[On | None, BeforeValidator(_or(None))]  # empty is without an end
Words = Annotated[tuple[str, ...], BeforeValidator(_words)]  # separated by "|"
Yes = Annotated[bool, BeforeValidator(_yes)]
