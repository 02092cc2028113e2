"""Values as readers give them, turned into those of the domain: exact, and fit to be stored."""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from domain.grid import Raw, Spot

# PostgreSQL takes no NUL, nothing takes half a surrogate pair, and no terminal wants an escape;
# what has no width comes along when text is copied from web pages and chats, and nobody sees it
UNSTORABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\xad\u200b\u200e\u200f\u2060\ufeff\ud800-\udfff]"
)
WHOLE = 1e15  # up to here every whole number is exact


def word(text: str) -> str | None:
    """Text without what cannot be stored or seen; None when nothing is left."""
    return (text if text.isprintable() else UNSTORABLE.sub("", text)) or None


def number(value: float) -> Decimal | str:
    """A stored number as a spreadsheet shows it, to 15 digits: 0.30000000000000004 is 0.3."""
    if value.is_integer() and abs(value) < WHOLE:
        return Decimal(int(value))
    return Decimal(f"{value:.15g}") if math.isfinite(value) else str(value)


def duration(value: timedelta) -> str:
    """Hours, minutes and seconds that may go beyond a day: 36:00:00."""
    seconds = round(value.total_seconds())
    sign, seconds = "-" * (seconds < 0), abs(seconds)
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _same(value: Raw) -> Raw:
    return value


KNOWN: dict[type, Callable[..., Raw]] = {
    str: word,
    float: number,
    int: Decimal,
    timedelta: duration,
    **dict.fromkeys((bool, date, datetime, time, Decimal, type(None)), _same),
}


def plain(cell: object) -> Raw:
    """One cell, of whatever type readers have."""
    return KNOWN[type(cell)](cell)


def table(lines: Iterable[Sequence[object]]) -> list[list[Raw]]:
    """Lines of cells, each up to its last filled cell, up to the last line that has one."""
    rows = [_line(cells) for cells in lines]
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _line(cells: Sequence[object]) -> list[Raw]:
    values = [KNOWN[type(cell)](cell) for cell in cells]
    while values and values[-1] is None:
        values.pop()
    return values


def blank(rows: Sequence[list[Raw]], spots: Iterable[Spot]) -> None:
    """Empty the cells whose value is not to be believed."""
    for at, column in spots:
        if at < len(rows) and column < len(rows[at]):
            rows[at][column] = None
