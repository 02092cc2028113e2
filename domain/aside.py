"""Rows of a table that are none of its records: totals, groups, examples, numbers, notes."""

from collections.abc import Sequence

from domain.folding import bare, fold, plain
from domain.grid import Spot
from domain.head import split
from domain.lattice import LONGEST, Lattice
from domain.remark import Remark
from domain.sent import SAME
from domain.table import Column, Table
from domain.vocabulary import patterns, words

LONGEST_TOTAL = 8  # letters of a name that ends in 合计; longer ones are asked about
TOTAL, EXAMPLE, GROUP, NOTHING = (
    "layout.total_row", "layout.example_row", "layout.group_row", "nothing",
)  # fmt: skip
Texts = Sequence[tuple[int, str]]


def kind(table: Table, row: int, texts: Texts, groups: set[int]) -> str:
    """What a row is instead of a record; "" for a record."""
    if not any(_filled(table.lattice, (row, column.spot[1])) for column in _told(table)):
        return NOTHING
    if _total(table, row, texts):
        return TOTAL
    if _example(texts):
        return EXAMPLE
    if row in groups or _long_total(table, row):
        return GROUP
    none = repeats(table, row) or _numbers(table, row) or _remark(table, row, texts)
    return NOTHING if none else ""


def over(table: Table, row: int, texts: Texts, problems: list[Remark]) -> bool:
    """Whether the table is over: another one begins, or it is signed."""
    if _heads(table, texts) and not repeats(table, row):
        return True
    return is_footer(table, row, texts) and _ends(table, row, problems)


def is_footer(table: Table, row: int, texts: Texts) -> bool:
    """Whether a row is a note or a signature and no record."""
    return _footer(texts) and not _record(table, row)


def groups(table: Table) -> set[int]:
    """The rows that begin a group, as their numbers say: in words, where others are in digits."""
    lattice, key = table.lattice, table.key or table.extra.get("_key") or table.extra.get("_title")
    heads = ((c, t) for r in range(table.first, table.after) for c, t in lattice.short(r))
    serial = next((c for c, text in heads if bare(text) in words("row", "serial")), None)
    column = key.spot[1] if serial is None and key else serial
    if column is None or table.heads.form.rows == "one":
        return set()
    kinds = patterns("row", "group")[: 1 if serial is not None else 2]
    marks = {row: lattice.word((row, column)) for row in range(table.after, lattice.height)}
    told = {row: plain(mark) for row, mark in marks.items() if mark.strip()}
    found = {row for row, mark in told.items() if any(kind.match(mark) for kind in kinds)}
    return found if len(found) < len(told) else set()


def group(table: Table, row: int) -> list[Remark]:
    """What is said of a row that begins a group: nothing, unless it has something in its fields."""
    rest = [column for column in table.columns if column is not table.key]
    told = [column for column in rest if _filled(table.lattice, (row, column.spot[1]))]
    return [
        Remark("layout.group_row", {"cell": table.lattice.place((row, c.cell[1]))})
        for c in told[:1]
    ]


def repeats(table: Table, row: int) -> bool:
    """Whether a row has the table's heads again, as at the top of another page."""
    if table.heads.form.rows == "one" or not table.columns:
        return False  # then it begins another report
    return all(_again(table, row, column) for column in table.columns)


def _again(table: Table, row: int, column: Column) -> bool:
    head = table.heads.known(_at(table, row, column))
    return head is not None and head.target == column.head.target


def _record(table: Table, row: int) -> bool:
    """Whether a row is filled like a record: half of its cells at least, and more than one."""
    words = [_at(table, row, column) for column in table.columns]
    filled = sum(bool(word) and ":" not in plain(word) for word in words)
    return filled > 1 and filled * 2 >= len(words)


def _ends(table: Table, row: int, problems: list[Remark]) -> bool:
    """Whether the table ends with a line below it; not when the same heads come once more.

    Rows like records that come after it all the same are asked about.
    """
    rest = range(row + 1, table.lattice.height)
    more = next((r for r in rest if repeats(table, r) or _record(table, r)), None)
    if more is None or repeats(table, more):
        return more is None
    if not _heads(table, table.lattice.texts(more)):
        problems.append(Remark("layout.after_footer", {"cell": table.lattice.place((more, 0))}))
    return True


def _total(table: Table, row: int, texts: Texts) -> bool:
    """Whether a row sums up others: 合计 in its first cell, or 全区合计 in that of its key."""
    apart = (table.key, table.extra.get("_key"), table.extra.get("_title"))
    named = [bare(split(_at(table, row, column)[:LONGEST])[0]) for column in apart if column]
    known = words("row", "total")
    named.append(bare(texts[0][1][:LONGEST] if texts else ""))
    if not (known | words("row", "sums")).isdisjoint(named):
        return True
    [counted] = patterns("row", "total_of")
    if any(counted.fullmatch(name) for name in named):
        return True
    ends = tuple(word for word in known if not word.isascii())
    return any(name.endswith(ends) for name in named[:-1] if len(name) <= LONGEST_TOTAL)


def _long_total(table: Table, row: int) -> bool:
    """Whether a longer name ends like that of a total: 老旧小区改造项目小计."""
    name = bare(split(_at(table, row, table.key)[:LONGEST])[0]) if table.key else ""
    return name.endswith(tuple(words("row", "total_ends")))


def _example(texts: Texts) -> bool:
    """Whether a row shows how to fill in the others: 例：某某小区."""
    begin, _, _ = plain(texts[0][1][:LONGEST] if texts else "").partition(":")
    return bare(begin) in words("row", "example")


def _announces(table: Table, row: int, texts: Texts) -> bool:
    """Whether a row is a title over the same heads, as on another page."""
    rows = range(row + 1, table.lattice.height)
    below = next((other for other in rows if table.lattice.texts(other)), None)
    return len(texts) == 1 and below is not None and repeats(table, below)


def _numbers(table: Table, row: int) -> bool:
    """Whether the row right below the heads only numbers the columns: 1, 2, 3 …, or 甲, 1, 2=3+4"""
    lattice = table.lattice
    texts = [plain(text) for _, text in lattice.texts(row)]
    named = [text for text in texts if bare(text) in words("row", "column")]
    [numbered] = patterns("row", "numbered")
    found = [numbered.fullmatch(fold(text)) for text in texts if text not in named]
    counted = [int(match[1]) for match in found if match]
    begins = counted[0] if counted else 2
    if len(counted) < len(found) or counted != [*range(begins, begins + len(counted))]:
        return False
    below = any(lattice.texts(other) for other in range(row + 1, row + 3))
    return row == table.after and len(texts) > 2 and begins < 2 and below


def _remark(table: Table, row: int, texts: Texts) -> bool:
    """Whether a row is one line of text over most of the columns."""
    if len(texts) != 1 or len(table.columns) < 2:
        return False
    if _announces(table, row, texts):
        return True
    _, left, _, right = table.lattice.block((row, texts[0][0]))
    over = sum(left <= column.spot[1] <= right for column in table.columns)
    return over > 1 and over * 2 >= len(table.columns)


def _footer(texts: Texts) -> bool:
    begin, colon, _ = plain(texts[0][1][:LONGEST] if texts else "").partition(":")
    return bool(colon) and bare(begin) in words("row", "foot")


def _heads(table: Table, texts: Texts) -> bool:
    """Whether a row is made of heads: another table begins."""
    heads = [head for _, text in texts if (head := table.heads.known(text))]
    if len(heads) == len(texts) > 1 and all(not h.target.startswith("_") for h in heads):
        return True
    return len(heads) > 1 and len(heads) * 2 > len(table.columns)


def _told(table: Table) -> list[Column]:
    """The columns by which a row is filled: fields, and what tells the rows apart."""
    apart = ("_key", "_title") if table.heads.form.rows == "tasks" else ("_nil", SAME)
    return [*table.columns, *(table.extra[name] for name in apart if name in table.extra)]


def _filled(lattice: Lattice, spot: Spot) -> bool:
    trouble = spot in lattice.sheet.formulas or spot in lattice.sheet.errors
    return trouble or bool(lattice.word(spot).strip())


def _at(table: Table, row: int, column: Column) -> str:
    return table.lattice.word((row, column.spot[1])).strip()
