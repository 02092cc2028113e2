"""Reading a holiday notice, as .csv or .toml; every fault names the file, the row and the remedy.

A CSV has the columns 名称, 类型 (休 or 班), 起 and 止; a TOML file ``year``, ``source`` and the
tables ``off`` and ``work`` with ``from`` and ``to``.
"""

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

from domain.errors import Refused
from domain.notice import Notice, faults

DAY = timedelta(days=1)
DAYS = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})\D?")  # as spreadsheets write them
COLUMNS = ("名称", "类型", "起", "止")
KINDS = {"休": False, "班": True, "off": False, "work": True}
LONGEST = 31  # days a stretch may have: a slip of the year would have hundreds


def read(file: Path) -> Notice:
    """The notice in a file; raises Refused."""
    text = _text(file)
    notice = _toml(file, text) if file.suffix.lower() == ".toml" else _csv(file, text)
    for key, day in faults(notice)[:1]:
        raise Refused(key, file=file.name, year=notice.year, day=day)
    return notice


def _text(file: Path) -> str:
    try:
        content = file.read_bytes()
    except OSError:
        raise Refused("notice.no_file", file=file) from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("notice.not_text", file=file.name)


def _csv(file: Path, text: str) -> Notice:
    table = csv.DictReader(StringIO(text, newline=""))
    table.fieldnames = [name.strip() for name in table.fieldnames or ()]
    if missing := [name for name in COLUMNS if name not in table.fieldnames]:
        raise Refused("notice.columns", file=file.name, missing="、".join(missing))
    days = [
        (day, working)
        for row in table
        if any(str(cell or "").strip() for cell in row.values())
        for day, working in _row(file, table.line_num, row)
    ]
    if not days:
        raise Refused("notice.no_days", file=file.name)
    [(year, _)] = Counter(day.year for day, _ in days).most_common(1)
    return _notice(year, file.name, days)


def _row(file: Path, line: int, row: dict[str, Any]) -> Iterator[tuple[date, bool]]:
    kind = str(row["类型"] or "").strip()
    if kind not in KINDS:
        raise Refused("notice.kind", file=file.name, line=line, value=kind)
    start = _date(file, line, row["起"])
    end = _date(file, line, row["止"]) if (row["止"] or "").strip() else start
    return _stretch(file, line, start, end, KINDS[kind])


def _date(file: Path, line: int, cell: Any) -> date:
    if match := DAYS.fullmatch(str(cell or "").strip()):
        with suppress(ValueError):  # there is no such day
            return date(*map(int, match.groups()))
    raise Refused("notice.date", file=file.name, line=line, value=cell or "")


def _stretch(
    file: Path, line: int, start: date, end: date, working: bool
) -> Iterator[tuple[date, bool]]:
    if not 0 <= (end - start).days < LONGEST:
        raise Refused("notice.stretch", file=file.name, line=line, start=start, end=end)
    return ((start + n * DAY, working) for n in range((end - start).days + 1))


def _toml(file: Path, text: str) -> Notice:
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise Refused("notice.toml", file=file.name) from None
    year = tree.get("year")
    if type(year) is not int:  # True is an int too
        raise Refused("notice.no_year", file=file.name)
    days = [
        day
        for table in ("off", "work")
        for number, entry in enumerate(_entries(file, table, tree.get(table, [])), start=1)
        for day in _entry(file, table, number, entry)
    ]
    return _notice(year, str(tree.get("source", file.name)), days)


def _entries(file: Path, table: str, found: Any) -> list[dict[str, Any]]:
    if isinstance(found, list) and all(isinstance(entry, dict) for entry in found):
        return found
    raise Refused("notice_toml.table", file=file.name, table=table)


def _entry(
    file: Path, table: str, number: int, entry: dict[str, Any]
) -> Iterator[tuple[date, bool]]:
    start = _toml_day(file, table, number, entry.get("from"))
    end = _toml_day(file, table, number, entry.get("to", start))
    return _stretch(file, number, start, end, KINDS[table])


def _toml_day(file: Path, table: str, number: int, value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):  # an instant is a date too
        return value
    raise Refused("notice_toml.date", file=file.name, table=table, n=number)


def _notice(year: int, source: str, days: list[tuple[date, bool]]) -> Notice:
    return Notice(
        year,
        source,
        off=frozenset(day for day, working in days if not working),
        worked=frozenset(day for day, working in days if working),
    )
