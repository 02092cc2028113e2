"""Marks on cells of a sender's file: a note, a colour; and how they are taken off again."""

import re
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.formatting.formatting import ConditionalFormatting
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from documents.remarks import Remark
from documents.result import FILLS
from domain.checklist import Severity
from domain.sentences import say

AUTHOR = "luoshu"  # of the notes that are ours
RULE = "\n————\n"  # between our note and the one that was there before
ALWAYS = 'N("luoshu")=0'  # true, and only ever written here
SEVERITIES: Sequence[Severity] = ("error", "warning")
Found = Sequence[tuple[Remark, Cell | None]]


def cell_at(book: Workbook, place: str) -> Cell | None:
    """The cell at an address; of merged cells the first one; None where there is no such cell."""
    name, _, spot = place.rpartition("!")
    page = next((page for page in book.worksheets if page.title == name), None)
    if page is None or not re.fullmatch(r"[A-Z]{1,3}[1-9]\d{0,6}", spot):
        return None
    cell = page[spot]
    if isinstance(cell, MergedCell):
        block = next(b for b in page.merged_cells.ranges if spot in b)
        cell = page.cell(block.min_row, block.min_col)
    return cell if isinstance(cell, Cell) else None


def mark(found: Found) -> None:
    """Note each remark on its cell, and colour it: a cell with both kinds is red."""
    for severity in reversed(SEVERITIES):
        for remark, cell in found:
            if cell is not None and remark.severity == severity:
                cell.fill = PatternFill("solid", fgColor=FILLS[severity])
                _add_note(cell, remark)
    pages = {id(cell.parent): cell.parent for _, cell in found if cell is not None}
    for page in pages.values():
        _stay_visible(page, [cell for _, cell in found if cell is not None])


def unmark(book: Workbook) -> None:
    """Take off what a former copy was marked with; what had been the colour below is gone."""
    for page in book.worksheets:
        # iter_rows() would make every cell between the first and the last
        for cell in page._cells.values():
            if cell.comment and cell.comment.author == AUTHOR:
                before, _ = _note(cell)
                cell.comment = Comment(before, "") if before else None
                cell.fill = PatternFill()
        _drop_rules(page)


def _add_note(cell: Cell, remark: Remark) -> None:
    before, ours = _note(cell)
    severity = say(f"markup.{remark.severity}")
    ours = [say("markup.note", severity=severity, sentence=remark.sentence), *ours]
    text = RULE.join(filter(None, ("\n".join(ours), before)))
    cell.comment = Comment(text, AUTHOR, height=30 + 18 * (len(text) // 20 + 2), width=280)


def _note(cell: Cell) -> tuple[str, list[str]]:
    """What the note on a cell says: the sender's own words, and the lines that are ours."""
    text = cell.comment.text if cell.comment else ""
    if not cell.comment or cell.comment.author != AUTHOR:
        return text, []
    ours, _, before = text.partition(RULE)
    return before, ours.split("\n")


def _stay_visible(page: Worksheet, cells: Iterable[Cell]) -> None:
    """Put our colours above those that a sheet's own rules would give the same cells."""
    if not page.conditional_formatting:
        return
    mine = [cell for cell in cells if cell.parent is page]
    for block in page.conditional_formatting:
        for rule in block.rules:
            rule.priority = (rule.priority or 0) + len(SEVERITIES)
    for priority, severity in enumerate(SEVERITIES, start=1):
        fill = PatternFill(bgColor=FILLS[severity])
        places = dict.fromkeys(c.coordinate for c in mine if c.fill.fgColor.rgb == FILLS[severity])
        if places:
            rule = FormulaRule([ALWAYS], stopIfTrue=True, fill=fill)
            rule.priority = priority
            page.conditional_formatting.add(" ".join(places), rule)
            # LibreOffice takes the first block in the file, whatever the priority
            blocks = page.conditional_formatting._cf_rules
            blocks.move_to_end(ConditionalFormatting(" ".join(places)), last=False)


def _drop_rules(page: Worksheet) -> None:
    rules = page.conditional_formatting
    for place in [str(block.sqref) for block in rules]:
        rules[place][:] = [rule for rule in rules[place] if rule.formula != [ALWAYS]]
        if not rules[place]:
            del rules[place]
