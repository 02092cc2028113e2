"""The consolidated ledger of one occasion as .xlsx: a row a unit, its light, its cells (A0.12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO

import xlsxwriter

from documents.footnotes import footnotes
from documents.sheet import Layout, height, lay_out, new_book, sheet_name, width
from domain.sentences import say

LEADING = (14, 18, 6, 8, 16, 16)  # widths of group, unit, state, flags and the two instants
PROSE, FIGURE = 22, 10  # characters
LIGHTS = {
    "on_time": "#C6EFCE",
    "late": "#FFEB9C",
    "missing": "#FFC7CE",
    "pending": "#FFFFFF",
    "exempt": "#E7E6E6",
}


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One unit's line: words only, already as people read them, but for the state's code."""

    group: str
    unit: str
    state: str
    flags: str
    due: str
    received: str
    cells: Sequence[str | Decimal]


@dataclass(frozen=True, slots=True)
class LedgerSheet:
    """One form's sheet: its title line, the labels of its fields and a row for every unit."""

    name: str
    title: str
    labels: Sequence[str]
    rows: Sequence[LedgerRow]
    notes: Sequence[str] = ()  # the rules behind it that no office has confirmed yet


def workbook(sheets: Sequence[LedgerSheet], created: datetime) -> bytes:
    """The .xlsx file; the same sheets give the same bytes. Nothing in it is a formula."""
    buffer = BytesIO()
    book = new_book(buffer, created)
    names = [sheet.name for sheet in sheets]
    for number, sheet in enumerate(sheets, start=1):
        again = names.count(sheet.name) > 1
        _write(book, sheet, sheet_name(f"{number} {sheet.name}" if again else sheet.name))
    book.close()
    return buffer.getvalue()


def _write(book: xlsxwriter.Workbook, sheet: LedgerSheet, name: str) -> None:
    page = book.add_worksheet(name)
    heads = say("ledger.heads").split("|") + list(sheet.labels)
    title = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "bg_color": "#DDEBF7"})
    plain = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    lights = {
        state: book.add_format({"border": 1, "bg_color": colour, "valign": "top"})
        for state, colour in LIGHTS.items()
    }
    widths = [*LEADING, *_widths(sheet)]
    page.write_string(0, 0, sheet.title, title)
    page.set_row(1, height(heads, widths))
    page.write_row(1, 0, heads, head)
    for number, row in enumerate(sheet.rows, start=2):
        words = [row.group, row.unit, say(f"state.{row.state}"), row.flags, row.due, row.received]
        page.set_row(number, height([*words, *row.cells], widths))
        page.write_row(number, 0, [*words, *row.cells], plain)
        page.write_string(number, 2, words[2], lights[row.state])
    for number, note in enumerate(footnotes(sheet.notes), start=len(sheet.rows) + 3):
        page.write_string(number, 0, note)
    lay_out(page, Layout(widths, 1, len(sheet.rows), frozen=2, paper="A3"))


def _widths(sheet: LedgerSheet) -> list[int]:
    """Figures take a narrow column, prose a wide one."""
    wide = {
        number
        for row in sheet.rows
        for number, cell in enumerate(row.cells)
        if isinstance(cell, str) and width(cell) > FIGURE
    }
    return [PROSE if number in wide else FIGURE for number in range(len(sheet.labels))]
