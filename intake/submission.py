"""What a unit sent as .json or .csv, turned into plain values. Nothing here judges the content."""

import csv
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

UNIT_WORDS = ("unit", "单位", "报送单位")
OCCASION_WORDS = ("occasion", "期", "期号")
FORM_WORDS = ("form", "表")
NIL_WORDS = ("nil", "无事项")
SUFFIXES = (".json", ".csv")
# PostgreSQL takes no NUL, nothing takes half a surrogate pair, and no terminal wants an escape
UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Submission:
    """One report as sent: whose, for which occasion, and its cells by label or code.

    ``problem`` is a key of the catalogue when the bytes could not be read; then the rest is empty.
    """

    unit: str = ""
    occasion: str = ""
    form: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    problem: str = ""


def read(name: str, content: bytes) -> Submission:
    """Read a file by its suffix; never raises for what is in it."""
    suffix = PurePath(name).suffix.lower()
    try:
        text = _decode(content)
        cells = _json(text) if suffix == ".json" else _csv(text)
    except _Unreadable as error:
        return Submission(problem=str(error))
    return _submission(cells)


class _Unreadable(Exception):
    """Carries the catalogue key of what is wrong with the bytes."""


def _decode(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _Unreadable("intake.not_text")


def _json(text: str) -> dict[str, object]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise _Unreadable("intake.not_json") from None
    if not isinstance(found, dict):
        raise _Unreadable("intake.not_json")
    values = found.pop("values", {})
    return found | (values if isinstance(values, dict) else {})


def _csv(text: str) -> dict[str, object]:
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if any(row)]
    except csv.Error:
        raise _Unreadable("intake.not_csv") from None
    if len(rows) != 2 or len(rows[0]) < len(rows[1]):
        raise _Unreadable("intake.not_csv")
    return dict(zip((label.strip() for label in rows[0]), rows[1], strict=False))


def _submission(cells: dict[str, object]) -> Submission:
    unit, occasion, form = (
        next((_clean(cells.pop(word)) for word in words if word in cells), "")
        for words in (UNIT_WORDS, OCCASION_WORDS, FORM_WORDS)
    )
    if not unit:
        return Submission(problem="intake.no_unit")
    if not occasion:
        return Submission(problem="intake.no_occasion")
    return Submission(unit, occasion, form, _plain(cells))


def _plain(cells: Mapping[str, object]) -> dict[str, object]:
    """Cells as words; what is neither text nor a number cannot be a cell."""
    return {
        "nil" if label in NIL_WORDS else _clean(label): UNSTORABLE.sub("", str(value))
        for label, value in cells.items()
        if isinstance(value, str | int | float)
    }


def _clean(word: object) -> str:
    return UNSTORABLE.sub("", str(word)).strip()
