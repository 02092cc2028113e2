"""What one unit has said over a year, form by form, and what its next form will begin with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from documents.asking import DATE
from documents.ledger import LedgerRow
from documents.ledgerlines import heads_of, lines_of
from documents.looks import put
from documents.sheet import Layout, height, lay_out, new_book, sheet_name, width
from domain.content import Content
from domain.form import Form
from domain.sentences import say

PROSE, FIGURE = 30, 12  # characters
LEADING = (12, 20)  # occasion, received at


@dataclass(frozen=True, slots=True)
class Stand:
    """What stood accepted for an occasion."""

    occasion: str
    received: str
    content: Content


@dataclass(frozen=True, slots=True)
class CarrySheet:
    """One form of a unit: what stands now and what stood before, newest first.

    ``tasks`` has titles by code.
    """

    title: str
    form: Form
    stands: Sequence[Stand]
    tasks: Mapping[str, str]


def carry_workbook(sheets: Sequence[CarrySheet], created: datetime) -> bytes:
    """The .xlsx file; its lines in green are what the next form is filled in with."""
    buffer = BytesIO()
    book = new_book(buffer, created)
    names = [sheet.form.label for sheet in sheets]
    for number, sheet in enumerate(sheets, start=1):
        again = names.count(sheet.form.label) > 1
        name = f"{number} {sheet.form.label}" if again else sheet.form.label
        _write(book, sheet, sheet_name(name))
    book.close()
    return buffer.getvalue()


def _write(book: Any, sheet: CarrySheet, name: str) -> None:
    page = book.add_worksheet(name)
    looks = _looks(book)
    heads = [*say("carry.heads").split("|"), *heads_of(sheet.form)]
    rows = list(_rows(sheet))
    widths = [*LEADING, *_widths([cells for _, cells in rows], len(heads) - len(LEADING))]
    page.write_string(0, 0, sheet.title, looks["title"])
    page.set_row(1, height(heads, widths))
    page.write_row(1, 0, heads, looks["head"])
    for number, (newest, cells) in enumerate(rows, start=2):
        page.set_row(number, height(cells, widths))
        for column, cell in enumerate(cells):
            day = "day" if isinstance(cell, date) else ""
            put(page, (number, column), cell, looks[f"{'now' if newest else 'then'}{day}"])
    page.write_string(len(rows) + 3, 0, say("carry.legend"))
    lay_out(page, Layout(widths, 1, len(rows), frozen=len(LEADING), paper="A3"))


def _rows(sheet: CarrySheet) -> Iterator[tuple[bool, list[str | Decimal | date]]]:
    """The lines with what begins them; whether they are of what stands now."""
    blank = LedgerRow("", "", "", "", "", "", ())
    now = next((stand for stand in sheet.stands if not stand.content.nil), None)
    for stand in sheet.stands:
        lines = lines_of(blank, sheet.form, stand.content, tasks=sheet.tasks, warnings={})
        nil = [say("flag.nil")] if stand.content.nil else []
        for line in lines:
            cells = [*nil, *line.cells[len(nil) :]]
            yield stand is now, [stand.occasion, stand.received, *cells]


def _widths(rows: Sequence[Sequence[object]], columns: int) -> list[int]:
    """Figures take a narrow column, prose a wide one."""
    lead = len(LEADING)
    longest = [
        max((width(cell) for row in rows if isinstance(cell := row[lead + n], str)), default=0)
        for n in range(columns)
    ]
    return [PROSE if most > FIGURE else FIGURE for most in longest]


def _looks(book: Any) -> dict[str, Any]:
    base = {"border": 1, "valign": "top", "text_wrap": True}
    now, day = {**base, "bg_color": "#E2EFDA"}, {"num_format": DATE, "align": "left"}
    shapes = {
        "title": {"bold": True, "font_size": 14},
        "head": {**base, "bold": True, "bg_color": "#DDEBF7"},
        "then": base,
        "now": now,
        "thenday": {**base, **day},
        "nowday": {**now, **day},
    }
    return {name: book.add_format(shape) for name, shape in shapes.items()}
