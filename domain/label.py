"""Labels that stand down a column, and which cell beside each of them is its value."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from domain.grid import Spot
from domain.head import Heads
from domain.lattice import LONGEST, Lattice
from domain.table import Column, Table, fitted

DEEP = 2000  # rows in which a table may begin
AROUND = 3  # rows above and below known heads in which others are looked for


def down(lattice: Lattice, heads: Heads) -> Iterator[Table]:
    """A table whose heads stand in columns, what they are about to their right."""
    known: dict[int, list[int]] = {}
    for row in range(min(lattice.height, DEEP)):
        for column, text in lattice.short(row):
            beside = lattice.word((row, lattice.block((row, column))[3] + 1))
            if heads.field(text) and not heads.field(beside):  # else it is a row of heads
                known.setdefault(column, []).append(row)
    if not known:
        return
    values = {column: _value(lattice, heads, column, rows) for column, rows in known.items()}
    for column, value in values.items():
        if len(known.get(value, ())) < len(known.get(column, ())):
            known.pop(value, None)  # words of a value that happen to be another label
    first, last = min(map(min, known.values())), max(map(max, known.values()))
    found = [
        Column((text,), (row, column), (row, values[column]))
        for column in known
        for row in range(max(0, first - AROUND), min(lattice.height, last + 1 + AROUND))
        if (text := lattice.word((row, column)).strip()) and len(text) <= LONGEST
    ]
    table = fitted(lattice, heads, (first, last + 1), found, False)
    inside = [column for column in table.ignored if first <= column.spot[0] <= last]
    columns = [table.measured(c, _between(table, c)) for c in table.columns]
    loose = [spot for c, rows in known.items() for spot in _loose(lattice, c, values[c], rows)]
    yield replace(table, columns=columns, ignored=inside, doubt=_doubt(table), loose=loose)


def _loose(lattice: Lattice, label: int, value: int, rows: Sequence[int]) -> list[Spot]:
    """The cells among the values that have no label, as when a text goes on in the next row."""
    return [
        (row, value)
        for row in range(min(rows), max(rows) + 1)
        if lattice.word((row, value)).strip() and not lattice.seen((row, label)).strip()
    ]


def _doubt(table: Table) -> tuple[Spot, Spot] | None:
    """A value with another cell to its right that is filled too, when no head says which it is."""
    lattice, heads = table.lattice, table.heads
    if "_value" in table.extra or _named(lattice, heads, range(table.first), "_value"):
        return _wide(table)
    labels = {column.spot[1] for column in table.columns}
    known = labels | {column.cell[1] for column in table.columns}
    known |= _named(lattice, heads, range(table.first), "_note", "_last")
    for column in table.columns:
        row, value = column.cell
        last = min((c for c in labels if c > value), default=lattice.width)
        for other in range(lattice.block(column.cell)[3] + 1, last):
            if other not in known and lattice.word((row, other)).strip():
                return column.cell, (row, other)
    return None


def _wide(table: Table) -> tuple[Spot, Spot] | None:
    """A value with another below the same wide head, such as 计划 and 完成 under 本期."""
    lattice, top = table.lattice, range(table.first)
    for column in table.columns:
        row, value = column.cell
        over = [b for r in top[-AROUND:] if (b := lattice.block((r, value)))[3] > b[1]]
        over = [b for b in over if _of(table.heads, lattice.word(b[:2]), "_value")]
        for other in {c for b in over for c in range(value + 1, b[3] + 1)}:
            if lattice.block((row, other))[1] > value and lattice.word((row, other)).strip():
                return column.cell, (row, other)
    return None


def _of(heads: Heads, text: str, *targets: str) -> bool:
    head = heads.known(text)
    return head is not None and head.target in targets


def _named(lattice: Lattice, heads: Heads, rows: range, *targets: str) -> set[int]:
    """The columns under a head of these kinds, a few rows above a table."""
    near = rows[-AROUND:]
    return {c for r in near for c, text in lattice.short(r) if _of(heads, text, *targets)}


def _value(lattice: Lattice, heads: Heads, label: int, rows: Sequence[int]) -> int:
    """The column of the values: the one under such a head, or the first that is no unit."""
    named = _named(lattice, heads, range(rows[0]), "_value")
    if found := min((c for c in named if c > label), default=0):
        return found
    column = max(lattice.block((row, label))[3] for row in rows) + 1
    before = _named(lattice, heads, range(rows[0]), "_last")
    column = next(c for c in range(column, column + len(before) + 1) if c not in before)
    said = {word for row in rows if (word := lattice.word((row, column)).strip())}
    return column + 1 if heads.all_units(said) else column


def _between(table: Table, column: Column) -> list[str]:
    between = range(column.spot[1] + 1, column.cell[1])
    return [table.lattice.word((column.spot[0], c)) for c in between]
