"""A sheet as a reader sees it: words in cells, with merged blocks as one cell."""

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Context as Digits
from decimal import Decimal
from itertools import islice

from domain.display import displayed, month
from domain.figure import shifted
from domain.grid import Block, Raw, Sheet, Spot, address
from domain.vocabulary import section

SHOWN = Digits(prec=15)  # what a spreadsheet shows of a number

LONGEST = 60  # characters of a head
MOST = 128  # heads in a row
LARGEST = 400  # no spreadsheet holds more digits; written out, a larger power fills the memory


class Lattice:
    """A sheet with its merged blocks; cells beyond the last are empty."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.height = len(sheet.rows)
        self.width = max((len(row) for row in sheet.rows), default=0)
        self._words: dict[int, list[str]] = {}  # of rows somebody has read
        self._blocks: dict[Spot, Block] = {}
        for top, left, bottom, right in sheet.merged:
            if (top, left) not in self._blocks:  # no two of a sound file share a cell
                block = top, left, min(bottom, self.height - 1), min(right, self.width - 1)
                self._blocks |= dict.fromkeys(_spots(block), block)

    def block(self, spot: Spot) -> Block:
        """The merged block a cell is in, or the cell by itself."""
        return self._blocks.get(spot) or (*spot, *spot)

    def word(self, spot: Spot) -> str:
        """What a cell says by itself."""
        row, column = spot
        words = self._words.get(row)
        if words is None:
            cells = self.sheet.rows[row] if row < self.height else ()
            words = self._words[row] = [self._word((row, c)) for c in range(len(cells))]
        return words[column] if column < len(words) else ""

    def _word(self, spot: Spot) -> str:
        shown = self.sheet.errors.get(spot)
        if not shown and (code := self.sheet.formats.get(spot)):
            return _formatted(self.sheet.at(spot), code)
        return shown or word(self.sheet.at(spot), spot in self.sheet.percents)

    def seen(self, spot: Spot) -> str:
        """What a reader sees there: in a merged block, what its first cell says."""
        return self.word(self.block(spot)[:2])

    def place(self, spot: Spot) -> str:
        """The cell's address."""
        return address(self.sheet.name, spot)

    def texts(self, row: int) -> list[tuple[int, str]]:
        """The cells of a row that say something, with their columns."""
        return [*self._told(row)]

    def _told(self, row: int) -> Iterator[tuple[int, str]]:
        cells = self.sheet.rows[row] if row < self.height else ()
        return ((c, text) for c in range(len(cells)) if (text := self.word((row, c)).strip()))

    def short(self, row: int) -> list[tuple[int, str]]:
        """Those of them that are short enough for heads."""
        return [*islice(((c, t) for c, t in self._told(row) if len(t) <= LONGEST), MOST)]


def _spots(block: Block) -> list[Spot]:
    top, left, bottom, right = block
    return [(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)]


def _formatted(raw: Raw, code: str) -> str:
    """A value as its number format shows it, to every digit it has."""
    if isinstance(raw, Decimal):
        before, power, behind = displayed(raw, code)
        return before + figure(raw, -power) + behind
    shown = word(raw)
    return month(raw, code)[: len(shown)] if isinstance(raw, date) else shown


def word(raw: Raw, percent: bool = False) -> str:
    """A cell's value as a word: shortest decimals, ISO dates."""
    if isinstance(raw, bool):
        return str(section("answer")["true" if raw else "false"])
    if isinstance(raw, Decimal):
        return f"{figure(raw, 2)}%" if percent else figure(raw)
    if isinstance(raw, datetime):
        plain = raw.time() == time(0)
        return raw.date().isoformat() if plain else raw.isoformat(" ", "seconds")
    return raw.isoformat() if isinstance(raw, date | time) else raw or ""


def figure(number: Decimal, power: int = 0) -> str:
    """A number as a spreadsheet shows it, with at most 15 digits that count."""
    if not number.is_finite() or abs(number.adjusted()) > LARGEST:
        return str(number)
    text = f"{shifted(SHOWN.plus(number), power):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
