"""The files of the corpus, cell by cell, as spreadsheets and other programs write them."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

import openpyxl
from xlsxwriter.utility import xl_cell_to_rowcol

from tests.intake.files import saved, written

Line = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """A number or a text under a number format."""

    value: float | str
    format: str


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula with the result that was saved, an error among them."""

    text: str
    result: float | str = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet: its rows from a cell on, and what is special about it."""

    rows: Sequence[Line]
    at: str = "A1"
    name: str = "周调度"
    merged: Sequence[str] = ()
    hidden_rows: Sequence[int] = ()
    hidden: bool = False
    boxes: Mapping[str, Any] = field(default_factory=dict)  # cells beside the rows


def xlsx(*pages: Page, **options: Any) -> bytes:
    """A workbook of these sheets."""

    def fill(book: Any) -> None:
        for page in pages:
            _page(book, page)

    return written(fill, **options)


def _page(book: Any, page: Page) -> None:
    sheet = book.add_worksheet(page.name)
    if page.hidden:
        sheet.hide()
    else:
        sheet.activate()  # the first sheet is shown whatever it says, unless another is active
    for block in page.merged:
        sheet.merge_range(block, "")
    top, left = xl_cell_to_rowcol(page.at)
    for row, line in enumerate(page.rows, start=top):
        for column, cell in enumerate(line, start=left):
            _cell(book, sheet, (row, column), cell)
    for place, cell in page.boxes.items():
        _cell(book, sheet, xl_cell_to_rowcol(place), cell)
    for row in page.hidden_rows:
        sheet.set_row(row - 1, None, None, {"hidden": True})


def _cell(book: Any, sheet: Any, spot: tuple[int, int], cell: Any) -> None:
    match cell:
        case None:
            pass
        case Shown(value, code):
            write = sheet.write_string if isinstance(value, str) else sheet.write_number
            write(*spot, value, book.add_format({"num_format": code}))
        case Formula(text, result):
            sheet.write_formula(*spot, f"={text}", None, result)
        case bool():
            sheet.write_boolean(*spot, cell)
        case str():
            sheet.write_string(*spot, cell)
        case date():
            code = "yyyy-mm-dd hh:mm" if isinstance(cell, datetime) else "yyyy-mm-dd"
            sheet.write_datetime(*spot, cell, book.add_format({"num_format": code}))
        case time():
            sheet.write_datetime(*spot, cell, book.add_format({"num_format": "hh:mm"}))
        case _:
            sheet.write_number(*spot, cell)


def edited(content: bytes, cells: Mapping[str, Any], sheet: str = "", title: str = "") -> bytes:
    """A workbook with other words in some cells of one sheet, as openpyxl saves it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book[sheet] if sheet else book.worksheets[0]
    for place, value in cells.items():
        page[place] = value
    page.title = title or page.title
    return bytes(saved(book))
