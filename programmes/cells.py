"""What may stand in a cell of a CSV file: days that may be open, lists, and yes or nothing."""

from collections.abc import Callable
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator

from domain.sentences import say


def _or(default: object) -> Callable[[object], object]:
    return lambda cell: cell or default


def _words(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, cell.split("|"))))


def _yes(cell: str) -> bool:
    if cell not in ("", say("registry.yes")):
        raise ValueError("registry.yes_or_empty")
    return bool(cell)


Since = Annotated[date, BeforeValidator(_or(date.min))]  # empty is always
Until = Annotated[date | None, BeforeValidator(_or(None))]  # empty is without an end
Words = Annotated[tuple[str, ...], BeforeValidator(_words)]  # separated by "|"
Yes = Annotated[bool, BeforeValidator(_yes)]
