"""What every worksheet of ours has in common: safe names, rows as high as needed, print set-up."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Literal

import xlsxwriter

LINE = 17.0  # points a line of text takes
HIGHEST = 409.0  # points; Excel has no higher row
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
PAPERS = {"A3": 8, "A4": 9}  # the numbers Excel knows them by


@dataclass(frozen=True, slots=True)
class Layout:
    """How a sheet is laid out: widths in characters, the row its heads stand in, rows below it.

    ``frozen`` columns stay in sight while scrolling.
    """

    widths: Sequence[int]
    head: int
    rows: int
    frozen: int
    paper: Literal["A3", "A4"]


def new_book(buffer: BytesIO, created: datetime, *, flat: bool = True) -> xlsxwriter.Workbook:
    """A workbook that gives the same bytes for the same content; nothing in it is a formula.

    ``flat``: memory stays so however many rows there are, but they are written in order.
    """
    options = {"constant_memory": flat, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"created": created.replace(tzinfo=None)})
    return book


def sheet_name(name: str) -> str:
    """A name Excel takes: none of its forbidden characters, and not too long."""
    return FORBIDDEN.sub(" ", name)[:31]


def height(cells: Sequence[object], widths: Sequence[int]) -> float:
    """A row as high as its longest cell needs; a Chinese character is two wide."""
    lines = (_lines(str(cell), room) for cell, room in zip(cells, widths, strict=False))
    return min(HIGHEST, LINE * max(1, *lines) + 4)


def _lines(text: str, room: int) -> int:
    return sum(max(1, -(-width(line) // room)) for line in text.split("\n"))


def width(text: str) -> int:
    """How many characters of a column a text takes on one line."""
    return sum(1 if letter.isascii() else 2 for letter in text)


def lay_out(page: "xlsxwriter.worksheet.Worksheet", layout: Layout) -> None:
    """Widths, a frozen head that repeats on paper, a filter, landscape, one page wide."""
    for column, room in enumerate(layout.widths):
        page.set_column(column, column, room)
    page.freeze_panes(layout.head + 1, layout.frozen)
    page.autofilter(layout.head, 0, layout.head + layout.rows, len(layout.widths) - 1)
    page.set_landscape()
    page.set_paper(PAPERS[layout.paper])
    page.set_margins(0.4, 0.4, 0.5, 0.5)
    page.fit_to_pages(1, 0)
    page.repeat_rows(layout.head)
