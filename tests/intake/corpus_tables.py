"""Tables of people's own: lying and upright, anywhere on a sheet, among titles and other tables."""

from typing import Any

from domain.content import ONE
from tests.intake.corpus_book import Page, xlsx
from tests.intake.corpus_case import Case, Rows, again, down, right
from tests.intake.corpus_forms import (
    COUNTY,
    MEMBER,
    PARK,
    PROJECTS,
    UTILITY,
    WEEKLY,
    YARD,
    codes,
    heads,
    labels,
)

HEADS, LABELS = heads(PROJECTS), labels(PROJECTS)
UPRIGHT = [list(pair) for pair in zip(labels(COUNTY), WEEKLY, strict=True)]
TITLE = ["洛阳市城市更新项目台账"]
UNIT = ["填报单位(盖章)：涧西区", None, None, "填报日期：2026年11月20日", None, "单位：万元"]
TOTAL = ["合计", None, 23200, 1200, 620, 580, 570.5]
TWO_HEADS = [
    ["项目名称", "项目类型", "建筑面积（平方米）", "投资（万元）", None, None, None,
     "形象进度（%）", "工期", None, "进展说明"],
    [None, None, None, "总投资", "中央资金", "地方资金", "累计完成投资", None, "开工日期",
     "竣工日期", None],
]  # fmt: skip
TWO_MERGED = ("A1:A2", "B1:B2", "C1:C2", "D1:G1", "H1:H2", "I1:J1", "K1:K2")


def lines(first: str = "A2", second: str = "") -> Rows:
    """The rows of both projects, the second right below unless said otherwise."""
    below = second or f"{first[0]}{int(first[1:]) + 1}"
    return {
        "湖滨公园": right(first, codes(PROJECTS), PARK),
        "三号院": right(below, codes(PROJECTS), YARD),
    }


def lying(claim: str, page: Page | list[Any], rows: Rows | None = None, **keys: Any) -> Case:
    """A list of projects."""
    pages = page if isinstance(page, list) else [page]
    told = {"forms": (PROJECTS,), "sheet": pages[-1].name, **keys}
    return Case(claim, lambda: xlsx(*pages), lines() if rows is None else rows, **told)


def upright(claim: str, page: Page, first: str = "B1", **keys: Any) -> Case:
    """A county's week, label beside value."""
    rows = {ONE: down(first, codes(COUNTY), WEEKLY)}
    return Case(claim, lambda: xlsx(page), keys.pop("rows", rows), **keys)


PLAIN = lying("a head and its rows are read", Page([HEADS, PARK, YARD]))
AT_C5 = lying("a table may begin at C5", Page([HEADS, PARK, YARD], at="C5"), lines("C6"))
DOWN = upright("labels down a column are read", Page(UPRIGHT))
TITLED = lying(
    "a title, a unit line and a unit of measure stand above",
    Page([TITLE, UNIT, LABELS, PARK, YARD], merged=["A1:K1"]),
    lines("A4"), said={"unit": "涧西区"},
)  # fmt: skip
DOUBLE = lying(
    "heads in two lines are put together",
    Page([*TWO_HEADS, PARK, YARD], merged=TWO_MERGED), lines("A3"),
)  # fmt: skip
NUMBERED = [f"{n}.{head}" for n, head in enumerate(HEADS, 1)]
BRACKETED = [f"（{'一二三四五六七八九'[n]}）{h}" for n, h in enumerate(HEADS[:9])] + HEADS[9:]
HALVES = [[*one, *two] for one, two in zip(UPRIGHT[:6], UPRIGHT[6:12], strict=True)]
SECTIONS = ["一、城市片区", *[None] * 10]
OTHER = [["通讯录"], ["姓名", "电话", "单位"], ["某某", "略", "涧西区"]]
SPACED = [" ".join(head) for head in HEADS]
OLD = [LABELS, ["旧项目", *PARK[1:]]]

CASES = [
    PLAIN, AT_C5, DOWN, TITLED, DOUBLE,
    again(PLAIN, "xls"), again(AT_C5, "et"), again(TITLED, "xls"), again(DOUBLE, "suite"),
    again(DOWN, "et"), again(DOUBLE, "et"), again(PLAIN, "openpyxl"),
    lying("labels without units are heads too", Page([LABELS, PARK, YARD])),
    lying("codes are heads too", Page([codes(PROJECTS), PARK, YARD])),
    lying("an empty line below the heads is no row", Page([HEADS, [], PARK, YARD]), lines("A3")),
    lying("numbered heads are the same", Page([NUMBERED, PARK, YARD])),
    lying("heads numbered in brackets are the same", Page([BRACKETED, PARK, YARD])),
    lying("spaces and line breaks in heads do not count",
          Page([[*SPACED[:4], *(h.replace("（", "\n（") for h in HEADS[4:])], PARK, YARD])),
    lying("full width, half width and square brackets are the same",
          Page([[h.replace("（", "[").replace("）", "]") for h in HEADS], PARK, YARD])),
    lying("a number before each row is no field",
          Page([["序号", *HEADS], [1, *PARK], [2, *YARD]]), lines("B2")),
    lying("a row of units below the heads is none of the rows",
          Page([LABELS, [None, None, "平方米", "万元", "万元", "万元", "万元", "%"], PARK, YARD]),
          lines("A3")),
    lying("a row that numbers the columns is none of the rows",
          Page([HEADS, [*range(1, 12)], PARK, YARD]), lines("A3")),
    lying("columns may be in another order", Page([HEADS[::-1], PARK[::-1], YARD[::-1]]),
          {key: {code: (value, f"{'KJIHGFEDCBA'[n]}{row}")
                 for n, (code, value) in enumerate(zip(codes(PROJECTS), line, strict=True))
                 if value is not None}
           for key, line, row in (("湖滨公园", PARK, 2), ("三号院", YARD, 3))}),
    lying("a total below is left out and said so", Page([HEADS, PARK, YARD, TOTAL]),
          notes=("layout.total_row",)),
    lying("a total above is left out and said so", Page([HEADS, TOTAL, PARK, YARD]), lines("A3"),
          notes=("layout.total_row",)),
    lying("subtotals between are left out and said so",
          Page([HEADS, PARK, ["小计", *TOTAL[1:]], YARD, ["小 计"], TOTAL]), lines("A2", "A4"),
          notes=("layout.total_row",) * 3),
    lying("a total in a later column is left out too",
          Page([["序号", *HEADS], [1, *PARK], [2, *YARD], [None, *TOTAL]]), lines("B2"),
          notes=("layout.total_row",)),
    lying("a section's title between the rows is none of them",
          Page([HEADS, SECTIONS, PARK, ["二、县区"], YARD], merged=["A2:K2", "A4:K4"]),
          lines("A3", "A5")),
    lying("the heads again on another page are none of the rows",
          Page([HEADS, PARK, HEADS, YARD]), lines("A2", "A4")),
    lying("notes and signatures below are none of the rows",
          Page([HEADS, PARK, YARD, [], ["填表人：", None, "审核人："], ["注：每月报送。"]])),
    lying("hidden rows are read and said so", Page([HEADS, PARK, YARD], hidden_rows=[3]),
          notes=("layout.hidden_rows",)),
    lying("other sheets before it do not matter",
          [Page(OTHER, name="通讯录"), Page([], name="空"), Page([HEADS, PARK, YARD])]),
    lying("a hidden sheet with last month's is not read",
          [Page(OLD, name="旧", hidden=True), Page([HEADS, PARK, YARD])]),
    lying("of two sheets the one that is filled is read",
          [Page([HEADS], name="空表"), Page([HEADS, PARK, YARD])]),
    lying("another, smaller table on the sheet does not matter",
          Page([["项目名称", "备注二"], ["甲", "略"], [], HEADS, PARK, YARD]), lines("A5")),
    lying("a table of names beside it does not matter",
          Page([[*HEADS, None, "联络员"], [*PARK, None, "某某"], YARD]), ignored=("联络员",)),
    lying("two sheets that fit alike are asked about",
          [Page([HEADS, YARD], name="旧"), Page([HEADS, PARK])],
          {"三号院": right("A2", codes(PROJECTS), YARD)}, sheet="旧", certain=False,
          problems=("layout.two_tables",)),
    lying("two tables on a sheet that fit alike are asked about",
          Page([LABELS[:5] + LABELS[6:], PARK[:5] + PARK[6:], [], [],
                LABELS[:4] + LABELS[5:], YARD[:4] + YARD[5:]]),
          {"湖滨公园": right("A2", [c for c in codes(PROJECTS) if c != "local"],
                           PARK[:5] + PARK[6:])},
          certain=False, problems=("layout.two_tables",), missing=("local",)),
    upright("title and unit lines stand above the labels",
            Page([["涧西区2026年第47周周调度表"], ["报送单位：涧西区"], [], *UPRIGHT]), "B4",
            said={"unit": "涧西区", "occasion": "2026-W47"}),
    upright("labels at C5 are read", Page(UPRIGHT, at="C5"), "D5"),
    upright("numbers, units and remarks beside the labels do not matter",
            Page([["序号", "填报项目", "单位", "本期", "备注"],
                  *([n, a, "个" if n in range(8, 13) else None, b, "略"]
                    for n, (a, b) in enumerate(UPRIGHT, 1))]), "D2"),
    upright("last week's column beside this week's is not read",
            Page([["项目", "上周", "本周"], *([a, "旧", b] for a, b in UPRIGHT)]), "C2"),
    upright("of two columns without heads none is guessed",
            Page([[*line, 7] for line in UPRIGHT]), certain=False,
            problems=("layout.which_column",)),
    upright("labels in two halves are read",
            Page([*HALVES, UPRIGHT[12]]),
            rows={ONE: down("B1", codes(COUNTY)[:6], WEEKLY[:6])
                  | down("D1", codes(COUNTY)[6:12], WEEKLY[6:12])
                  | down("B7", codes(COUNTY)[12:], WEEKLY[12:])}),
    upright("a value in a merged cell is read from its first",
            Page(UPRIGHT, merged=[f"B{n}:E{n}" for n in range(1, 8)])),
    Case("a week may lie on its side", lambda: xlsx(Page([labels(COUNTY), WEEKLY])),
         {ONE: right("A2", codes(COUNTY), WEEKLY)}),
    Case("a second row of a form with one is a problem",
         lambda: xlsx(Page([labels(COUNTY), WEEKLY, WEEKLY])),
         {ONE: right("A2", codes(COUNTY), WEEKLY)}, certain=False,
         problems=("layout.many_rows",)),
    Case("the form whose heads fit is taken of three",
         lambda: xlsx(Page([labels(UTILITY), ["台区改造", "无", "无", "无", "无", 2, 2]])),
         {ONE: right("A2", codes(UTILITY), ["台区改造", "无", "无", "无", "无", 2, 2])},
         forms=(COUNTY, MEMBER, UTILITY), form="weekly-utility"),
    Case("a file without a table is refused", lambda: xlsx(Page(OTHER)), form="", certain=False,
         problems=("layout.no_table",)),
    Case("an empty sheet is refused", lambda: xlsx(Page([])), form="", certain=False,
         problems=("layout.no_table",)),
]  # fmt: skip
