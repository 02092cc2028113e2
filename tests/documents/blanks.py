"""Blank forms and what they were filled with: one set of fields, tasks, and many rows."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from documents.blank import Spec
from domain.content import ONE, Cell, Content
from domain.form import Form
from domain.identity import Identity, version_of
from tests.build import SLUG, nov

SOURCE = ("A0.11",)
FIELDS: list[dict[str, Any]] = [
    {
        "code": "projects",
        "label": "项目开竣工情况",
        "hint": "写本周新开工、新竣工的项目，各一句话。",
        "example": "涧河路管网改造本周开工。",
    },
    {"code": "problems", "label": "需要协调解决的事项"},
    {"code": "started", "label": "累计开工项目数", "kind": "number", "unit": "个"},
    {"code": "rate", "label": "年度投资完成率", "kind": "percent", "unit": "%"},
    {"code": "finish", "label": "预计完工日期", "kind": "date", "hint": "按最新计划填。"},
    {"code": "light", "label": "进度", "kind": "choice", "choices": ("红灯", "黄灯", "绿灯")},
]
CHECKS: list[dict[str, Any]] = [
    {"kind": "required", "fields": ("projects", "started"), "source": SOURCE},
    {"kind": "range", "fields": ("started",), "min": Decimal(0), "source": SOURCE},
    {
        "kind": "range",
        "fields": ("rate",),
        "min": Decimal(0),
        "max": Decimal(100),
        "source": SOURCE,
    },
]
LAST: dict[str, Any] = {
    "projects": "三个项目开工，分别是涧河路管网改造、牡丹广场周边整治和上海市场街区提升，"
    "其中管网改造已完成路面开挖两公里；竣工一个。",
    "problems": Cell.NOT_REPORTED,
    "started": Decimal(12),
    "rate": Decimal("61.5"),
    "finish": date(2026, 12, 20),
    "light": "黄灯",
}
TASKS = {
    "1-1": "打通断头路三条，完善路口渠化和标志标线",
    "1-2": "新建口袋公园五处",
    "1-3": "完成老旧供水管网改造二十公里",
}


def form(rows: str = "one", key: str | None = None, **keys: Any) -> Form:
    """A small form with a field of every kind."""
    fields = [{**field, "source": SOURCE} for field in keys.pop("fields", FIELDS)]
    told = {"code": "weekly", "label": "周调度", "office": "office", "clock": "weekly"}
    return Form.model_validate(
        {**told, "rows": rows, "key": key, "fields": fields, "checks": CHECKS, "source": SOURCE}
        | keys
    )


def spec(of: Form | None = None, **keys: Any) -> Spec:
    """The template of Jianxi for a week in November, without anything from last time."""
    asked = of or form()
    return replace(
        Spec(
            identity=Identity(
                SLUG, "office", asked.code, "ly-jianxi", "2026-W47", version_of(asked)
            ),
            form=asked,
            programme="洛阳市城市更新",
            unit="涧西区",
            period="11月16日—11月22日",
            due="11月20日（周五）16:00",
            created=nov(16),
            tasks={},
        ),
        **keys,
    )


def upright(**keys: Any) -> Spec:
    """One set of fields, with what was said last week."""
    return spec(**{"before": Content({ONE: LAST}), "before_of": "2026-W46"} | keys)


def by_task(**keys: Any) -> Spec:
    """A row a task; two of the three were reported last week."""
    before = Content({"1-1": LAST, "1-2": LAST | {"light": "绿灯"}})
    told = {"before": before, "before_of": "2026-W46", "tasks": TASKS}
    return spec(form("tasks"), **told | keys)


def many(**keys: Any) -> Spec:
    """As many rows as there are projects, told apart by name."""
    named = [{"code": "name", "label": "项目名称"}, *FIELDS]
    before = Content({"管网改造": LAST | {"name": "管网改造"}})
    told = {"before": before, "before_of": "2026-W46"}
    return spec(form("many", "name", fields=named), **told | keys)
