"""Sheets of the older binary format, .xls and WPS's .et, with all that is known of their cells."""

import io
from datetime import time, timedelta
from typing import Any

import xlrd

from domain.grid import Sheet, Spot
from intake import limits, value
from intake.fault import Fault
from intake.style import PERCENT, is_duration, told

ENCRYPTED = "encrypted"
SHOWN = (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE)


def sheets(content: bytes) -> list[Sheet]:
    """Every sheet; raises Fault when the file is encrypted, damaged or too wide."""
    try:
        return _sheets(_opened(content))
    except (Fault, MemoryError):
        raise
    except Exception:  # whatever a reader of broken records stumbles over
        raise Fault("preflight.damaged") from None


def _opened(content: bytes) -> Any:
    try:
        return xlrd.open_workbook(
            file_contents=content,
            formatting_info=True,
            ragged_rows=True,
            logfile=io.StringIO(),
            ignore_workbook_corruption=True,  # of the container: other programs pad it otherwise
        )
    except xlrd.XLRDError as error:
        if ENCRYPTED in str(error):
            raise Fault("preflight.encrypted") from None
        raise


def _sheets(book: Any) -> list[Sheet]:
    if book.nsheets > limits.MOST_SHEETS:
        raise Fault("preflight.sheets", most=limits.MOST_SHEETS)
    formats = [_format(book, style) for style in book.xf_list]
    found = [_sheet(sheet, formats) for sheet in book.sheets()]
    if sum(len(row) for sheet in found for row in sheet.rows) > limits.MOST_CELLS:
        raise Fault("preflight.cells", most=limits.MOST_CELLS)
    return found


def _format(book: Any, style: Any) -> str:
    known = book.format_map.get(style.format_key)
    return known.format_str if known else ""


def _sheet(sheet: Any, formats: list[str]) -> Sheet:
    percents: set[Spot] = set()
    errors: dict[Spot, str] = {}
    shown: dict[Spot, str] = {}
    lines = []
    for at in range(sheet.nrows):
        line = [sheet.cell(at, column) for column in range(sheet.row_len(at))]
        lines.append([_read(cell, formats, sheet.book.datemode) for cell in line])
        for column, cell in enumerate(line):
            if cell.ctype == xlrd.XL_CELL_ERROR:
                errors[at, column] = xlrd.error_text_from_code.get(cell.value, "#ERR")
            elif cell.ctype in SHOWN and (code := told(formats[cell.xf_index])):
                if code == PERCENT:
                    percents.add((at, column))
                else:
                    shown[at, column] = code
    return Sheet(
        name=value.word(sheet.name) or "",
        rows=value.table(lines),
        visible=sheet.visibility == 0,
        merged=tuple(
            (top, left, end - 1, right - 1) for top, end, left, right in sheet.merged_cells
        ),
        hidden_rows=frozenset(at for at, row in sheet.rowinfo_map.items() if row.hidden),
        percents=frozenset(percents),
        errors=errors,
        formats=shown,
    )


def _read(cell: Any, formats: list[str], datemode: int) -> object:
    match cell.ctype:
        case xlrd.XL_CELL_TEXT | xlrd.XL_CELL_NUMBER:
            return cell.value
        case xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        case xlrd.XL_CELL_DATE:
            return _moment(cell.value, formats[cell.xf_index], datemode)
        case _:
            return None


def _moment(days: float, code: str, datemode: int) -> object:
    """A date, a time of day or a duration; what is none of them stays the number that is stored."""
    if is_duration(code):
        return timedelta(days=days)
    try:
        found = xlrd.xldate_as_datetime(days, datemode)
    except (ValueError, OverflowError):
        return days
    if days < 1:
        return found.time() if days >= 0 else days
    return found if found.time() > time.min else found.date()
