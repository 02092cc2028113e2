"""A file as a workbook of plain values, whichever kind it is; the one way to read what is sent.

Meant for the limited process of ``sandbox``: a file made for it can still take much memory or time.
"""

import io
from collections.abc import Mapping

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from domain.grid import Sheet, Workbook
from intake import preflight, text, value, xls
from intake.fault import Fault
from intake.traits import Traits


def read(name: str, content: bytes) -> Workbook:
    """Everything in the file; raises Unreadable, and beside it only MemoryError."""
    passed = preflight.check(name, content)
    try:
        return Workbook(passed.kind, _sheets(passed, content))
    except Fault as fault:
        raise fault.of(name) from None


def _sheets(passed: preflight.Passed, content: bytes) -> list[Sheet]:
    match passed.kind:
        case "xlsx":
            return _xlsx(content, passed.traits)
        case "xls":
            return xls.sheets(content)
        case "csv":
            return [text.csv_sheet(content)]
        case _:
            return [text.json_sheet(content)]


def _xlsx(content: bytes, traits: Mapping[str, Traits]) -> list[Sheet]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [
            _sheet(book, known.name, known.visible == SheetVisibleEnum.Visible, traits[known.name])
            for known in book.sheets_metadata
            if known.typ == SheetTypeEnum.WorkSheet
        ]
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:  # a panic of the reader is no Exception
        raise Fault("preflight.damaged") from None


def _sheet(book: CalamineWorkbook, name: str, visible: bool, traits: Traits) -> Sheet:
    cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)  # so that C5 stays C5
    rows = value.table(cells)
    value.blank(rows, traits.formulas)
    return Sheet(
        name=value.word(name) or "",
        rows=rows,
        visible=visible,
        merged=tuple(traits.merged),
        hidden_rows=frozenset(traits.hidden_rows),
        percents=frozenset(traits.percents),
        formulas=traits.formulas,
        errors=traits.errors,
        formats=traits.formats,
    )
