"""Where on a sheet the heads of a form stand: across one row or two, or down a column."""

from collections.abc import Iterator
from dataclasses import replace

from domain.folding import fold
from domain.grid import Spot
from domain.head import Heads, split
from domain.label import DEEP, down
from domain.lattice import Lattice
from domain.table import Column, Table, fitted
from domain.vocabulary import words

NAMED = ("_unit", "_measure")  # what a row of units may be called
SHALLOW = 40  # rows in which heads are looked for that are all only alike


def tables(lattice: Lattice, heads: Heads) -> Iterator[Table]:
    """Every table on a sheet that may be the form's."""
    for row in range(min(lattice.height, DEEP)):
        texts = lattice.short(row)
        known = any(heads.field(text) for _, text in texts)
        if known or (row < SHALLOW and len(texts) > 1):
            yield from (table for table in _across(lattice, heads, row) if table.fits)
    if heads.form.rows == "one":
        yield from (table for table in down(lattice, heads) if table.fits)


def _across(lattice: Lattice, heads: Heads, row: int) -> Iterator[Table]:
    """A table whose heads stand in a row, or in it and the next."""
    texts = lattice.short(row)
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
    said = {word for word in words.values() if word.strip() and not _of(table.heads, word, *NAMED)}
    if not table.heads.all_units(said):
        return table
    columns = [table.measured(c, [words[c.spot[1]]]) for c in table.columns]
    return replace(table, columns=columns, after=table.after + 1)


def _parted(lattice: Lattice, heads: Heads, spot: Spot, after: int) -> bool:
    """Whether a head is that of several columns, which have heads of their own below it."""
    _, left, bottom, right = lattice.block(spot)
    if right == left:
        return False
    below = [text for c, text in lattice.texts(bottom + 1) if left <= c <= right]
    told = bottom + 1 < after or any(_of(heads, text, "_value", "_note", "_last") for text in below)
    return bool(below) and told


def _of(heads: Heads, text: str, *targets: str) -> bool:
    """Whether a head is one of these that are no fields."""
    head = heads.known(text)
    return head is not None and head.target in targets


def _alone(lattice: Lattice, heads: Heads, spot: Spot) -> bool:
    """Whether of the heads below one no other may be meant, as 累计 beside 本月."""
    row, left, _, right = lattice.block(spot)
    below = [lattice.word((row + 1, c)).strip() for c in range(left, right + 1)]
    return all(_of(heads, text, "_value", "_note", "_last") for text in below if text)


def _double(lattice: Lattice, heads: Heads, row: int) -> Iterator[Column]:
    """The heads of two rows by column."""
    for c in range(lattice.width):
        above, below = lattice.seen((row, c)).strip(), lattice.word((row + 1, c)).strip()
        begins = lattice.block((row, c))[1] == c
        if above and _of(heads, below, "_value") and _alone(lattice, heads, (row, c)):
            yield Column((above,), (row, c), (row + 2, c))  # 本期 under 完成投资 is that itself
        elif above and below:
            base, _ = split(above)
            scoped = any(ch.isdigit() for ch in base)  # 2025年 over 完成投资, as 上年, is not that
            scoped = scoped or any(word in fold(above) for word in words("row", "scope"))
            alone = () if scoped or _of(heads, below, "_note", "_last") else (below,)
            yield Column((above + below, below + above, *alone), (row, c), (row + 2, c))
        elif below or (above and begins):
            yield Column((above or below,), (row, c), (row + 2, c))
