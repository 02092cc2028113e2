"""An officers' list as a spreadsheet saves it: rows of cells under known heads, nothing judged."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from domain.errors import Refused
from domain.sentences import say

COLUMNS = (
    "unit",
    "role",
    "name",
    "email",
    "phone",
    "since",
    "until",
    "confirmed",
    "programme",
    "office",
)
ENGLISH = {"from": "since", "to": "until"}  # heads that are words of the language here
NEEDED = ("unit", "role", "name")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows that say something, each with the number a spreadsheet shows it under.

    ``ignored`` are heads nobody knows: their cells are not read. ``longer`` are the rows with
    something beyond the last head, where a comma too many has moved the cells.
    """

    rows: tuple[tuple[int, dict[str, str]], ...]
    ignored: tuple[str, ...]
    longer: tuple[int, ...] = ()


def read(name: str, content: bytes) -> Sheet:
    """The list in a file called ``name``; Refused with the remedy when it is none."""
    lines = _lines(name, _decode(name, content))
    heads = [_column(head) for head in lines[0]]
    missing = [say(f"officers_column.{c}") for c in NEEDED if c not in heads]
    if missing:
        right = say("officers.or").join(say(f"officers_column.{c}") for c in COLUMNS)
        raise Refused(
            "officers.heads", file=name, value=say("officers.or").join(missing), right=right
        )
    twice = [say(f"officers_column.{c}") for c in COLUMNS if heads.count(c) > 1]
    if twice:
        raise Refused("officers.head_twice", file=name, value=say("officers.or").join(twice))
    rows = tuple(
        (number, {column: cell for column, cell in zip(heads, cells, strict=False) if column})
        for number, cells in enumerate(lines[1:], start=2)
        if any(cell.strip() for cell in cells)
    )
    if not rows:
        raise Refused("officers.no_rows", file=name)
    unknown = [head.strip() for head, c in zip(lines[0], heads, strict=True) if not c]
    longer = [n for n, cells in enumerate(lines[1:], start=2) if any(cells[len(heads) :])]
    return Sheet(rows, tuple(filter(None, unknown)), tuple(longer))


def _column(head: str) -> str:
    """The column a head names, in Chinese or English; empty when nobody knows it."""
    word = head.strip().lower()
    words = {say(f"officers_column.{c}"): c for c in COLUMNS} | {c: c for c in COLUMNS} | ENGLISH
    return words.get(word, "")


def _decode(name: str, content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:  # a workbook, or UTF-16
            return text
    raise Refused("officers.not_text", file=name)


def _lines(name: str, text: str) -> Sequence[list[str]]:
    first = text.partition("\n")[0]
    delimiter = "\t" if first.count("\t") > first.count(",") else ","
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        raise Refused("officers.not_csv", file=name) from None
    if not lines:
        raise Refused("officers.no_rows", file=name)
    return lines
