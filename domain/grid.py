"""A workbook as plain values: what stood in each cell, and what a reader must know about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

Raw = str | Decimal | bool | date | datetime | time | None  # None: nothing in the cell
Spot = tuple[int, int]  # row and column, both from 0
Block = tuple[int, int, int, int]  # first row, first column, last row, last column, all from 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its rows from the first one on, and the cells that are not what they seem.

    ``percents`` are cells shown as a percentage (85 % is stored as 0.85), ``formulas`` those with
    a formula whose result was never saved, ``errors`` those that show #REF! and the like,
    ``formats`` those whose number format says something (``display``).
    """

    name: str
    rows: Sequence[Sequence[Raw]]
    visible: bool = True
    merged: Sequence[Block] = ()
    hidden_rows: frozenset[int] = frozenset()
    percents: frozenset[Spot] = frozenset()
    formulas: Mapping[Spot, str] = field(default_factory=dict)  # the formula as text
    errors: Mapping[Spot, str] = field(default_factory=dict)  # the error as it is shown
    formats: Mapping[Spot, str] = field(default_factory=dict)  # the format's code

    def at(self, spot: Spot) -> Raw:
        """What stands in a cell; None beyond the last one."""
        row, column = spot
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return None
        return self.rows[row][column]


@dataclass(frozen=True, slots=True)
class Workbook:
    """Everything read of one file, sheet by sheet; a text file has one sheet without a name."""

    kind: str  # xlsx, xls (also under the name .et), csv, json
    sheets: Sequence[Sheet]


def address(sheet: str, spot: Spot) -> str:
    """A cell as a spreadsheet names it: 周调度!C5; without the sheet where it has no name."""
    row, column = spot
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{sheet}!{letters}{row + 1}" if sheet else f"{letters}{row + 1}"
