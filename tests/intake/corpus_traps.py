"""Traps: files that look right, and would be read wrong by whoever looks no closer."""

from datetime import date
from decimal import Decimal
from typing import Any

from domain.content import ONE
from tests.intake.corpus_book import Formula, Page, Shown, xlsx
from tests.intake.corpus_case import Case, Rows, down, right
from tests.intake.corpus_cells import area, one, rate, spent, state
from tests.intake.corpus_days import finished, none
from tests.intake.corpus_forms import (
    COUNTY,
    PARK,
    PROJECTS,
    TASKS,
    WEEKLY,
    YARD,
    codes,
    heads,
    labels,
)
from tests.intake.corpus_tables import TOTAL, UPRIGHT, lines, lying, upright
from tests.intake.corpus_tasks import BOTH, FULL, LINES, asked, rows, tasked
from tests.intake.files import replaced

CODES, HEADS, LABELS = codes(PROJECTS), heads(PROJECTS), labels(PROJECTS)
BILLIONS = [*PARK[:3], 0.03, 0.012, 0.018, 0.01205, *PARK[7:]]


def empty_result() -> bytes:
    """As spreadsheets save it; the result is a text, though there is nothing in it."""
    content = xlsx(Page([HEADS, [*PARK[:6], Formula('IF(D2="","","")', ""), *PARK[7:]]]))
    cell = b'<c r="G2">', b'<c r="G2" t="str">'
    return replaced(content, "xl/worksheets/sheet1.xml", *cell)


def measured(claim: str, *above: Any) -> Case:
    """Amounts in 亿元, and only a line above that says so."""
    rows = {"湖滨公园": right(f"A{len(above) + 2}", CODES, PARK)}
    return lying(claim, Page([*above, LABELS, BILLIONS]), rows)


def totals(claim: str, *words: Any) -> Case:
    """A total under another name."""
    line = [*words, *TOTAL[len(words) :]]
    return lying(claim, Page([HEADS, PARK, YARD, line]), notes=("layout.total_row",))


def below(line: list[Any], first: str = "B2") -> dict[str, Any]:
    numbered = [["序号", *HEADS], [1, *PARK], [2, *YARD], line]
    return {"page": Page(numbered), "rows": lines(first)}


def labelled(changes: dict[int, Any]) -> list[Any]:
    """A county's week with some values otherwise."""
    return [[a, changes.get(n, b)] for n, (a, b) in enumerate(UPRIGHT)]


def said(changes: dict[int, Any]) -> Rows:
    values = [changes.get(n, value) for n, value in enumerate(WEEKLY)]
    return {ONE: down("B1", codes(COUNTY), values)}


WEEKS = [
    [*LABELS[:6], "累计完成投资", None, *LABELS[7:]],
    [*[None] * 6, "上期", "本期", *[None] * 4],
    [*PARK[:6], 99, *PARK[6:]],
]
WEEK_ROWS = {
    "湖滨公园": {code: (value, cell.replace("G", "H")) for code, (value, cell) in
             right("A3", CODES[:7], PARK[:7]).items()} | right("I3", CODES[7:], PARK[7:])
}  # fmt: skip
MERGED_WEEKS = [f"{c}1:{c}2" for c in "ABCDEFIJKL"] + ["G1:H1"]
TALL = [UPRIGHT[0], [None, "又开工一个"], *UPRIGHT[1:]]
TALL_ROWS = {
    ONE: {"projects": ("新开工一个\n又开工一个", "B1")} | down("B3", codes(COUNTY)[1:], WEEKLY[1:])
}
NONE = dict.fromkeys(range(7), "无")
UNSEEN = "\u200b"
SWAPPED = [["1-1", TASKS["1-2"], *LINES["1-1"]], *FULL[1:]]
JANUARY = date(2026, 1, 1)  # what a spreadsheet makes of 1-1

CASES = [
    measured("a unit of measure in brackets behind the title counts", ["项目台账（单位：亿元）"]),
    measured("a unit of measure in brackets of its own counts", ["项目台账"], ["（单位：亿元）"]),
    measured("a unit of money counts with 人民币 before it", ["金额单位：人民币亿元"]),
    measured("a unit of measure beside its head counts", ["项目台账"], ["金额单位", "亿元"]),
    measured("a unit of measure far to the right counts", [*[None] * 9, "单位：亿元、平方米"]),
    upright("a unit beside the label counts",
            Page([["填报项目", "计量单位", "本期填报"],
                  *([a, "亿元" if n == 12 else None, 0.12505 if n == 12 else b]
                    for n, (a, b) in enumerate(UPRIGHT))]), "C2"),
    one("a unit in the cell counts more than that of the line above", {"spent": "120.5万元"}, {}),
    totals("a total with a unit in brackets is none of the rows", "合计（万元）"),
    totals("a total of so many projects is none of the rows", "合计（2个）"),
    totals("a subtotal of a page is none of the rows", "本页小计"),
    totals("a total of a district is none of the rows", "全区合计"),
    totals("a total with a colon is none of the rows", "合计："),
    totals("a total with blanks is none of the rows", "合　　计"),
    lying("a total with a number of its own is none of the rows",
          **below([3, *TOTAL]), notes=("layout.total_row",)),
    lying("rows that are only numbered are none", **below([3])),
    lying("a group's head with last time's column: this time's is read",
          Page(WEEKS, merged=MERGED_WEEKS), WEEK_ROWS, ignored=("累计完成投资上期",)),
    lying("an unfinished column to the right is not taken",
          Page([[*HEADS, "年度计划总投资（万元）"], [*PARK, 7], [*YARD, 8]]),
          ignored=("年度计划总投资（万元）",)),
    lying("two tables side by side are asked about",
          Page([[*HEADS, None, *HEADS], [*PARK, None, *YARD]]),
          {"湖滨公园": right("A2", CODES, PARK)}, certain=False,
          problems=("layout.head_twice",) * 11),
    upright("a label over two lines has both lines of its value", Page(TALL, merged=["A1:A2"]),
            rows=TALL_ROWS),
    upright("a value that is some other label is a value", Page(labelled({6: "项目手续办理"})),
            rows=said({6: "项目手续办理"})),
    upright("values that are all the same are values", Page(labelled(NONE)), rows=said(NONE)),
    upright("a label twice is asked about", Page([*UPRIGHT, ["累计完成投资（万元）", 7]]),
            certain=False, problems=("layout.head_twice",)),
    Case("a report copied to a second sheet is asked about",
         lambda: xlsx(Page(UPRIGHT), Page(UPRIGHT, name="周调度 (2)")), said({}), certain=False,
         problems=("layout.two_tables",)),
    tasked("a code that became a date is known by its title",
           Page([BOTH, [JANUARY, *FULL[0][1:]], *FULL[1:]])),
    asked("a code that became a date, without a title, is asked about",
          Page([["任务编号", *BOTH[2:]], [JANUARY, *LINES["1-1"]],
                ["1-2", *LINES["1-2"]], ["1-3", *LINES["1-3"]]]),
          {"2026-01-01": rows(column="B")["1-1"],
           **{key: rows(column="B")[key] for key in ("1-2", "1-3")}}, "layout.row_unknown",
          "checks.row_unknown progress", "checks.row_missing progress"),
    asked("a code beside the title of another task is asked about", Page([BOTH, *SWAPPED]), rows(),
          "layout.row_differs"),
    tasked("the only task of a unit needs no code", Page([BOTH[2:], LINES["1-1"]]),
           {"1-1": right("A2", [*rows()["1-1"]], LINES["1-1"])}, tasks={"1-1": TASKS["1-1"]}),
    tasked("a code without a result is known by its title",
           Page([BOTH, [Formula("A9"), *FULL[0][1:]], *FULL[1:]]), through="openpyxl"),
    spent("an unseen character behind a figure does not count", f"120{UNSEEN}", 120),
    spent("an unseen character before a figure does not count", f"\ufeff{UNSEEN}120", 120),
    one("an unseen character in a name does not count", {"name": f"{UNSEEN}湖滨公园"}, {}),
    one("an unseen character beside 不适用 does not count", {"kind": f"口袋公园{UNSEEN}"}, {}),
    spent("blanks that do not break do not count", "\xa0120.5\xa0", Decimal("120.5")),
    spent("blanks between thousands are asked about", "1 205", None, "reading.other_unit spent"),
    spent("a letter O is no zero", "12O", None, "reading.other_unit spent"),
    spent("brackets are no minus", "(120)", None, "check.not_a_number spent"),
    spent("a plus is one", "+120", 120),
    spent("zeros before a figure do not count", "0120.50", Decimal("120.5")),
    spent("a raised digit is no figure", "10²", None, "reading.other_unit spent"),
    spent("a formula in a text cell is no figure", "=120+5", None, "check.not_a_number spent"),
    Case("a formula whose result is an empty text is an empty cell", empty_result,
         {"湖滨公园": right("A2", CODES, [*PARK[:6], None, *PARK[7:]])}, forms=(PROJECTS,)),
    spent("a format of thousands changes nothing", Shown(120.5, "#,##0.00_ "), Decimal("120.5")),
    spent("a currency format changes nothing", Shown(120.5, '"¥"#,##0.00'), Decimal("120.5")),
    spent("a figure with a currency sign is asked about", "¥120.5", None,
          "check.not_a_number spent"),
    area("an area in 亩 is asked about", "7.8亩", None, "reading.other_unit area"),
    rate("a percentage with a word behind it is asked about", "40%左右", None,
         "reading.not_a_percent rate"),
    rate("a fraction is no percentage", "2/5", None, "reading.not_a_percent rate"),
    rate("a percentage of a tenth of a percent keeps it", Shown(0.0005, "0%"), Decimal("0.05")),
    state("a percentage in a text is as it is shown", Shown(0.85, "0%"), "85%"),
    state("a date in a text is its day", date(2026, 11, 30), "2026-11-30"),
    state("未报送 in a text is an empty cell", "未报送", None),
    state("无事项 in a text is a text", "无事项", "无事项"),
    finished("a number of eight digits is a day", 20261130, date(2026, 11, 30)),
    finished("a time behind a day does not count", "2026/11/30 9:05:00", date(2026, 11, 30)),
    none("a day of two digits' year is asked about", "26-11-30", "reading.not_a_day"),
    none("a month and day with a point are a number, and asked about", 11.3, "reading.not_a_day"),
    none("a month and day with a slash are asked about", "11/30", "reading.not_a_day"),
    none("a thirteenth month is none", "2026-13-01", "reading.no_such_day"),
    none("a day of another century is asked about", "1926-11-30", "reading.no_such_day"),
    none("a day in words is asked about", "二〇二六年十一月三十日", "reading.not_a_day"),
    none("long-term is no day", "长期", "reading.not_a_day"),
    measured("a unit of measure alone in brackets counts", ["项目投资台账（亿元）"]),
    lying("a unit of measure in each row counts",
          Page([[*LABELS, "单位"], [*BILLIONS, "亿元"], [*YARD, "万元"]])),
    lying("a row that is a part of the one above is asked about",
          Page([HEADS, PARK, ["其中：一期", *PARK[1:]], YARD]), lines("A2", "A4"), certain=False,
          problems=("layout.part_row",)),
    lying("a text in two cells under one wide head is read whole",
          Page([HEADS, [*PARK, "已开挖"]], merged=["K1:L1"]),
          {"湖滨公园": right("A2", CODES, [*PARK[:10], "已进场\n已开挖"])}),
    lying("two figures under one wide head are asked about",
          Page([[*HEADS[:7], None, *HEADS[7:]], [*PARK[:7], 7, *PARK[7:]]], merged=["G1:H1"]),
          {"湖滨公园": right("A2", CODES[:6], PARK[:6]) | right("I2", CODES[7:], PARK[7:])},
          findings=("trouble.several spent",)),
    lying("cells under no head are named, and not read",
          Page([HEADS, [*PARK, "另外"], [*YARD, None, 5]]), notes=("layout.outside",)),
    upright("a text that goes on in the next row is asked about",
            Page([UPRIGHT[0], [None, "又开工一个"], *UPRIGHT[1:]]), certain=False,
            problems=("layout.loose",),
            rows={ONE: {"projects": (WEEKLY[0], "B1")}
                  | down("B3", codes(COUNTY)[1:], WEEKLY[1:])}),
    lying("lines of who made the table are none of the rows",
          Page([HEADS, PARK, YARD, ["制表：略", "复核：略"], ["制表日期：2026年11月20日"]])),
]  # fmt: skip
