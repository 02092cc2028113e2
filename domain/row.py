"""The rows of a table that say something of their own, and what is beside them."""

from collections.abc import Iterator, Sequence

from domain.aside import GROUP, NOTHING, group, groups, is_footer, kind, over
from domain.remark import Remark
from domain.table import Table


def data_rows(table: Table, problems: list[Remark], notes: list[Remark]) -> Iterator[int]:
    """The rows of a table that say something of their own, up to its footer."""
    lattice, hidden, titles = table.lattice, 0, groups(table)
    for row in range(table.after, lattice.height):
        texts = lattice.texts(row)
        if over(table, row, texts, problems):
            break
        found = NOTHING if is_footer(table, row, texts) else kind(table, row, texts, titles)
        if not found:
            hidden += row in lattice.sheet.hidden_rows
            yield row
        elif found == GROUP:
            problems.extend(group(table, row))
        elif found != NOTHING:
            notes.append(Remark(found, {"cell": lattice.place((row, texts[0][0]))}))
    if hidden:
        notes.append(Remark("layout.hidden_rows", {"count": str(hidden)}))


def shifted(table: Table, rows: Sequence[int]) -> list[Remark]:
    """What is said of lines of a text file that have more cells than there are heads."""
    if table.lattice.sheet.name:
        return []
    last = max(c for r in range(table.first, table.after) for c, _ in table.lattice.texts(r))
    longer = [row for row in rows if len(table.lattice.sheet.rows[row]) > last + 1]
    return [
        Remark("layout.shifted", {"cell": table.lattice.place((row, last + 1)), "count": str(more)})
        for row in longer[:1]
        if (more := len(table.lattice.sheet.rows[row]) - last - 1)
    ]


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
