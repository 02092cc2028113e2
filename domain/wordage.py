"""The words of a table's records, each with its cell, and what is wrong with the cell itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from domain.caption import Caption, is_measure
from domain.content import ONE, Words
from domain.figure import converts, is_plain
from domain.folding import fold, plain
from domain.grid import Block, Spot
from domain.lattice import Lattice
from domain.record import Record
from domain.sent import SAME, declared
from domain.table import Column, Table
from domain.vocabulary import patterns

FIGURES = ("number", "percent")


@dataclass(frozen=True, slots=True)
class Entry:
    """What was found for a field of a record: its word, its cell, the cell's trouble."""

    word: str
    place: str
    trouble: str = ""


def words_of(table: Table, records: Sequence[Record], said: Caption) -> Words:
    """What a table says, as it was sent."""
    owner = {row: record.key for record in records for row in record.rows}
    rows: dict[str, dict[str, str]] = {}
    places: dict[str, dict[str, str]] = {}
    troubles: dict[str, dict[str, str]] = {}
    for record in records or [Record(ONE, ())] * (table.heads.form.rows == "one"):
        told = _told(table, record, said)
        found = {
            column.head.target: _entry(table, column, record, owner, told)
            for column in table.columns
        }
        rows[record.key] = {code: entry.word for code, entry in found.items()}
        places[record.key] = {code: entry.place for code, entry in found.items()}
        if wrong := {code: e.trouble for code, e in found.items() if e.trouble}:
            troubles[record.key] = wrong
        if same := _beside(table, SAME, record) if table.across else "":
            rows[record.key][SAME] = same
    flags = {name: _flag(table, name, records) for name in ("_nil", SAME)}
    return Words(rows, places, troubles, nil=flags["_nil"], unchanged=flags[SAME])


def _told(table: Table, record: Record, said: Caption) -> Caption:
    """The lines above the table, with the unit of measure that stands in the record's own row."""
    if not (table.across and record.rows):
        return said
    columns = [table.extra[name] for name in ("_measure", "_unit") if name in table.extra]
    words = [table.lattice.word((record.rows[0], column.spot[1])) for column in columns]
    return replace(said, measure=next((w for w in words if is_measure(w)), said.measure))


def _entry(
    table: Table, column: Column, record: Record, owner: Mapping[int, str], said: Caption
) -> Entry:
    """The word of a field; of several rows the one they agree on, texts line by line."""
    kind = table.heads.form.field(column.head.target).kind
    cells = [_cell(table, spot, kind, owner) for spot in _spots(table, column, record)]
    told = [cell for cell in cells if cell.word.strip() or cell.trouble]
    first = next(iter(told or cells), Entry("", ""))
    if any(cell.trouble for cell in told):
        return next(cell for cell in told if cell.trouble)
    different = list(dict.fromkeys(cell.word.strip() for cell in told))
    if len(different) > 1:
        joined = "\n".join(different) if kind == "text" else " / ".join(different)
        return Entry(joined, first.place, "" if kind == "text" else "trouble.several")
    return Entry(_measured(table, column, first.word, said), first.place)


def _spots(table: Table, column: Column, record: Record) -> list[Spot]:
    """The cells of a field of a record: several rows or columns where its head or label spans."""
    top, _, bottom, right = table.lattice.block(column.spot)
    if not table.across:
        return [(row, column.cell[1]) for row in range(top, bottom + 1)]
    last = right if bottom == table.after - 1 else column.cell[1]
    return [(row, c) for row in record.rows for c in range(column.cell[1], last + 1)]


def _cell(table: Table, spot: Spot, kind: str, owner: Mapping[int, str]) -> Entry:
    lattice, sheet = table.lattice, table.lattice.sheet
    block = lattice.block(spot)
    word, place = lattice.seen(spot), lattice.place(spot)
    if block[:2] in sheet.errors or _error(word):
        return Entry(word, place, "trouble.error_value")
    if block[:2] in sheet.formulas:
        return Entry(word, place, "trouble.no_result")
    if _shared(table, block, kind, owner):
        return Entry(word, place, "trouble.merged" if word.strip() else "")
    return Entry(word, place)


def _error(word: str) -> bool:
    """Whether a text is what a spreadsheet shows in place of a result."""
    return word.startswith("#") and any(p.search(fold(word)) for p in patterns("row", "error"))


def _shared(table: Table, block: Block, kind: str, owner: Mapping[int, str]) -> bool:
    """Whether a merged cell stands for several fields, or for a figure of several records."""
    top, left, bottom, right = block
    inside = [c for c in table.columns if left <= c.cell[1] <= right]
    if not table.across:
        inside = [c for c in inside if top <= c.cell[0] <= bottom]
    if len(inside) > 1 or kind not in FIGURES or top == bottom:
        return len(inside) > 1
    return len({owner[row] for row in range(top, bottom + 1) if row in owner}) > 1


def _measured(table: Table, column: Column, word: str, said: Caption) -> str:
    """A plain figure with the unit its head or the lines above it give, where it is another."""
    unit = table.heads.form.field(column.head.target).unit
    given = column.head.measure or (said.measured(unit) if _unsaid(column) else "")
    if unit and given and converts(given, unit) and is_plain(word):
        return word.strip() + given
    return word


def _unsaid(column: Column) -> bool:
    """Whether a head says nothing of its unit itself."""
    return "(" not in plain(column.text)


def _beside(table: Table, name: str, record: Record) -> str:
    column = table.extra.get(name)
    found = (table.lattice.word((row, column.spot[1])) for row in record.rows) if column else ()
    return next((word for word in found if word.strip()), "")


def _flag(table: Table, name: str, records: Sequence[Record]) -> bool:
    """Whether "nothing to report" or "unchanged" is said of the whole report."""
    column = table.extra.get(name)
    if column and not table.across:
        return declared(table.lattice.word(column.cell))
    if column and table.heads.form.rows == "one" and records:
        return declared(table.lattice.word((records[0].rows[0], column.spot[1])))
    if column and not records:  # it stands alone, its answer beside it
        row, right = column.spot[0], table.lattice.block(column.spot)[3] + 1
        return declared(table.lattice.word((row, right)))
    return any(declared(word) for word in _above(table, name))


def _above(table: Table, name: str) -> Iterator[str]:
    """What stands right of such words in the lines above the heads."""
    lattice: Lattice = table.lattice
    for row in range(table.first):
        texts = lattice.texts(row)
        for n, (_, text) in enumerate(texts[:-1]):
            head = table.heads.known(text)
            if head and head.target == name:
                yield texts[n + 1][1]
