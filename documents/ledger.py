"""The consolidated ledger of one occasion as .xlsx: its light and its cells, for each unit (A0.12).

A form with rows has a line a row, the unit said again on each, so that a filter keeps them whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from documents.asking import DATE
from documents.footnotes import footnotes
from documents.looks import put
from documents.sheet import Layout, height, lay_out, new_book, sheet_name, width
from domain.sentences import say

LEADING = (14, 18, 6, 8, 23, 26)  # widths of group, unit, state, flags; the instants on one line
PROSE, FIGURE, TALL = 22, 10, 15  # characters; TALL: a figure under a long head in two lines
STATE = 2  # the column of the light
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
    cells: Sequence[str | Decimal | date]
    warnings: str = ""  # what the office may want to ask about, in sentences


@dataclass(frozen=True, slots=True)
class LedgerSheet:
    """One form's sheet: its title line, the labels of its fields and a row for every unit.

    There is a column of warnings when one of the rows has any.
    """

    name: str
    title: str
    labels: Sequence[str]
    rows: Sequence[LedgerRow]
    notes: Sequence[str] = ()  # the rules behind it that no office has confirmed yet

    @property
    def warned(self) -> bool:
        """Whether any row has warnings."""
        return any(row.warnings for row in self.rows)


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
    heads += [say("ledger_rows.warnings")] if sheet.warned else []
    title = book.add_format({"bold": True, "font_size": 14})
    shape = {"border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"}
    head = book.add_format({"bold": True, "bg_color": "#DDEBF7", **shape})
    looks = _looks(book)
    widths = [*LEADING, *_widths(sheet), *([PROSE] if sheet.warned else [])]
    page.write_string(0, 0, sheet.title, title)
    page.set_row(1, height(heads, widths))
    page.write_row(1, 0, heads, head)
    for number, row in enumerate(sheet.rows, start=2):
        words = [row.group, row.unit, say(f"state.{row.state}"), row.flags, row.due, row.received]
        cells = [*words, *row.cells, *([row.warnings] if sheet.warned else [])]
        page.set_row(number, height(cells, widths))
        for column, cell in enumerate(cells):
            look = row.state if column == STATE else "date" if isinstance(cell, date) else "plain"
            put(page, (number, column), cell, looks[look])
    for number, note in enumerate(footnotes(sheet.notes), start=len(sheet.rows) + 3):
        page.write_string(number, 0, note)
    lay_out(page, Layout(widths, 1, len(sheet.rows), frozen=2, paper="A3"))
    page.set_footer(say("template.footer"))


def _looks(book: xlsxwriter.Workbook) -> dict[str, Any]:
    base = {"border": 1, "valign": "top"}
    lights = {state: {**base, "bg_color": colour} for state, colour in LIGHTS.items()}
    plain = {**base, "text_wrap": True}
    shapes = {**lights, "plain": plain, "date": {**plain, "num_format": DATE, "align": "left"}}
    return {name: book.add_format(shape) for name, shape in shapes.items()}


def _widths(sheet: LedgerSheet) -> list[int]:
    """Figures take a narrow column, less so under a long head; prose takes a wide one."""
    wide = {
        number
        for row in sheet.rows
        for number, cell in enumerate(row.cells)
        if isinstance(cell, str) and width(cell) > FIGURE
    }
    figures = [min(TALL, max(FIGURE, width(label) // 2 + 2)) for label in sheet.labels]
    return [PROSE if number in wide else figure for number, figure in enumerate(figures)]
