"""A workbook as bytes between two processes: plain JSON, so that the reader's end can do no harm.

The first line says what is known of each sheet, each further one has the rows of a sheet. Numbers
are written out in full and read as decimals; dates and times are marked by a letter.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from json.encoder import encode_basestring_ascii as quoted
from typing import Any

from domain.grid import Raw, Sheet, Spot, Workbook
from intake.fault import Unreadable

EXACT = json.JSONDecoder(parse_float=Decimal, parse_int=Decimal)
MARKS: dict[str, Callable[[str], Raw]] = {
    "d": date.fromisoformat,
    "m": datetime.fromisoformat,
    "t": time.fromisoformat,
}
WRITTEN: dict[type, Callable[[Any], str]] = {
    str: quoted,
    Decimal: str,
    bool: lambda cell: "true" if cell else "false",
    type(None): lambda cell: "null",
    date: lambda cell: f'["d","{cell.isoformat()}"]',
    datetime: lambda cell: f'["m","{cell.isoformat()}"]',
    time: lambda cell: f'["t","{cell.isoformat()}"]',
}


def pack(found: Workbook | Unreadable) -> bytes:
    """What was read, or why it was not."""
    if isinstance(found, Unreadable):
        return json.dumps({"key": found.key, "values": found.values}).encode()
    known = {"kind": found.kind, "sheets": [_known(sheet) for sheet in found.sheets]}
    return "\n".join([json.dumps(known), *(_rows(sheet.rows) for sheet in found.sheets)]).encode()


def unpack(packed: bytes) -> Workbook | Unreadable:
    """The same again; ValueError, KeyError or TypeError for bytes that are not from ``pack``."""
    known, *lines = packed.decode("ascii").split("\n")
    found = json.loads(known)
    if "key" in found:
        return Unreadable(found["key"], **found["values"])
    sheets = [_sheet(of, line) for of, line in zip(found["sheets"], lines, strict=True)]
    return Workbook(found["kind"], sheets)


def _known(sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "visible": sheet.visible,
        "merged": list(sheet.merged),
        "hidden_rows": list(sheet.hidden_rows),
        "percents": list(sheet.percents),
        "formulas": _pairs(sheet.formulas),
        "errors": _pairs(sheet.errors),
        "formats": _pairs(sheet.formats),
    }


def _pairs(words: Mapping[Spot, str]) -> list[tuple[Spot, str]]:
    return list(words.items())


def _rows(rows: Iterable[Sequence[Raw]]) -> str:
    lines = (",".join([WRITTEN[type(cell)](cell) for cell in row]) for row in rows)
    return f"[[{'],['.join(lines)}]]" if rows else "[]"


def _sheet(known: dict[str, Any], line: str) -> Sheet:
    rows = EXACT.decode(line)
    return Sheet(
        name=known["name"],
        rows=[[_cell(c) if type(c) is list else c for c in row] for row in rows],
        visible=known["visible"],
        merged=tuple((top, left, bottom, right) for top, left, bottom, right in known["merged"]),
        hidden_rows=frozenset(known["hidden_rows"]),
        percents=frozenset((row, column) for row, column in known["percents"]),
        formulas={(row, column): text for (row, column), text in known["formulas"]},
        errors={(row, column): text for (row, column), text in known["errors"]},
        formats={(row, column): code for (row, column), code in known["formats"]},
    )


def _cell(marked: list[str]) -> Raw:
    mark, text = marked
    return MARKS[mark](text)
