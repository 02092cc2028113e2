"""Sheets and forms for the tests of the layout."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from domain.form import Form
from domain.grid import Raw, Sheet, Workbook
from tests.domain.build import SOURCE, form

FIELDS = [
    {"code": "progress", "label": "本周进展", "aliases": ["工作进展"], **SOURCE},
    {"code": "done", "label": "已完成投资", "kind": "number", "unit": "万元", **SOURCE},
    {"code": "planned", "label": "投资计划", "kind": "number", "unit": "万元", **SOURCE},
    {"code": "share", "label": "形象进度", "kind": "percent", "unit": "%", **SOURCE},
    {"code": "finish", "label": "完工日期", "kind": "date", **SOURCE},
]
ROW: list[Any] = ["进场", Decimal(120), Decimal(300), "40%", "2026-11-30"]
HEADS: list[Any] = [
    "本周进展",
    "已完成投资（万元）",
    "投资计划（万元）",
    "形象进度（%）",
    "完工日期",
]
SAID = {"progress": "进场", "done": "120", "planned": "300", "share": "40%", "finish": ROW[4]}


def of(rows="one", code="weekly", **keys: Any) -> Form:
    """A form with a field of most kinds."""
    if rows == "many":
        name = {"code": "project", "label": "项目名称", **SOURCE}
        keys = {"fields": [name, *FIELDS], "key": "project", **keys}
    return Form.model_validate(form(code, "county", **{"fields": FIELDS, "rows": rows, **keys}))


def book(*sheets: Sheet, kind="xlsx") -> Workbook:
    return Workbook(kind, sheets)


def sheet(*rows: Sequence[Raw], name="周调度", **keys: Any) -> Sheet:
    return Sheet(name, rows, **keys)
