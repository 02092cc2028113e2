"""More shapes of sheets: what people insert, delete, repeat and put beside a table."""

import io
from typing import Any

import openpyxl

from documents.template import template
from domain.content import ONE
from tests.intake.corpus_book import Formula, Page, edited, xlsx
from tests.intake.corpus_case import Case, again, down, right
from tests.intake.corpus_forms import (
    COUNTY,
    LEDGER,
    PARK,
    PROJECTS,
    WEEKLY,
    YARD,
    codes,
    heads,
    labels,
)
from tests.intake.corpus_tables import (
    PLAIN,
    TITLED,
    TOTAL,
    TWO_HEADS,
    UPRIGHT,
    lines,
    lying,
    upright,
)
from tests.intake.corpus_tasks import BOTH, FULL, LINES, rows, tasked
from tests.intake.corpus_templates import FILLED, SAID, blank, typed, week
from tests.intake.corpus_texts import projects, table
from tests.intake.corpus_texts import week as text
from tests.intake.files import saved

CODES, HEADS = codes(PROJECTS), heads(PROJECTS)
OWN = {**SAID, "named": "weekly-county"}


def cut(how: str, *where: int) -> bytes:
    """A filled template with rows or columns put in or taken out, as openpyxl does it."""
    book = openpyxl.load_workbook(io.BytesIO(edited(template(blank(COUNTY)), typed("D4", WEEKLY))))
    for block in [*book.worksheets[0].merged_cells.ranges]:
        book.worksheets[0].unmerge_cells(str(block))
    getattr(book.worksheets[0], how)(*where)
    return bytes(saved(book))


def shaped(claim: str, how: str, where: tuple[int, ...], cells: Any, **keys: Any) -> Case:
    return Case(claim, lambda: cut(how, *where), {ONE: cells}, said=OWN, **keys)


def copied() -> bytes:
    """A template whose sheet somebody copied, to keep last week's."""
    book = openpyxl.load_workbook(io.BytesIO(edited(template(blank(COUNTY)), typed("D4", WEEKLY))))
    book.copy_worksheet(book.worksheets[0])
    return bytes(saved(book))


def calculated(claim: str, name: str, result: float) -> Case:
    """A formula without a result, which an office suite then calculates."""
    line = [*PARK[:6], Formula(name), *PARK[7:]]
    values = [*PARK[:6], result, *PARK[7:]]
    rows = {"湖滨公园": right("A2", CODES, values)}
    keys = {"forms": (PROJECTS,), "through": "suite"}
    return Case(claim, lambda: edited(xlsx(Page([HEADS, line])), {}), rows, **keys)


NUMBERS = {n: ["一", "二", "三"][n // 5] for n in range(13)}
GROUPED = [[["建设", "管理", "投资"][n // 5] if n % 5 == 0 else None, *pair]
           for n, pair in enumerate(UPRIGHT)]  # fmt: skip
THREE = [["洛阳市项目情况", *[None] * 10], *TWO_HEADS]
UNITS = [["报送单位", "期", *labels(COUNTY)], ["涧西区", "2026-W47", *WEEKLY]]
SHORT = {8: "开工项目数", 9: "竣工项目数"}
TALLER = [f"{c}2:{c}3" for c in "ABCHK"] + ["D2:G2", "I2:J2", "A1:K1"]
OTHERS = [["填报单位：涧西区"], ["序号", "姓名"], [1, "某某"], [], *[["说明：略"]] * 50]
TEXTS = [heads(PROJECTS), [*PARK[:10], "进场；开挖；浇筑；验收"], [*YARD[:10], "一；二；三"]]
SHOWN = [HEADS, [*PARK[:7], "40%", "2026/3/2", "2026年12月20日", PARK[10]]]
TEXTED = {"湖滨公园": right("A2", CODES, TEXTS[1]), "三号院": right("A3", CODES, TEXTS[2])}

CASES = [
    shaped("a column put into a template does not shift it", "insert_cols", (4,),
           down("E4", codes(COUNTY), WEEKLY)),
    shaped("a row put into a template does not shift it", "insert_rows", (4,),
           down("D5", codes(COUNTY), WEEKLY)),
    shaped("a row taken out of a template is missing", "delete_rows", (5,),
           {k: v for k, v in down("D4", [c for c in codes(COUNTY) if c != "milestones"],
                                  [WEEKLY[0], *WEEKLY[2:]]).items()},
           missing=("milestones",), findings=("check.required milestones",)),
    Case("a template whose sheet was copied is asked about", copied, week(), certain=False,
         problems=("layout.two_tables",), said=OWN),
    again(PLAIN, "xls", name="报送.xlsx", claim="the older format under the newer name"),
    Case("the newer format under the older name", lambda: xlsx(Page([HEADS, PARK, YARD])), lines(),
         forms=(PROJECTS,), name="报送.xls"),
    again(FILLED, "openpyxl"), again(TITLED, "openpyxl"), again(TITLED, "suite"),
    calculated("a formula is calculated when the file is saved anew", "D2*0.4", 120),
    lying("rows after empty lines are read", Page([HEADS, PARK, [], [], [], YARD]),
          lines("A2", "A6")),
    lying("an empty column between does not matter",
          Page([[*HEADS[:3], None, *HEADS[3:]], [*PARK[:3], None, *PARK[3:]]]),
          {"湖滨公园": right("A2", CODES[:3], PARK[:3]) | right("E2", CODES[3:], PARK[3:])}),
    lying("a title over heads in two lines does not matter",
          Page([*THREE, PARK, YARD], merged=TALLER), lines("A4")),
    lying("heads in two lines that are not merged downwards are read",
          Page([*TWO_HEADS, PARK, YARD], merged=["D1:G1", "I1:J1"]), lines("A3")),
    lying("a table far below is found", Page([*OTHERS, HEADS, PARK, YARD]), lines("A56"),
          said={"unit": "涧西区"}),
    lying("a sheet's name with signs in it is kept",
          Page([HEADS, PARK, YARD], name="11月 '周' 调度!")),
    lying("totals in two lines are both left out",
          Page([HEADS, PARK, YARD, TOTAL, ["其中：小计", *TOTAL[1:]]]),
          notes=("layout.total_row",) * 2),
    lying("the same name in another width is the same project",
          Page([HEADS, PARK, ["湖滨　公园", *PARK[1:]]]), {"湖滨公园": lines()["湖滨公园"]},
          certain=False, problems=("layout.key_twice",)),
    upright("groups to the left of the labels do not matter",
            Page(GROUPED, merged=["A1:A5", "A6:A10", "A11:A13"]), "C1"),
    upright("numbers in words before the labels do not matter",
            Page([[NUMBERS[n], *pair] for n, pair in enumerate(UPRIGHT)]), "C1"),
    upright("labels in merged cells are read",
            Page([[a, None, b] for a, b in UPRIGHT], merged=[f"A{n}:B{n}" for n in range(1, 14)]),
            "C1"),
    upright("labels with colons are the same", Page([[f"{a}：", b] for a, b in UPRIGHT])),
    upright("this week's column may be the first of two",
            Page([["项目", "本周", "上周"], *([a, b, "旧"] for a, b in UPRIGHT)]), "B2"),
    upright("labels that are shorter are proposed, each for its own",
            Page([[SHORT.get(n, a), b] for n, (a, b) in enumerate(UPRIGHT)]), certain=False),
    upright("a label with what to write behind it is proposed",
            Page([["项目开竣工情况（写明项目名称）", WEEKLY[0]], *UPRIGHT[1:]]), certain=False),
    Case("a label and its value in one cell are no table",
         lambda: xlsx(Page([[f"{a}：{b}"] for a, b in UPRIGHT])), form="", certain=False,
         problems=("layout.no_table",)),
    Case("a column may say whose report it is", lambda: xlsx(Page(UNITS)),
         {ONE: right("C2", codes(COUNTY), WEEKLY)},
         said={"unit": "涧西区", "occasion": "2026-W47"}),
    Case("the reports of two units in one table are asked about",
         lambda: xlsx(Page([*UNITS, ["洛龙区", "2026-W47", *WEEKLY]])),
         {ONE: right("C2", codes(COUNTY), WEEKLY)}, said={"occasion": "2026-W47"}, certain=False,
         problems=("layout.many_rows",)),
    tasked("tasks in two sections are read", Page([BOTH, ["一、道路"], FULL[0], ["二、其他"],
                                                 *FULL[1:]], merged=["A2:H2", "A4:H4"]),
           {"1-1": right("C3", codes(LEDGER), LINES["1-1"]),
            "1-2": right("C5", codes(LEDGER), LINES["1-2"]),
            "1-3": right("C6", codes(LEDGER), LINES["1-3"])}),
    tasked("a ledger with a total and a footer is read",
           Page([*[[]] * 2, BOTH, *FULL, ["合计", None, None, None, 1105.5], ["填报人：略"]]),
           rows(4), notes=("layout.total_row",)),
    tasked("a number before the code is no code",
           Page([["序号", *BOTH], *([n, *line] for n, line in enumerate(FULL, 1))]),
           rows(column="D")),
    projects("csv with semicolons in its texts", table(TEXTS), rows=TEXTED),
    projects("csv with a title and a unit line above",
             table([["项目台账"], ["填报单位：涧西区", "", "单位：万元"], HEADS, PARK, YARD]),
             rows=lines("A4"), said={"unit": "涧西区"}),
    projects("csv with percentages and days as they are shown", table(SHOWN),
             rows={"湖滨公园": right("A2", CODES, PARK)}),
    projects("csv with an error value as text",
             table([HEADS, [*PARK[:6], "#DIV/0!", *PARK[7:]]]),
             rows={"湖滨公园": right("A2", CODES, [*PARK[:6], None, *PARK[7:]])},
             findings=("trouble.error_value spent",)),
    projects("csv in UTF-16 the other way round",
             b"\xfe\xff" + table([HEADS, PARK, YARD], "utf-16-be")),
    text("csv in GB18030 with rare characters",
         table([[*UNITS[0]], [*UNITS[1][:2], "𠀀村开工", *WEEKLY[1:]]], "gb18030"),
         rows={ONE: right("C2", codes(COUNTY), ["𠀀村开工", *WEEKLY[1:]])}),
    text("csv with every cell in quotes",
         "\r\n".join(",".join(f'"{c}"' for c in line) for line in UNITS).encode()),
    text("csv with the heads in their codes",
         table([["unit", "occasion", *codes(COUNTY)], UNITS[1]])),
    text("csv under a name of capitals", table(UNITS), "报送.CSV"),
]  # fmt: skip
