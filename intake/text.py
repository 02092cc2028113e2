"""Text files as one sheet without a name: .csv as spreadsheets save it, .json as programs send it.

A .json is an object of labels and values; those under "values" count as its own. "rows" is a list
of such objects, each with what the whole says added, so that both kinds come out as head and rows.
"""

import csv
import io
import json
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import TypeVar

from domain.grid import Raw, Sheet
from intake import limits, value
from intake.fault import Fault

MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
ENCODINGS = ("utf-8-sig", "gb18030")
DELIMITERS = ",\t;"  # the first of those that fit equally well
SAMPLE = 20  # lines looked at
SEPARATOR = "sep="  # a first line by which spreadsheets are told the delimiter
MOST_NULS = 0.1  # more is no text
LARGEST = 300  # powers of ten; beyond, writing a number out would take forever
T = TypeVar("T")
Cell = str | float | Decimal | bool | None  # the float is what JSON has no number for: NaN


def csv_sheet(content: bytes) -> Sheet:
    """The lines of a .csv, cells as text; raises Fault when it is not text or not a table."""
    text = _decode(content)
    if text.count("\n") > limits.MOST_CELLS:
        raise Fault("preflight.cells", most=limits.MOST_CELLS)
    lines = text.splitlines()[:1]
    told = lines[0][len(SEPARATOR) :].strip(" ") if text.lower().startswith(SEPARATOR) else ""
    try:
        found = list(csv.reader(_stream(text), delimiter=told or _delimiter(text), strict=True))
    except (csv.Error, TypeError):
        raise Fault("preflight.csv") from None
    rows = value.table(found[1:] if told else found)
    if not rows:
        raise Fault("preflight.no_rows")
    if len(rows) * max(map(len, rows)) > limits.MOST_CELLS:
        raise Fault("preflight.cells", most=limits.MOST_CELLS)
    return Sheet("", rows)


def json_sheet(content: bytes) -> Sheet:
    """The object of a .json as a head and its rows; raises Fault when it is none."""
    try:
        found = json.loads(
            _decode(content), parse_float=_decimal, parse_int=_decimal, object_pairs_hook=_object
        )
    except (ValueError, RecursionError):
        raise Fault("preflight.json") from None
    if not isinstance(found, dict):
        raise Fault("preflight.json")
    rows = found.pop("rows") if _listed(found.get("rows")) else None
    values = found.pop("values") if isinstance(found.get("values"), dict) else {}
    if again := next((label for label in found if label in values), None):
        raise Fault("preflight.json_twice", label=value.word(again) or "")
    shared = _plain(found | values)
    return _table([shared | _plain(each) for each in rows or [{}]])


def _listed(rows: object) -> bool:
    if not isinstance(rows, list):
        return False  # a label that happens to be called so
    if all(isinstance(each, dict) for each in rows):
        return True
    raise Fault("preflight.json")


def _object(pairs: list[tuple[str, T]]) -> dict[str, T]:
    found = dict(pairs)
    if len(found) < len(pairs):
        [(label, _)] = Counter(label for label, _ in pairs).most_common(1)
        raise Fault("preflight.json_twice", label=value.word(label) or "")
    return found


def _table(objects: Sequence[dict[str, Raw]]) -> Sheet:
    head = list(dict.fromkeys(label for each in objects for label in each))
    if (len(objects) + 1) * len(head) > limits.MOST_CELLS:
        raise Fault("preflight.cells", most=limits.MOST_CELLS)
    rows = value.table([head, *([each.get(label) for label in head] for each in objects)])
    if not rows:
        raise Fault("preflight.no_rows")
    return Sheet("", rows)


def _plain(found: dict[str, object]) -> dict[str, Raw]:
    """Every value as a cell; labels without what is unseen."""
    return _object([((value.word(label) or "").strip(), _cell(c)) for label, c in found.items()])


def _cell(cell: object) -> Raw:
    """Text, a number, yes or no, or nothing; of a list each in its line, of the rest its words."""
    if isinstance(cell, Cell):
        return value.plain(cell)
    if isinstance(cell, list) and all(isinstance(each, Cell) for each in cell):
        return value.word("\n".join(str(each) for each in cell if each is not None))
    return value.word(json.dumps(cell, ensure_ascii=False, default=str))


def _decimal(text: str) -> Decimal | str:
    """A number exactly as it is written; one that no table could hold stays text."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        return text
    return found if abs(found.adjusted()) <= LARGEST else text


def _decode(content: bytes) -> str:
    for encoding in (MARKS[content[:2]],) if content[:2] in MARKS else ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.count("\0") <= MOST_NULS * len(text):
            return text.replace("\0", "")
    raise Fault("preflight.not_text")


def _stream(text: str) -> io.StringIO:
    return io.StringIO(text, newline="")


def _delimiter(text: str) -> str:
    """The delimiter by which most of the first lines have one and the same number of cells."""
    return max(DELIMITERS, key=lambda each: _fit(text, each))


def _fit(text: str, delimiter: str) -> int:
    try:
        lines = list(islice(csv.reader(_stream(text), delimiter=delimiter, strict=True), SAMPLE))
    except csv.Error:
        return 0
    widths = Counter(len(line) for line in lines if len(line) > 1)
    return max(widths.values(), default=0)
