"""What a sheet's own XML says beyond its values: formats, unsaved formulas, hidden rows.

Elements may have any prefix, cells may leave out where they stand: then they follow on each other.
Most cells are plain: they are cut out before the XML is parsed, which makes it twice as quick.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat

from domain.grid import Block, Spot, address
from intake import limits
from intake.fault import Fault
from intake.style import PERCENT

CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
MOST_SPECIAL = 50  # telling styles that a pattern can name and still be quick
NEVER = re.compile(rb"(?!)()()()")
Attributes = dict[str, str]


@dataclass(slots=True)
class Traits:
    """What a reader of values does not tell of one sheet; rows and columns from 0."""

    merged: list[Block] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    percents: set[Spot] = field(default_factory=set)
    formulas: dict[Spot, str] = field(default_factory=dict)
    errors: dict[Spot, str] = field(default_factory=dict)
    formats: dict[Spot, str] = field(default_factory=dict)


def traits(pieces: Iterable[bytes], formats: Mapping[str, str], unsaved: str = "") -> Traits:
    """The traits of a sheet; ``formats`` has what the format of each style says.

    ``unsaved`` is what a formula holds that was never calculated, besides nothing. Raises Fault
    for a sheet that is broken, or whose filled cells are too far apart for any reader to hold.
    """
    return _Scan(formats, unsaved).of(pieces)


class _Scan:
    """One pass over a sheet. It is called for each element, so it does little for a usual one."""

    def __init__(self, formats: Mapping[str, str], unsaved: str) -> None:
        self._found = Traits()
        self._formats = formats
        self._unsaved = ("", unsaved)
        self._row = 0
        self._cell: Attributes = {}
        self._refs: list[str] = []  # of filled cells
        self._last_row = self._last_column = 0
        self._cut = False  # whether cells were cut out
        self._heard: dict[str, list[str]] = {}  # the text of the cell's formula and value
        self._group = ""
        self._shared: dict[str, str] = {}
        self._plain = _plain(formats, unsaved)
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._element
        self._parser.StartDoctypeDeclHandler = _declared

    def of(self, pieces: Iterable[bytes]) -> Traits:
        """Everything found; how far apart the cells are is looked at after each piece."""
        try:
            for piece in pieces:
                # what is left of it, then column, row and style of each plain cell in turn
                parts = self._plain.split(piece)
                self._cut = self._cut or len(parts) > 1
                self._parser.Parse(b"".join(parts[::4]), False)
                self._know(set(parts[3::4]) - {None})
                self._measure(set(parts[1::4]), set(parts[2::4]))
            self._parser.Parse(b"", True)
            self._measure(set(), set())
        except (expat.ExpatError, KeyError, ValueError):  # no XML, no such place, no number
            raise Fault("preflight.damaged") from None
        return self._found

    def _element(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._cell = attributes if "r" in attributes else attributes | self._next()
        elif name == "v":
            cell = self._cell
            self._refs.append(cell["r"])
            if "s" in cell and (told := self._formats[cell["s"]]) and cell.get("t", "n") == "n":
                self._shown(spot(cell["r"]), told)
            if self._heard or cell.get("t") == "e":
                self._hear("v")
        else:
            self._other(name, attributes)

    def _shown(self, at: Spot, told: str) -> None:
        if told == PERCENT:
            self._found.percents.add(at)
        else:
            self._found.formats[at] = told

    def _other(self, name: str, attributes: Attributes) -> None:
        match name.rpartition(":")[2]:
            case "row":
                self._enter(attributes)
            case "f":
                self._refs.append(self._cell["r"])
                self._group = attributes.get("si", "")
                self._hear("f")
            case "is":
                self._refs.append(self._cell["r"])
            case "mergeCell":
                first, _, last = attributes["ref"].partition(":")
                self._found.merged.append((*spot(first), *spot(last or first)))
            case "extLst":  # has elements of the same names that are no cells
                self._parser.StartElementHandler = None
                self._parser.EndElementHandler = self._end
            case "c" | "v" as local if local != name:
                self._element(local, attributes)

    def _enter(self, row: Attributes) -> None:
        self._row = int(row.get("r", self._row + 1))
        self._cell = {}
        if row.get("hidden") in ("1", "true"):
            self._found.hidden_rows.add(self._row - 1)

    def _next(self) -> Attributes:
        """The place of a cell that does not say where it stands."""
        if self._cut:
            raise ValueError  # others do, but no program writes both
        row, column = spot(self._cell["r"]) if self._cell else (self._row - 1, -1)
        return {"r": address("", (row, column + 1))}

    def _hear(self, what: str) -> None:
        """Take in the text of a formula or of its result; that of other cells nobody needs."""
        self._parser.CharacterDataHandler = self._heard.setdefault(what, []).append
        self._parser.EndElementHandler = self._end

    def _end(self, name: str) -> None:
        self._parser.CharacterDataHandler = None
        local = name.rpartition(":")[2]
        if local == "c":
            self._parser.EndElementHandler = None
            self._judge(*("".join(self._heard.get(what, ())).strip() for what in "fv"))
            self._heard.clear()
        elif local == "extLst":
            self._parser.StartElementHandler = self._element
            self._parser.EndElementHandler = self._end if self._heard else None

    def _judge(self, formula: str, shown: str) -> None:
        cell = self._cell
        if self._group:  # a shared formula is written out at its first cell only
            formula = self._shared.setdefault(self._group, formula)
            self._group = ""
        if "f" in self._heard and cell.get("t") != "str" and shown in self._unsaved:
            self._found.formulas[spot(cell["r"])] = f"={formula}"
        elif cell.get("t") == "e" and shown:
            self._found.errors[spot(cell["r"])] = shown

    def _know(self, styles: set[bytes]) -> None:
        """KeyError for a style that is not listed: the list is not the one saved with the sheet."""
        for style in styles:
            self._formats[style.decode()]

    def _measure(self, columns: set[bytes], rows: set[bytes]) -> None:
        """Stop at cells so far apart that a reader, filling all between, would not survive it."""
        spots = {spot(ref) for ref in self._refs} | {spot(f"{each.decode()}1") for each in columns}
        self._refs.clear()
        last_row = max((row for row, _ in spots), default=-1) + 1
        last_column = max((column for _, column in spots), default=-1) + 1
        self._last_row = max(self._last_row, last_row, *map(int, rows))
        self._last_column = max(self._last_column, last_column)
        if self._last_row * self._last_column > limits.MOST_CELLS:
            raise Fault("preflight.cells", most=limits.MOST_CELLS)


def _plain(formats: Mapping[str, str], unsaved: str) -> re.Pattern[bytes]:
    """A cell of which nothing is to be known but where it is: no format, no error, a result."""
    special = [number for number, told in formats.items() if told]
    if len(special) > MOST_SPECIAL:
        return NEVER
    others = "|".join(map(re.escape, special)) or "-"
    return re.compile(
        rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="(?!(?:%s)")([0-9]+)")?'
        rb'(?: t="(?:s|n|b|str)")?>'
        rb"(?:<f>[^<&]*</f>)?<v>(?!%s<)[^<&]+</v></c>" % (others.encode(), unsaved.encode())
    )


def _declared(*_: object) -> None:
    raise Fault("preflight.declares")


@lru_cache(1024)
def spot(ref: str) -> Spot:
    """Row and column of a cell's name; ValueError when it is none."""
    match = CELL.fullmatch(ref)
    if not match:
        raise ValueError(ref)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("@")
    return int(match[2]) - 1, column - 1
