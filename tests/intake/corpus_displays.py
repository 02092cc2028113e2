"""What a cell shows and what stands around it: formats that write units, notes that measure."""

import re
from datetime import date
from typing import Any

from tests.intake.corpus_book import Page, Shown, xlsx
from tests.intake.corpus_case import Case, again, right
from tests.intake.corpus_cells import area, one, rate, spent, state
from tests.intake.corpus_days import finished, none
from tests.intake.corpus_forms import PARK, PROJECTS, codes, heads, labels
from tests.intake.corpus_heads import headed, park
from tests.intake.corpus_tables import UPRIGHT, lying, upright
from tests.intake.files import parts, zipped

CODES, HEADS, LABELS = codes(PROJECTS), heads(PROJECTS), labels(PROJECTS)
NOVEMBER = 46327  # the first of it
BILLIONS = [*PARK[:3], 0.03, 0.012, 0.018, 0.01205, *PARK[7:]]
STYLES = "xl/styles.xml"


def shows(claim: str, raw: float, format: str, read: Any = 120.5, *findings: str) -> Case:
    """An amount in 万元 under a number format."""
    return spent(claim, Shown(raw, format), read, *findings)


def monthly(format: str) -> Case:
    """A day of which the month is all that is shown: it may be typed so, and is stored so."""
    claim = f"a date shown as {format} is a month, and no day"
    return none(claim, Shown(NOVEMBER, format), "reading.month_only")


def built_in(number: int) -> bytes:
    """A date under a format that every program knows by its number."""
    book = parts(xlsx(Page([HEADS, [*PARK[:9], Shown(NOVEMBER, "0000"), PARK[10]]])))
    code = re.search(rb'numFmtId="(\d+)" formatCode="0000"', book[STYLES])
    assert code
    old, new = b'<xf numFmtId="%s"' % code[1], b'<xf numFmtId="%d"' % number
    return zipped(book | {STYLES: book[STYLES].replace(old, new)})


def measured(claim: str, rows: list[list[Any]], at: str = "A2", **keys: Any) -> Case:
    """A project whose amounts are in 亿元, as a line somewhere says."""
    return lying(claim, Page(rows), {"湖滨公园": right(at, CODES, PARK)}, **keys)


def own(claim: str, *rows: list[Any], **keys: Any) -> Case:
    """A project in the field's own units, whatever the line above says."""
    at = f"A{len(rows) + 2}"
    page = Page([["单位：亿元"], *rows, PARK])
    return lying(claim, page, {"湖滨公园": right(at, CODES, PARK)}, **keys)


MILLION = shows("a format that writes 亿元 turns the figure", 0.012, '0.000"亿元"', 120)
MOVED = shows("a format that moves the point is what is meant", 1205000, "0!.0000")
MONTH = monthly('yyyy"年"m"月"')
UNITS = [None, None, "平方米", "万元", "万元", "万元", "万元", "%"]

CASES = [
    MILLION, MOVED, MONTH,
    again(MILLION, "xls"), again(MILLION, "suite"), again(MONTH, "xls"), again(MONTH, "suite"),
    shows("a format that writes 元 turns the figure", 1205000, '#,##0"元"'),
    shows("a format that writes 万元 changes nothing", 120.5, '0.0"万元"'),
    shows("a format that moves the point and writes 万元", 1205000, '0!.0,"万元"'),
    shows("a format in thousands is what is shown", 120500, "#,##0.0,"),
    shows("a format in millions with its unit is turned", 1205000, '0.0,,"百万元"'),
    shows("a format of money changes nothing", 120.5, '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ '),
    shows("a negative figure in red is one", -5, "0.00;[Red]0.00", -5, "check.too_small spent"),
    shows("a format that writes 约 is no figure", 120, '"约"0', None, "check.not_a_number spent"),
    shows("a format that writes 余 is asked about", 120, '0"余"', None, "reading.other_unit spent"),
    shows("a percent sign that is only written is no amount", 40, '0"%"', None,
          "reading.percent_here spent"),
    shows("a format with a condition, that holds", 12345, '[>=10000]0!.0,"万";0', None,
          "reading.which_unit spent"),
    shows("a format with a condition, that does not", 120.5, '[>=10000]0!.0,"万";0.0'),
    shows("a zero that is shown as a dash is zero", 0, '0.00;-0.00;"-"', 0),
    area("a format that writes 公顷 turns the figure", Shown(0.52, '0.00"公顷"'), 5200),
    area("a format that writes 万㎡ turns the figure", Shown(0.52, '0.00"万㎡"'), 5200),
    rate("a format that writes ‰ is asked about", Shown(400, '0"‰"'), None,
         "reading.not_a_percent rate"),
    *map(monthly, ("mmm-yy", "yyyy-mm", '[$-804]yyyy"年"m"月";@')),
    Case("a month under a built-in format is no day", lambda: built_in(17),
         {"湖滨公园": right("A2", CODES, [*PARK[:9], None, PARK[10]])},
         ("reading.month_only finished",), forms=(PROJECTS,)),
    Case("and neither under that of a Chinese system", lambda: built_in(57),
         {"湖滨公园": right("A2", CODES, [*PARK[:9], None, PARK[10]])},
         ("reading.month_only finished",), forms=(PROJECTS,)),
    none("a date shown as its year is no day", Shown(NOVEMBER, 'yyyy"年"'), "reading.not_a_day"),
    finished("a date shown without its year is its day", Shown(46356, 'm"月"d"日"'),
             date(2026, 11, 30)),
    state("a month in a text is as it is shown", Shown(NOVEMBER, "yyyy-mm"), "2026-11"),
    spent("a unit in brackets behind a figure is the same", "120.5（万元）", 120.5),
    one("a power under 亿元 above is turned too", {"spent": "1.205E+2"}, {}),
    measured("a power in words under 亿元 is turned",
             [headed({"spent": "累计完成投资（亿元）"}), [*PARK[:6], "1.205E-2", *PARK[7:]]]),
    measured("a figure that ends with its point is turned",
             [headed({"total": "总投资（亿元）"}), [*PARK[:3], ".03", *PARK[4:]]]),
    measured("a note below that says the unit counts",
             [LABELS, BILLIONS, [], ["注：投资单位为亿元。"]]),
    measured("a unit of measure in the line below counts", [LABELS, BILLIONS, ["单位：亿元"]]),
    measured("a unit of measure beside the heads counts", [[*LABELS, "单位：亿元"], BILLIONS],
             ignored=("单位：亿元",)),
    measured("a title may say in which unit it counts",
             [["项目投资台账（以亿元计）"], LABELS, BILLIONS], "A3"),
    measured("of two lines with units of measure the nearer counts",
             [["单位：万元"], ["区县", "收入"], ["涧西区", 3.2], ["单位：亿元"], LABELS, BILLIONS],
             "A6"),
    own("a unit behind a head without brackets counts more than the line",
        [h.replace("（", "").replace("）", "") for h in HEADS]),
    own("a row of units counts more than the line above", LABELS, UNITS),
    own("a row of units may be called 单位", LABELS, ["单位", *UNITS[1:]]),
    upright("a unit beside the label counts more than the line above",
            Page([["单位：亿元"], ["填报项目", "计量单位", "本期填报"],
                  *([a, "万元" if n == 12 else None, b] for n, (a, b) in enumerate(UPRIGHT))]),
            "C3"),
    Case("a head in ‰ is asked about, for the field is in %",
         lambda: xlsx(Page([headed({"rate": "形象进度（‰）"}), PARK])), park(), certain=False,
         forms=(PROJECTS,)),
]  # fmt: skip
