"""The rows of a table that say something of their own, and those that only look so."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from domain.folding import bare, plain
from domain.grid import Spot
from domain.head import split
from domain.lattice import Lattice
from domain.sent import SAME
from domain.table import Column, Table
from domain.vocabulary import words

LONGEST_TOTAL = 8  # letters of a name that ends in 合计; longer ones are names


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a table that a person should know: a sentence of the catalogue."""

    rule: str
    detail: Mapping[str, str] = field(default_factory=dict)


def data_rows(table: Table, notes: list[Remark]) -> Iterator[int]:
    """The rows of a table that say something of their own, up to its footer."""
    lattice, hidden = table.lattice, 0
    for row in range(table.after, lattice.height):
        texts = lattice.texts(row)
        if _footer(texts) or (_heads(table, texts) and not repeats(table, row)):
            break
        if not any(_filled(lattice, (row, column.spot[1])) for column in _told(table)):
            continue
        if _total(table, row, texts):
            notes.append(Remark("layout.total_row", {"cell": lattice.place((row, texts[0][0]))}))
        elif not (repeats(table, row) or _numbers(table, row) or _remark(table, row, texts)):
            hidden += row in lattice.sheet.hidden_rows
            yield row
    if hidden:
        notes.append(Remark("layout.hidden_rows", {"count": str(hidden)}))


def outside(table: Table, rows: Sequence[int]) -> list[Remark]:
    """What is said of cells in the table's rows that stand under no head at all."""
    lattice = table.lattice
    heads = [(r, c) for r in range(table.first, table.after) for c, _ in lattice.texts(r)]
    blocks = [lattice.block(spot) for spot in heads]
    covered = {c for _, left, _, right in blocks for c in range(left, right + 1)}
    found = [(row, c) for row in rows for c, _ in lattice.texts(row) if c not in covered]
    if not found:
        return []
    return [Remark("layout.outside", {"cell": lattice.place(found[0]), "count": str(len(found))})]


def _total(table: Table, row: int, texts: Sequence[tuple[int, str]]) -> bool:
    """Whether a row sums up others: 合计 in its first cell, or 全区合计 in that of its key."""
    apart = (table.key, table.extra.get("_key"), table.extra.get("_title"))
    named = [bare(split(_at(table, row, column))[0]) for column in apart if column]
    known = words("row", "total")
    if bare(texts[0][1] if texts else "") in known or not known.isdisjoint(named):
        return True
    ends = tuple(word for word in known if not word.isascii())
    return any(name.endswith(ends) for name in named if len(name) <= LONGEST_TOTAL)


def _at(table: Table, row: int, column: Column) -> str:
    return table.lattice.word((row, column.spot[1])).strip()


def repeats(table: Table, row: int) -> bool:
    """Whether a row has the table's heads again, as at the top of another page."""
    if table.heads.form.rows == "one" or not table.columns:
        return False  # then it begins another report
    return all(_again(table, row, column) for column in table.columns)


def _again(table: Table, row: int, column: Column) -> bool:
    head = table.heads.known(_at(table, row, column))
    return head is not None and head.target == column.head.target


def _told(table: Table) -> list[Column]:
    """The columns by which a row is filled: fields, and what tells the rows apart."""
    apart = ("_key", "_title") if table.heads.form.rows == "tasks" else ("_nil", SAME)
    return [*table.columns, *(table.extra[name] for name in apart if name in table.extra)]


def _filled(lattice: Lattice, spot: Spot) -> bool:
    trouble = spot in lattice.sheet.formulas or spot in lattice.sheet.errors
    return trouble or bool(lattice.word(spot).strip())


def _footer(texts: Sequence[tuple[int, str]]) -> bool:
    begin, colon, _ = plain(texts[0][1] if texts else "").partition(":")
    return bool(colon) and bare(begin) in words("row", "foot")


def _heads(table: Table, texts: Sequence[tuple[int, str]]) -> bool:
    """Whether a row is made of heads: another table begins."""
    heads = [head for _, text in texts if (head := table.heads.known(text))]
    return len(heads) > 1 and len(heads) * 2 > len(table.columns)


def _numbers(table: Table, row: int) -> bool:
    """Whether the row right below the heads only numbers the columns: 1, 2, 3 …"""
    texts = [text for _, text in table.lattice.texts(row)]
    counted = [[str(n) for n in range(first, first + len(texts))] for first in (0, 1)]
    below = any(table.lattice.texts(other) for other in range(row + 1, row + 3))
    return row == table.after and len(texts) > 2 and texts in counted and below


def _remark(table: Table, row: int, texts: Sequence[tuple[int, str]]) -> bool:
    """Whether a row is one line of text over most of the columns."""
    if len(texts) != 1 or len(table.columns) < 2:
        return False
    _, left, _, right = table.lattice.block((row, texts[0][0]))
    over = sum(left <= column.spot[1] <= right for column in table.columns)
    return over > 1 and over * 2 >= len(table.columns)
