"""How the cells of a template look, and how a value is written into one."""

from datetime import date, datetime, time
from typing import Any

from documents.asking import DATE
from domain.content import Cell, Value
from domain.grid import Spot

LONGEST = 32767  # letters a cell takes
PAPER, INPUT, CHANGED, HEAD = "#F5F6F8", "#FFFCE8", "#BDD7EE", "#D9E2F3"
RULED = {"border": 1, "border_color": "#8EA0B8"}
LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_name": "SimHei", "font_size": 18, "align": "center"},
    "line": {"font_size": 11, "align": "center"},
    "heading": {"bold": True, "font_name": "SimHei", "font_size": 18, "text_wrap": False},
    "lead": {"text_wrap": False},
    "head": {"bold": True, **RULED, "bg_color": HEAD, "align": "center", "font_name": "SimHei"},
    "label": {**RULED, "bg_color": PAPER, "indent": 1},
    "centred": {**RULED, "bg_color": PAPER, "align": "center"},
    "small": {**RULED, "bg_color": PAPER, "font_size": 10, "font_color": "#595959", "indent": 1},
    "legend": {"font_size": 10, "font_color": "#595959", "text_wrap": False, "indent": 1},
    "input": {**RULED, "bg_color": INPUT, "locked": False},
    "before": {**RULED, "bg_color": PAPER, "font_color": "#404040"},
}
SHAPES: dict[str, dict[str, Any]] = {
    # "@" keeps what looks like a date or a formula as it was typed
    "text": {"num_format": "@", "align": "left", "indent": 1},
    "choice": {"num_format": "@", "align": "center"},
    "date": {"num_format": DATE, "align": "center"},
    # 85 stays 85, and who types 85% gets a cell that is shown as one
    "number": {"align": "right", "indent": 1},
    "percent": {"align": "right", "indent": 1},
}


def said(value: Value | None) -> str:
    """A value as its cell will show it, to see how much room it takes."""
    if isinstance(value, Cell):
        return "" if value is Cell.NOT_REPORTED else value.value
    return "" if value is None else str(value)


def put(page: Any, spot: Spot, value: Value | int | None, look: Any) -> None:
    """Write a value as what it is: words stay words, one not reported is an empty cell.

    Words that no cell holds are cut: the writer would leave them out.
    """
    if value in (None, "", Cell.NOT_REPORTED):
        page.write_blank(*spot, None, look)
    elif isinstance(value, date):
        page.write_datetime(*spot, datetime.combine(value, time(0)), look)
    elif isinstance(value, Cell | str):
        text = value.value if isinstance(value, Cell) else value
        page.write_string(*spot, text[:LONGEST], look)
    else:
        page.write_number(*spot, value, look)
