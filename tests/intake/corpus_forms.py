"""The forms of the corpus: three of a weekly check-in, one with a row a task, one with many."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from domain.content import Cell, Content, Value
from domain.form import Form
from tests.domain.build import SOURCE, form

Told = tuple[str, ...]  # code, label, kind, unit


def of(code: str, fields: Sequence[Told], checks: Sequence[dict[str, Any]], **keys: Any) -> Form:
    """A form from its fields in short."""
    names = ("code", "label", "kind", "unit")
    full = [{**dict(zip(names, told, strict=False)), **SOURCE} for told in fields]
    for field in full:
        if field.get("kind") == "choice":
            field["choices"] = field.pop("unit").split("|")
    asked = [{**check, **SOURCE} for check in checks]
    return Form.model_validate(form(code, None, fields=full, checks=asked, **keys))


# as they are bundled in luoyang-renewal
COUNTY_FIELDS = [
    ("projects", "项目开竣工情况"),
    ("milestones", "节点目标任务完成情况"),
    ("permits", "项目手续办理"),
    ("safety", "安全质量监管"),
    ("demonstration", "示范点建设"),
    ("experience", "好的经验做法"),
    ("matters", "需要协调解决的事项"),
    ("projects-planned", "计划实施项目数", "number", "个"),
    ("projects-started", "累计开工项目数", "number", "个"),
    ("projects-completed", "累计竣工项目数", "number", "个"),
    ("milestones-due", "截至本周应完成节点数", "number", "个"),
    ("milestones-met", "应完成节点中已完成数", "number", "个"),
    ("investment-to-date", "累计完成投资", "number", "万元"),
]
COUNTS = [field[0] for field in COUNTY_FIELDS[7:]]
COUNTY = of(
    "weekly-county",
    COUNTY_FIELDS,
    [
        {"kind": "required", "fields": ["projects", "milestones"]},
        {"kind": "range", "fields": COUNTS, "min": 0},
        {"kind": "at_most", "field": "projects-completed", "limit": "projects-started"},
        {"kind": "at_most", "field": "projects-started", "limit": "projects-planned"},
        {"kind": "at_most", "field": "milestones-met", "limit": "milestones-due"},
    ],
)
MET = [
    ("milestones-due", "截至本周应完成节点数", "number", "个"),
    ("milestones-met", "应完成节点中已完成数", "number", "个"),
]
ENOUGH = [
    {"kind": "range", "fields": [field[0] for field in MET], "min": 0},
    {"kind": "at_most", "field": "milestones-met", "limit": "milestones-due"},
]
MEMBER = of(
    "weekly-member",
    [
        ("progress", "周工作进展"),
        ("policy", "政策支持"),
        ("experience", "经验做法"),
        ("matters", "需要协调解决的事项"),
        *MET,
    ],
    [{"kind": "required", "fields": ["progress"]}, *ENOUGH],
)
UTILITY = of(
    "weekly-utility",
    [
        ("works", "配套建设推进情况"),
        ("policy", "政策支持情况"),
        ("safety", "安全质量监管情况"),
        ("experience", "经验做法"),
        ("matters", "需要协调解决的事项"),
        *MET,
    ],
    [{"kind": "required", "fields": ["works"]}, *ENOUGH],
)
LEDGER = of(
    "annex-ledger",
    [
        ("progress", "工作进展"),
        ("stage", "当前阶段", "choice", "未开工|在建|完工"),
        ("spent", "累计完成投资", "number", "万元"),
        ("rate", "完成比例", "percent", "%"),
        ("finish", "预计完工日期", "date"),
        ("problems", "存在问题"),
    ],
    [
        {"kind": "required", "fields": ["progress"]},
        {"kind": "range", "fields": ["rate"], "min": 0, "max": 100},
        {"kind": "no_decrease", "fields": ["spent"]},
        {"kind": "change", "fields": ["rate"], "amount": 50},
    ],
    rows="tasks",
    lead_units=True,
    label="周台账",
)
TASKS = {"1-1": "打通断头路三条", "1-2": "新建口袋公园五处", "1-3": "完成老旧供水管网改造"}
PROJECTS = of(
    "projects",
    [
        ("name", "项目名称"),
        ("kind", "项目类型", "choice", "老旧小区|城中村|口袋公园|管网"),
        ("area", "建筑面积", "number", "平方米"),
        ("total", "总投资", "number", "万元"),
        ("central", "中央资金", "number", "万元"),
        ("local", "地方资金", "number", "万元"),
        ("spent", "累计完成投资", "number", "万元"),
        ("rate", "形象进度", "percent", "%"),
        ("started", "开工日期", "date"),
        ("finished", "竣工日期", "date"),
        ("state", "进展说明"),
    ],
    [
        {"kind": "required", "fields": ["kind", "total"]},
        {"kind": "range", "fields": ["area", "total", "central", "local", "spent"], "min": 0},
        {"kind": "range", "fields": ["rate"], "min": 0, "max": 100},
        {"kind": "sum", "parts": ["central", "local"], "total": "total", "tolerance": 1},
        {"kind": "share", "field": "central", "of": "total", "percent": 60},
        {"kind": "at_most", "field": "spent", "limit": "total", "severity": "warning"},
        {"kind": "not_before", "field": "finished", "other": "started"},
        {"kind": "needs", "done": "finished", "start": "started"},
        {"kind": "no_decrease", "fields": ["spent"]},
    ],
    rows="many",
    key="name",
    label="项目台账",
)


def codes(asked: Form) -> list[str]:
    """The codes of a form's fields, in order."""
    return [field.code for field in asked.fields]


def labels(asked: Form) -> list[str]:
    """Their labels, without units."""
    return [field.label for field in asked.fields]


def heads(asked: Form) -> list[str]:
    """Their labels with units in brackets, as templates have them."""
    return [f"{f.label}（{f.unit}）" if f.unit else f.label for f in asked.fields]


def value(told: object) -> Value:
    """A value of the tables as the product holds it; a number is exact."""
    return told if isinstance(told, date | Cell | str) else Decimal(str(told))


def before(rows: Mapping[str, Mapping[str, object]]) -> Content:
    """A report that was accepted before."""
    held = {key: {code: value(told) for code, told in row.items()} for key, row in rows.items()}
    return Content(held)


WEEKLY = [
    "新开工一个", "按计划推进", "已办施工许可", "无异常", "建成一处", "无", "无",
    12, 9, 3, 4, 3, 1250.5,
]  # fmt: skip
PARK = [
    "湖滨公园", "口袋公园", 5200, 300, 120, 180, 120.5, 40, date(2026, 3, 2), date(2026, 12, 20),
    "已进场",
]  # fmt: skip
YARD = ["三号院", "老旧小区", 18000, 900, 500, 400, 450, 50, date(2026, 4, 1), None, "外墙施工"]
