"""The records of a table: which rows are one, which of them are none, and whose they are."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.content import ONE
from domain.folding import alike, bare, fold
from domain.remark import Remark
from domain.row import data_rows, outside, shifted
from domain.table import Column, Table
from domain.vocabulary import words

SIGNS = re.compile(r"[\W_]+")
NEAR = 0.75  # how alike a title must be to be proposed
LONGEST = 200  # characters of a title


@dataclass(frozen=True, slots=True)
class Record:
    """What belongs together under one key; several rows where the key's cell spans them."""

    key: str
    rows: Sequence[int]


def records(
    table: Table, tasks: Mapping[str, str], problems: list[Remark], notes: list[Remark]
) -> list[Record]:
    """The records of a table, and what is wrong with its rows; totals and footers are none."""
    found: dict[str, list[int]] = {}
    known: dict[str, str] = {}  # keys as they were written first
    for row in data_rows(table, problems, notes):
        above = next(reversed(found.values()), [])
        if above and _continues(table, row):
            above.append(row)
        elif _part(table, row):
            problems.append(Remark("layout.part_row", {"cell": _place(table, row)}))
        elif key := _key(table, row, tasks, problems):
            key = known.setdefault(fold(key), key)
            if key in found:
                place = {"value": key, "cell": _place(table, row)}
                problems.append(Remark("layout.key_twice", place))
            found.setdefault(key, [row])
        elif table.heads.form.rows == "one":
            if found:
                problems.append(Remark("layout.many_rows", {"cell": _place(table, row)}))
            found.setdefault(ONE, [row])
    told = [row for rows in found.values() for row in rows]
    problems.extend(wide := shifted(table, told))
    notes.extend([] if wide else outside(table, told))
    return [Record(key, rows) for key, rows in found.items()]


def _part(table: Table, row: int) -> bool:
    """Whether a row is a part of the one above it: 其中：一期."""
    column = _key_column(table)
    text = bare(table.lattice.word((row, column.spot[1]))) if column else ""
    return table.heads.form.rows != "one" and text.startswith(tuple(words("row", "part")))


def _key_column(table: Table) -> Column | None:
    return table.key or table.extra.get("_key") or table.extra.get("_title")


def _continues(table: Table, row: int) -> bool:
    """Whether a row belongs to the one above: its key stands in a cell that began there."""
    column = _key_column(table)
    if column is None:
        return False
    return table.after <= table.lattice.block((row, column.spot[1]))[0] < row


def _place(table: Table, row: int) -> str:
    column = _key_column(table)
    return table.lattice.place((row, column.spot[1] if column else 0))


def _key(table: Table, row: int, tasks: Mapping[str, str], problems: list[Remark]) -> str:
    """The key of a row; "" in a form without rows, and where there is none."""
    form = table.heads.form
    if form.rows == "one":
        return ""
    if form.rows == "many":
        key = table.lattice.word((row, table.key.spot[1])).strip() if table.key else ""
    else:
        code, title = (_word(table, row, name) for name in ("_key", "_title"))
        if not _key_column(table) and len(tasks) == 1:
            return next(iter(tasks))  # whose else
        key = _task(code, title, tasks, _place(table, row), problems)
    if not key:
        problems.append(Remark("layout.no_key", {"cell": _place(table, row)}))
    return key


def _word(table: Table, row: int, name: str) -> str:
    column = table.extra.get(name)
    return table.lattice.word((row, column.spot[1])).strip() if column else ""


def _same(code: str) -> str:
    """A code for comparison: 1-11 is 1.11 and （1-11）, but 11-1 is another one."""
    return "-".join(part for part in SIGNS.split(fold(code)) if part)


def _task(
    code: str, title: str, tasks: Mapping[str, str], cell: str, problems: list[Remark]
) -> str:
    """The task a row is about, by its code or else by its title; near titles are only proposed."""
    if not tasks or not (code or title):
        return code or title
    by_code = {_same(known): known for known in tasks}
    by_title = {bare(name): known for known, name in tasks.items()}
    found = by_code.get(_same(code)) or by_title.get(bare(title)) or by_title.get(bare(code))
    said = bare(title[:LONGEST])
    near = max(((alike(said, name, NEAR), known) for name, known in by_title.items()))
    detail = {"cell": cell, "value": title or code, "near": f"{near[1]} {tasks[near[1]]}"}
    if found:
        if near[0] >= NEAR and near[1] != found and bare(title) != bare(tasks[found]):
            problems.append(Remark("layout.row_differs", {**detail, "code": code}))
        return found
    if near[0] >= NEAR:
        problems.append(Remark("layout.row_near", detail))
        return near[1]
    problems.append(Remark("layout.row_unknown", detail))
    return code or title
