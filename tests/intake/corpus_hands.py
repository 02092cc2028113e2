"""What many hands do to a ledger: groups and totals in other words, joined pages, other sheets."""

import json
from typing import Any

from documents.template import template
from tests.intake.corpus_book import Page, edited, xlsx
from tests.intake.corpus_case import Case, Rows, down, right
from tests.intake.corpus_forms import (
    COUNTY,
    LEDGER,
    MEMBER,
    PARK,
    PROJECTS,
    TASKS,
    WEEKLY,
    YARD,
    before,
    codes,
    heads,
    labels,
)
from tests.intake.corpus_shapes import OWN
from tests.intake.corpus_tables import TITLE, TOTAL, UPRIGHT, lines, lying, upright
from tests.intake.corpus_tasks import BOTH, FULL, LINES, tasked
from tests.intake.corpus_templates import blank, typed, week
from tests.intake.corpus_texts import NAMED, projects, sent, table

CODES, HEADS = codes(PROJECTS), heads(PROJECTS)
ONLY = {"湖滨公园": lines()["湖滨公园"]}
SUMS = [5200, 300, 120, 180, 120.5]
REMARKED = [*HEADS, "领导批示"]
FEWER = [*HEADS[:5], *HEADS[6:]]
NUMBERED = [["序号", *HEADS], [1, *PARK], [2, *YARD]]
SIGNED = ["填表人：略", None, "审核人：略"]


def total(name: str) -> Case:
    """A total under yet another name."""
    page = Page([HEADS, PARK, YARD, [name, *TOTAL[1:]]])
    return lying(f"{name} is none of the rows", page, notes=("layout.total_row",))


def doubtful(claim: str, page: Page | list[Page], problem: str, rows: Rows, **keys: Any) -> Case:
    """A list of projects that somebody has to look at."""
    return lying(claim, page, rows, certain=False, problems=(problem,), **keys)


def grouped(one: str, two: str, *sums: Any) -> list[list[Any]]:
    """Groups with a number of their own, and a line each."""
    city, county = [one, "城市片区", *sums], [two, "县区", *sums]
    return [["序号", *HEADS], city, [1, *PARK], county, [1, *YARD]]


def counted(claim: str, line: list[Any]) -> Case:
    """A line below the heads that only numbers the columns."""
    return lying(claim, Page([HEADS, line, PARK, YARD]), lines("A3"))


def fallen(claim: str, name: str, last: str) -> Case:
    """A project that had spent more last time, under a name that is written otherwise."""
    rows = {last: right("A2", CODES, [name, *PARK[1:]])}
    return lying(claim, Page([HEADS, [name, *PARK[1:]]]), rows, previous=before({last: {
        "spent": 200}}), findings=("checks.no_decrease spent",))  # fmt: skip


def numbered(claim: str, tasks: dict[str, str], written: list[str], **keys: Any) -> Case:
    """Tasks that only their codes tell, as somebody writes these."""
    told = [*LINES.values()]
    body = [[code, *told[n]] for n, code in enumerate(written)]
    page = Page([["任务编号", *heads(LEDGER)], *body])
    rows = keys.pop("rows", {key: right(f"B{n + 2}", codes(LEDGER), told[n])
                             for n, key in enumerate(tasks)})  # fmt: skip
    return tasked(claim, page, rows, *keys.pop("findings", ()), tasks=tasks, **keys)


def text(claim: str, *rows: str, **keys: Any) -> Case:
    """Lines of a .csv whose fields end with what is said of progress."""
    content = "\r\n".join(["项目名称,项目类型,总投资（万元）,进展说明", *rows]).encode()
    missing = tuple(c for c in CODES if c not in ("name", "kind", "total", "state"))
    return projects(claim, content, missing=missing, **keys)


WORDS = ["完成调研", "无", "无", "无", 3, 2]
SHORT = ["name", "kind", "total", "state"]
PLANNED = [["项目", "本期", None, "上期"], [None, "计划", "完成", None]]
OLD = [["项目", "上期", "本次"], *UPRIGHT]
SPLIT = [
    [*HEADS[:6], HEADS[6], None, *HEADS[7:]],
    [*[None] * 6, "本月", "累计", *[None] * 4],
    [*PARK[:6], 5, 120.5, *PARK[7:]],
]
SPLIT_ROW = right("A3", CODES[:6], PARK[:6]) | right("I3", CODES[7:], PARK[7:])
DATED = [["项目名称", "项目类型", "2025年", None], [None, None, HEADS[3], HEADS[6]],
         ["湖滨公园", "口袋公园", 300, 120.5]]  # fmt: skip
DATED_ROW = right("A3", ["name", "kind", "total", "spent"], [*DATED[2][:2], None, 120.5])
MISSING = tuple(code for code in CODES if code not in DATED_ROW)
ELEVEN = {"1": "打通断头路三条", "11": "新建口袋公园五处"}
TWICE = {"1-11": "甲地块征收", "11-1": "乙河道清淤"}

CASES = [
    *map(total, ("合计3个", "总计：2个项目", "共2个项目", "共计二个项目", "总数", "汇总")),
    doubtful("a longer name that ends like a total is asked about",
             Page([HEADS, PARK, YARD, ["老旧小区改造类项目小计", *TOTAL[1:]]]), "layout.group_row",
             lines()),
    lying("groups numbered in words are none of the rows", Page(grouped("一", "二")),
          lines("B3", "B5")),
    lying("groups numbered in brackets are none of the rows", Page(grouped("（一）", "（二）")),
          lines("B3", "B5")),
    lying("groups with their sums are asked about", Page(grouped("一", "二", None, *SUMS)),
          lines("B3", "B5"), certain=False, problems=("layout.group_row",) * 2),
    lying("a group's title may stand in the column of names",
          Page([HEADS, ["一、城市片区"], PARK, ["二、县区"], YARD]), lines("A3", "A5")),
    lying("numbers in words for every row are numbers",
          Page([NUMBERED[0], ["一", *PARK], ["二", *YARD]]), lines("B2")),
    counted("columns may be numbered 甲, 乙, 1, 2", ["甲", "乙", *range(1, 10)]),
    counted("columns may be numbered behind 栏次", ["栏次", *range(1, 11)]),
    counted("columns may be numbered in brackets", [f"（{n}）" for n in range(1, 12)]),
    counted("columns may be numbered with what they sum up", [1, 2, 3, "4=5+6", *range(5, 12)]),
    lying("an example is none of the rows", Page([HEADS, ["例：某某小区", *YARD[1:]], PARK]),
          {"湖滨公园": right("A3", CODES, PARK)}, notes=("layout.example_row",)),
    doubtful("rows below a note are asked about",
             Page([HEADS, PARK, ["注：以下为本周新增"], YARD]), "layout.after_footer", ONLY),
    lying("pages that are each signed are read", Page([HEADS, PARK, SIGNED, [], HEADS, YARD]),
          lines("A2", "A6")),
    lying("pages with a title each are read",
          Page([HEADS, PARK, SIGNED, TITLE, HEADS, YARD]), lines("A2", "A6")),
    lying("a remark with a colon in the first cell ends nothing",
          Page([["备注", *HEADS], [None, *PARK], ["说明：延期", *YARD]]), lines("B2")),
    lying("a smaller table right below does not matter",
          Page([HEADS, PARK, YARD, ["项目类型", "总投资（万元）"], ["口袋公园", 300]])),
    doubtful("last month's sheet, which has a column less, is asked about",
             [Page([REMARKED, [*PARK, "略"]], name="11月"), Page([HEADS, PARK], name="10月")],
             "layout.another_table", ONLY, sheet="10月"),
    doubtful("a sheet of more projects under fewer heads is asked about",
             [Page([FEWER, [*YARD[:5], *YARD[6:]]], name="县区"), Page([HEADS, PARK], name="城区")],
             "layout.another_table", ONLY),
    doubtful("more projects below, in another order of heads, are asked about",
             Page([HEADS, PARK, [], FEWER[::-1], [*YARD[:5], *YARD[6:]][::-1]]),
             "layout.another_table", ONLY),
    Case("the report of another form in the same file is told of",
         lambda: xlsx(Page(UPRIGHT), Page([*zip(labels(MEMBER), WORDS, strict=True)], name="乙")),
         {"": down("B1", codes(COUNTY), WEEKLY)}, notes=("layout.other_table",),
         forms=(COUNTY, MEMBER)),
    upright("last time's column is never taken for this time's", Page(OLD), certain=True, rows={
        "": {}}, findings=("check.required projects", "check.required milestones")),
    upright("of a plan and what was done the one asked for is not guessed",
            Page([*PLANNED, *([a, 9, b, "旧"] for a, b in UPRIGHT)], merged=["B1:C1"]),
            certain=False, problems=("layout.which_column",),
            rows={"": down("B3", codes(COUNTY), ["9"] * 7 + [9] * 6)}),
    lying("of a month's amount and the sum of all the one asked for is not guessed",
          Page(SPLIT, merged=["G1:H1"]), {"湖滨公园": SPLIT_ROW | {"spent": (5, "G3")}},
          certain=False, ignored=("累计完成投资（万元）累计",)),
    lying("an amount under a year is asked about",
          Page(DATED, merged=["A1:A2", "B1:B2", "C1:D1"]), {"湖滨公园": DATED_ROW}, certain=False,
          findings=("check.required total",), missing=MISSING, ignored=("2025年总投资（万元）",)),
    fallen("a line break in a name makes no other project", "湖滨\n公园", "湖滨公园"),
    fallen("a blank in a name makes no other project", "湖滨 公园", "湖滨公园"),
    fallen("other brackets in a name make no other project", "湖滨公园(一期)", "湖滨公园（一期）"),
    numbered("1-11 and 11-1 are two tasks", TWICE, ["1-11", "11-1"]),
    numbered("a code with points is that with dashes", TWICE, ["1.11", "（11.1）"]),
    numbered("1.1 is not task 11", ELEVEN, ["1", "1.1"], certain=False,
             problems=("layout.row_unknown",),
             findings=("checks.row_unknown progress", "checks.row_missing progress"),
             rows={key: right(f"B{n}", codes(LEDGER), [*LINES.values()][n - 2])
                   for n, key in enumerate(("1", "1.1"), 2)}),
    tasked("groups of tasks are no tasks", Page([BOTH, ["一", "道路"], *FULL]),
           {key: right(f"C{n}", codes(LEDGER), LINES[key]) for n, key in enumerate(TASKS, 3)}),
    Case("a template whose line was changed to another week is asked about",
         lambda: edited(template(blank(COUNTY)), {**typed("D4", WEEKLY), "A2": "涧西区 2026-W48"}),
         week(), certain=False, problems=("layout.other_time",), said=OWN),
    text("csv with a comma in a figure is asked about", "湖滨公园,口袋公园,1,200,已进场",
         rows={"湖滨公园": right("A2", SHORT, ["湖滨公园", "口袋公园", 1, "200"])}, certain=False,
         problems=("layout.shifted",)),
    text("csv with commas behind its lines is the same", "湖滨公园,口袋公园,300,已进场,,,",
         rows={"湖滨公园": right("A2", SHORT, ["湖滨公园", "口袋公园", 300, "已进场"])}),
    sent("json with a field under its label and its code is asked about",
         {"单位": "涧西区", "期": "2026-W47", **NAMED, "investment-to-date": 1}, certain=False,
         problems=("layout.head_twice",)),
    projects("csv with tabs behind its figures",
             table([HEADS, [*PARK[:3], *(f"{v}\t" for v in PARK[3:7]), *PARK[7:]]]), rows=ONLY),
    projects("json in UTF-16", json.dumps(
        {"rows": [dict(zip(HEADS, map(str, PARK), strict=True))]}).encode("utf-16"), "报送.json",
        rows=ONLY),
]  # fmt: skip
