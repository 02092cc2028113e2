"""The consolidated ledger of one occasion as .xlsx: a row a unit, its light, its cells (A0.12)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO

import xlsxwriter

from domain.sentences import say

FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
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


def workbook(sheets: Sequence[LedgerSheet], created: datetime) -> bytes:
    """The .xlsx file; the same sheets give the same bytes. Nothing in it is a formula."""
    buffer = BytesIO()
    # row by row: memory stays flat however many units there are
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"created": created.replace(tzinfo=None)})
    names = [sheet.name for sheet in sheets]
    for number, sheet in enumerate(sheets, start=1):
        again = names.count(sheet.name) > 1
        _write(book, sheet, _sheet_name(f"{number} {sheet.name}" if again else sheet.name))
    book.close()
    return buffer.getvalue()


def _sheet_name(name: str) -> str:
    """A name Excel takes: none of its forbidden characters, and not too long."""
    return FORBIDDEN.sub(" ", name)[:31]


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
    page.write_string(0, 0, sheet.title, title)
    page.write_row(1, 0, heads, head)
    for number, row in enumerate(sheet.rows, start=2):
        words = [row.group, row.unit, say(f"state.{row.state}"), row.flags, row.due, row.received]
        page.write_row(number, 0, [*words, *row.cells], plain)
        page.write_string(number, 2, words[2], lights[row.state])
    _print_set_up(page, len(heads), len(sheet.rows))


def _print_set_up(page: "xlsxwriter.worksheet.Worksheet", columns: int, rows: int) -> None:
    page.set_column(0, 0, 20)
    page.set_column(1, 1, 26)
    page.set_column(2, 3, 9)
    page.set_column(4, 5, 20)
    page.set_column(6, max(6, columns - 1), 22)
    page.freeze_panes(2, 2)
    page.autofilter(1, 0, 1 + rows, columns - 1)
    page.set_landscape()
    page.set_paper(8)  # A3
    page.fit_to_pages(1, 0)
    page.repeat_rows(1)
