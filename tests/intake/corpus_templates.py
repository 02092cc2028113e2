"""Templates of ours as they come back: untouched, filled in, renamed, saved by other programs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from documents.blank import Spec
from documents.template import template
from domain.content import ONE, Cell
from domain.form import Form
from domain.identity import Identity, version_of
from tests.build import nov
from tests.intake.corpus_book import edited
from tests.intake.corpus_case import Case, Rows, again, down, right
from tests.intake.corpus_forms import (
    COUNTY,
    LEDGER,
    MEMBER,
    PARK,
    PROJECTS,
    TASKS,
    UTILITY,
    WEEKLY,
    YARD,
    before,
    codes,
)

SAID = {"unit": "ly-jianxi", "occasion": "2026-W47"}
EMPTY = ("check.required projects", "check.required milestones")
EMPTIES = ("check.required progress",) * 3


def blank(asked: Form, **keys: Any) -> Spec:
    """The template of Jianxi for a week in November."""
    changed = keys.pop("identity", {})
    mine = Identity("luoyang-renewal", "office", asked.code, "ly-jianxi", "2026-W47", "")
    identity = replace(mine, version=version_of(asked), **changed)
    period, due = "11月16日—11月22日", "11月20日（周五）16:00"
    tasks = TASKS if asked.rows == "tasks" else {}
    spec = Spec(identity, asked, "洛阳市城市更新", "涧西区", period, due, nov(16), tasks)
    return replace(spec, **keys)


def back(claim: str, spec: Spec, cells: dict[str, Any] | None = None, **keys: Any) -> Case:
    """A template that comes back; with ``cells`` typed into it, it was saved by openpyxl."""
    page, made = spec.form.label, partial(template, spec)
    said = {**SAID, "named": spec.form.code}
    told = {"said": said, "sheet": page, "forms": (spec.form,), "tasks": spec.tasks, **keys}
    if cells is None:
        return Case(claim, made, **told)
    return Case(claim, lambda: edited(made(), cells, page, told["sheet"]), **told)


def typed(first: str, values: Sequence[Any], asked: Form = COUNTY) -> dict[str, Any]:
    """What is typed into the cells of the form's fields, by cell."""
    step = down if asked.rows == "one" else right
    return {cell: value for value, cell in step(first, codes(asked), values).values()}


def week(values: Sequence[Any] = WEEKLY) -> Rows:
    return {ONE: down("D4", codes(COUNTY), values)}


LEDGERS = [
    ["断头路已打通", "完工", 800, 100, date(2026, 11, 15), "无"],
    ["两处开工", "在建", 210.5, 40, date(2026, 12, 25), "苗木未到"],
    ["管网改造过半", "在建", 95, 55, date(2026, 12, 31), None],
]
LINES = {
    key: right(f"C{n}", codes(LEDGER), line)
    for n, (key, line) in enumerate(zip(TASKS, LEDGERS, strict=True), start=5)
}
LEDGER_CELLS = {cell: value for line in LINES.values() for value, cell in line.values()}
LAST = before(
    {key: {"progress": "上周进展", "stage": "在建", "spent": 90, "rate": 30} for key in TASKS}
)
KEPT = {
    key: right(f"C{n}", codes(LEDGER)[:4], ["上周进展", "在建", 90, 30])
    for n, key in enumerate(TASKS, start=5)
}
PROJECT_CELLS = typed("A5", PARK, PROJECTS) | typed("A6", YARD, PROJECTS)
PROJECT_ROWS = {
    "湖滨公园": right("A5", codes(PROJECTS), PARK),
    "三号院": right("A6", codes(PROJECTS), YARD),
}
SPARE = {**PROJECT_CELLS, **{"A9": "　", "B9": " "}}
NOW = before({ONE: dict(zip(codes(COUNTY), WEEKLY, strict=True))})
FILLED = back("a template filled in is read", blank(COUNTY), typed("D4", WEEKLY), rows=week())
FILLED_TASKS = back("a ledger of tasks filled in is read", blank(LEDGER), LEDGER_CELLS, rows=LINES)
FILLED_MANY = back("a list filled in is read", blank(PROJECTS), PROJECT_CELLS, rows=PROJECT_ROWS)
MEMBER_CELLS = ["完成调研", "无", "无", "无", 2, 3]

CASES = [
    FILLED,
    FILLED_TASKS,
    FILLED_MANY,
    again(FILLED, "suite"),
    again(FILLED_TASKS, "suite"),
    again(FILLED_MANY, "suite"),
    again(FILLED, "xls"),
    again(FILLED_TASKS, "et"),
    replace(FILLED, claim="a renamed file is the same", name="报送(1) - 副本（最终版）.xlsx"),
    replace(FILLED, claim="a file whose name has capitals is the same", name="涧西区.XLSX"),
    back(
        "a template whose sheet was renamed is the same",
        blank(COUNTY), typed("D4", WEEKLY), rows=week(), sheet="涧西区（11月20日）",
    ),
    back("an untouched template says nothing", blank(COUNTY), rows=week([None] * 13),
         findings=EMPTY),
    back("an untouched template saved by openpyxl says nothing", blank(COUNTY), {},
         rows=week([None] * 13), findings=EMPTY),
    back("last time's values beside the cells are not read", blank(COUNTY, before=NOW),
         rows=week([None] * 13), findings=EMPTY),
    back("a template that shows a report says it", blank(COUNTY, now=NOW), rows=week()),
    back("an untouched ledger has its tasks, and each is asked for", blank(LEDGER),
         rows={key: {} for key in TASKS}, findings=EMPTIES),
    back("an untouched ledger says what it was filled in with", blank(LEDGER, before=LAST),
         rows=KEPT),
    back("an untouched list says that it is empty", blank(PROJECTS),
         findings=("checks.empty name",)),
    back("a list with blanks in a spare row has no row more", blank(PROJECTS), SPARE,
         rows=PROJECT_ROWS),
    back("nothing to report needs nothing else", blank(COUNTY), {"D18": "是"}, nil=True),
    back("nothing to report, but filled, is read", blank(COUNTY),
         typed("D4", WEEKLY) | {"D18": "是"}, rows=week(),
         findings=("checks.nil_but_filled projects",)),
    back("a ledger of tasks may have nothing to report", blank(PROJECTS), {"B3": "是"}, nil=True),
    back("unchanged takes over what was said last", blank(COUNTY), {"D17": "是"}, previous=NOW,
         rows={ONE: {code: (v, f"D{n}") for n, (code, v) in
                     enumerate(NOW.rows[ONE].items(), start=4)}}, unchanged=True),
    back("unchanged without a report before is returned", blank(COUNTY), {"D17": "是"},
         rows=week([None] * 13), unchanged=True,
         findings=("checks.no_previous projects", "check.required milestones")),
    back("unchanged, but another number, is returned", blank(COUNTY), {"D17": "是", "D11": 15},
         previous=NOW, unchanged=True, findings=("checks.not_unchanged projects-planned",),
         rows=week([*WEEKLY[:7], 15, *WEEKLY[8:]])),
    back("one task unchanged is taken over, the others are read", blank(LEDGER),
         {**{c: v for v, c in (*LINES["1-1"].values(), *LINES["1-2"].values())}, "I7": "是"},
         previous=LAST,
         rows={**LINES, "1-3": KEPT["1-3"]}, findings=("checks.change rate",)),
    back("a template of another form is refused", blank(MEMBER), typed("D4", MEMBER_CELLS, MEMBER),
         forms=(COUNTY,), form="", certain=False, problems=("layout.other_form",), said={}),
    back("of several forms a template says which it is", blank(UTILITY),
         typed("D4", ["台区改造两处", "不适用", "无异常", "无", "无", 2, 2], UTILITY),
         forms=(UTILITY, COUNTY, MEMBER),
         rows={ONE: down("D4", codes(UTILITY),
                         ["台区改造两处", Cell.NOT_APPLICABLE, "无异常", "无", "无", 2, 2])}),
    back("a template says whose it is, even of another unit",
         blank(COUNTY, identity={"unit": "ly-luolong", "occasion": "2026-W46"}),
         typed("D4", WEEKLY), rows=week(),
         said={"unit": "ly-luolong", "occasion": "2026-W46", "named": "weekly-county"}),
    Case("an identity changed by hand names another form, and is refused",
         lambda: edited(template(blank(COUNTY)), {"B3": "monthly"}, "_luoshu"),
         form="", certain=False, problems=("layout.other_form",)),
    Case("without its hidden sheet a template is a table like any other",
         lambda: edited(edited(template(blank(COUNTY)), typed("D4", WEEKLY)), {}, "_luoshu", "甲"),
         rows=week(), said={"unit": "涧西区", "occasion": "2026-W47"}),
    back("a member's milestones met beyond those due are returned", blank(MEMBER),
         typed("D4", MEMBER_CELLS, MEMBER), rows={ONE: down("D4", codes(MEMBER), MEMBER_CELLS)},
         findings=("check.at_most milestones-met",)),
    back("words typed beside the cells are not read", blank(COUNTY),
         typed("D4", WEEKLY) | {"G5": "请领导审阅", "H20": 99, "F6": "已核"}, rows=week()),
]  # fmt: skip
