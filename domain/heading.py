"""Where on a sheet the heads of a form stand: across one row or two, or down a column."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from domain.figure import converts, measures
from domain.folding import fold
from domain.grid import Spot
from domain.head import LONGEST, Head, Heads
from domain.lattice import Lattice
from domain.table import Column, Table, fitted
from domain.vocabulary import words

DEEP = 2000  # rows in which a table may begin
SHALLOW = 40  # rows in which heads are looked for that are all only alike
AROUND = 3  # rows above and below known heads in which others are looked for
BLANK = ("-", "—", "/", "")


def tables(lattice: Lattice, heads: Heads) -> Iterator[Table]:
    """Every table on a sheet that may be the form's."""
    for row in range(min(lattice.height, DEEP)):
        texts = _texts(lattice, row)
        known = any(_field(heads, text) for _, text in texts)
        if known or (row < SHALLOW and len(texts) > 1):
            yield from (table for table in _across(lattice, heads, row) if table.fits)
    if heads.form.rows == "one":
        yield from (table for table in _down(lattice, heads) if table.fits)


def _texts(lattice: Lattice, row: int) -> list[tuple[int, str]]:
    return [(c, text) for c, text in lattice.texts(row) if len(text) <= LONGEST]


def _field(heads: Heads, text: str) -> Head | None:
    found = heads.known(text)
    return found if found and not found.target.startswith("_") else None


def _across(lattice: Lattice, heads: Heads, row: int) -> Iterator[Table]:
    """A table whose heads stand in a row, or in it and the next."""
    texts = _texts(lattice, row)
    blocks = [lattice.block((row, c)) for c, _ in texts]
    after = max((bottom for _, _, bottom, _ in blocks), default=row) + 1
    whole = [(c, text) for c, text in texts if not _parted(lattice, heads, (row, c), after)]
    one = [Column((text,), (row, c), (after, c)) for c, text in whole]
    yield _united(fitted(lattice, heads, (row, after), one, True))
    if row + 1 < lattice.height and any(right > left for _, left, _, right in blocks):
        yield _united(fitted(lattice, heads, (row, row + 2), _double(lattice, heads, row), True))


def _united(table: Table) -> Table:
    """The table with the units that stand in a row below its heads."""
    words = {c.spot[1]: table.lattice.word((table.after, c.spot[1])) for c in table.columns}
    said = {word for word in words.values() if word.strip()}
    if not _all_units(table.heads, said):
        return table
    columns = [_measured(table, c, [words[c.spot[1]]]) for c in table.columns]
    return replace(table, columns=columns, after=table.after + 1)


def _all_units(heads: Heads, said: Collection[str]) -> bool:
    """Whether these words are units, or marks for none; one at least is a unit."""
    units = {fold(field.unit) for field in heads.form.fields if field.unit}
    known = {word for word in said if fold(word) in units or measures(word)}
    return bool(known) and all(word in known or word in BLANK for word in said)


def _parted(lattice: Lattice, heads: Heads, spot: Spot, after: int) -> bool:
    """Whether a head is that of several columns, which have heads of their own below it."""
    _, left, bottom, right = lattice.block(spot)
    below = [text for c, text in lattice.texts(bottom + 1) if left <= c <= right]
    told = bottom + 1 < after or any(_of(heads, text, "_value", "_note") for text in below)
    return right > left and bool(below) and told


def _of(heads: Heads, text: str, *targets: str) -> bool:
    """Whether a head is one of these that are no fields."""
    head = heads.known(text)
    return head is not None and head.target in targets


def _double(lattice: Lattice, heads: Heads, row: int) -> Iterator[Column]:
    """The heads of two rows by column."""
    for c in range(lattice.width):
        above, below = lattice.seen((row, c)).strip(), lattice.word((row + 1, c)).strip()
        begins = lattice.block((row, c))[1] == c
        if above and _of(heads, below, "_value"):
            yield Column((above,), (row, c), (row + 2, c))  # 本期 under 完成投资 is that itself
        elif above and below:
            scoped = any(word in fold(above) for word in words("row", "scope"))
            alone = (
                () if scoped or _of(heads, below, "_note") else (below,)
            )  # 上年 over 完成投资 is not 完成投资
            yield Column((above + below, below + above, *alone), (row, c), (row + 2, c))
        elif below or (above and begins):
            yield Column((above or below,), (row, c), (row + 2, c))


def _down(lattice: Lattice, heads: Heads) -> Iterator[Table]:
    """A table whose heads stand in columns, what they are about to their right."""
    known: dict[int, list[int]] = {}
    for row in range(min(lattice.height, DEEP)):
        for column, text in _texts(lattice, row):
            beside = lattice.word((row, lattice.block((row, column))[3] + 1))
            if _field(heads, text) and not _field(heads, beside):  # else it is a row of heads
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
    columns = [_measured(table, c, _between(table, c)) for c in table.columns]
    yield replace(table, columns=columns, ignored=inside, doubt=_doubt(table))


def _doubt(table: Table) -> tuple[Spot, Spot] | None:
    """A value with another cell to its right that is filled too, when no head says which it is."""
    lattice, heads = table.lattice, table.heads
    if "_value" in table.extra or _named(lattice, heads, range(table.first), "_value"):
        return None
    labels = {column.spot[1] for column in table.columns}
    known = labels | {column.cell[1] for column in table.columns}
    known |= _named(lattice, heads, range(table.first), "_note")
    for column in table.columns:
        row, value = column.cell
        last = min((c for c in labels if c > value), default=lattice.width)
        for other in range(lattice.block(column.cell)[3] + 1, last):
            if other not in known and lattice.word((row, other)).strip():
                return column.cell, (row, other)
    return None


def _named(lattice: Lattice, heads: Heads, rows: range, target: str) -> set[int]:
    """The columns under a head of this kind, a few rows above a table."""
    near = rows[-AROUND:]
    texts = ((c, heads.known(text)) for row in near for c, text in _texts(lattice, row))
    return {c for c, head in texts if head and head.target == target}


def _value(lattice: Lattice, heads: Heads, label: int, rows: Sequence[int]) -> int:
    """The column of the values: the one under such a head, or the first that is no unit."""
    named = _named(lattice, heads, range(rows[0]), "_value")
    if found := min((c for c in named if c > label), default=0):
        return found
    column = max(lattice.block((row, label))[3] for row in rows) + 1
    said = {word for row in rows if (word := lattice.word((row, column)).strip())}
    return column + 1 if _all_units(heads, said) else column


def _between(table: Table, column: Column) -> list[str]:
    between = range(column.spot[1] + 1, column.cell[1])
    return [table.lattice.word((column.spot[0], c)) for c in between]


def _measured(table: Table, column: Column, said: Sequence[str]) -> Column:
    """The column with the unit that is said of it, where that is not the field's."""
    unit = table.heads.form.field(column.head.target).unit
    other = next((w for w in said if unit and converts(w, unit)), column.head.measure)
    return replace(column, head=replace(column.head, measure=other))
