"""The sheet 校验结果 in front of a marked-up copy: every remark, with a link to its cell."""

from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from documents.remarks import Remark, Returned
from documents.sheet import height
from domain.checklist import Severity
from domain.sentences import say

FILLS: dict[Severity, str] = {"error": "FFFF9999", "warning": "FFFFEB84"}
WIDTHS = (6, 9, 18, 76)  # number, severity, cell, sentence
HEAD = 6
THIN = Side("thin", "FF8EA0B8")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
Found = Sequence[tuple[Remark, Cell | None]]


def put_result(book: Workbook, returned: Returned, found: Found) -> None:
    """Add the sheet in front and show it first."""
    page = book.create_sheet(say("markup.sheet"), 0)
    for letter, room in zip("ABCD", WIDTHS, strict=True):
        page.column_dimensions[letter].width = room
    _top(page, returned)
    for number, (remark, cell) in enumerate(found, start=1):
        _line(page, HEAD + number, (str(number), remark, cell))
    page.freeze_panes = f"A{HEAD + 1}"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.fitToHeight = 0
    page.print_title_rows = f"{HEAD}:{HEAD}"
    for other in book.worksheets:  # two selected sheets would be edited together
        other.sheet_view.tabSelected = other is page
    book.active = 0


def remove_result(book: Workbook) -> None:
    """Take away the sheet of a former copy; a sender's own sheet of this name stays."""
    name, title = say("markup.sheet"), say("markup.title", mark="")
    for page in [page for page in book.worksheets if page.title == name]:
        if str(page["A1"].value).endswith(title):
            del book[name]


def _top(page: Worksheet, returned: Returned) -> None:
    mark = say("demo.mark") if returned.demo else ""
    errors, warnings = (len(returned.of(severity)) for severity in ("error", "warning"))
    wrong = "returned_both" if warnings else "returned"
    key = wrong if errors else "accepted" if warnings else "clean"
    lines = [
        say("markup.title", mark=mark),
        say("markup.receipt", number=returned.number, at=returned.received_at),
        say("markup.hash", sha256=returned.sha256),
        say(f"markup.{key}", errors=errors, warnings=warnings),
        say("markup.kept"),
    ]
    for row, line in enumerate(lines, start=1):
        page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(WIDTHS))
        _write(page, row, 1, line, wrap=True)
        page.row_dimensions[row].height = height([line], [sum(WIDTHS) - 4])
    page["A1"].font = Font(bold=True, size=16)
    page["A4"].font = Font(bold=True)
    page.row_dimensions[1].height = 30
    for column, head in enumerate(say("markup.heads").split("|"), start=1):
        _write(page, HEAD, column, head, border=BOX).font = Font(bold=True)


def _line(page: Worksheet, row: int, told: tuple[str, Remark, Cell | None]) -> None:
    number, remark, cell = told
    severity = say(f"markup.{remark.severity}")
    for column, words in enumerate((number, severity, remark.place, remark.sentence), start=1):
        _write(page, row, column, words, border=BOX, wrap=True)
    page.cell(row, 2).fill = PatternFill("solid", fgColor=FILLS[remark.severity])
    page.row_dimensions[row].height = height([remark.place, remark.sentence], WIDTHS[2:])
    if cell is not None:
        sheet = cell.parent.title.replace("'", "''")
        link = page.cell(row, 3)
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{sheet}'!{cell.coordinate}")
        link.font = Font(color="FF0563C1", underline="single")


def _write(
    page: Worksheet, row: int, column: int, text: str, *, border: Any = None, wrap: bool = False
) -> Cell:
    """Words in a cell: never a formula, whatever they begin with."""
    cell = page.cell(row, column)
    cell.value = text
    cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=wrap, vertical="center")
    if border:
        cell.border = border
    return cell
