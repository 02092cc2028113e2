"""What stands in one cell of a good ledger: figures, percentages and words in every usual form."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from domain.content import Cell
from tests.intake.corpus_book import Formula, Page, Shown, xlsx
from tests.intake.corpus_case import Case, again, right
from tests.intake.corpus_forms import PARK, PROJECTS, codes, heads

CODES, HEADS = codes(PROJECTS), heads(PROJECTS)
NA = Cell.NOT_APPLICABLE
EXACT = "123456789012345678.25"
LONG = "进展顺利，" * 2000


def one(
    claim: str, changes: dict[str, Any], read: dict[str, Any], *findings: str, **keys: Any
) -> Case:
    """A project with other cells, and what they are read as; None is not reported."""
    line = [changes.get(code, value) for code, value in zip(CODES, PARK, strict=True)]
    values = [read.get(code, value) for code, value in zip(CODES, PARK, strict=True)]
    rows, options = {str(values[0]): right("A2", CODES, values)}, keys.pop("options", {})
    return Case(
        claim,
        lambda: xlsx(Page([HEADS, line]), **options),
        rows,
        findings,
        forms=(PROJECTS,),
        **keys,
    )


def spent(claim: str, raw: Any, read: Any, *findings: str, **keys: Any) -> Case:
    """A figure in 万元."""
    return one(claim, {"spent": raw}, {"spent": read}, *findings, **keys)


def area(claim: str, raw: Any, read: Any, *findings: str, **keys: Any) -> Case:
    """A figure in 平方米."""
    return one(claim, {"area": raw}, {"area": read}, *findings, **keys)


def rate(claim: str, raw: Any, read: Any, *findings: str, **keys: Any) -> Case:
    """A percentage."""
    return one(claim, {"rate": raw}, {"rate": read}, *findings, **keys)


def state(claim: str, raw: Any, read: Any, *findings: str, **keys: Any) -> Case:
    """A text."""
    return one(claim, {"state": raw}, {"state": read}, *findings, **keys)


NOT_A_NUMBER = "check.not_a_number spent"
STYLED = rate("a cell shown as a percentage counts in points", Shown(0.855, "0.0%"), 85.5)
SAVED = spent("a formula is its saved result", Formula("D2*0.4", 120), 120)
UNSAVED = spent("a formula without a result is asked for", Formula("D2*0.4"), None,
                "trouble.no_result spent", through="openpyxl")  # fmt: skip
ERROR = spent("an error value is asked about", Formula("D2/0", "#DIV/0!"), None,
              "trouble.error_value spent")  # fmt: skip
LITERAL = rate("a % that is only written beside it changes nothing", Shown(85, 'General"%"'), 85)
MIXED = one(
    "many slips at once are each said, and the rest is read",
    {"area": "约5200", "central": "七十", "rate": "85％", "finished": "待定", "kind": "公园"},
    {"area": None, "central": None, "rate": 85, "finished": None, "kind": None},
    "reading.near_choice kind", "check.not_a_number area", "reading.in_words central",
    "reading.not_a_day finished",
)  # fmt: skip

FIGURES = [
    spent("an amount with 万元 behind it is the same", "120.5万元", 120.5),
    spent("an amount in 亿元 is turned into 万元", "0.012亿元", 120),
    spent("an amount in 元 is turned into 万元", "1205000元", 120.5),
    spent("120万 in 万元 is not clear", "120万", None, "reading.which_unit spent"),
    spent("an area is no amount", "120平方米", None, "reading.other_unit spent"),
    area("1.2万 in 平方米 is 12000", "1.2万", 12000),
    area("1.2万平方米 is 12000", "1.2万平方米", 12000),
    area("0.0001亿 is ten thousand", "0.0001亿", 10000),
    area("hectares are turned into 平方米", "1.5公顷", 15000),
    area("an area written ㎡ is the same", "5200㎡", 5200),
    area("an area written m² is the same", "5200m²", 5200),
    spent("full-width digits are the same", "１２０．５", 120.5),
    spent("a full-width comma between thousands is the same", "1，205", 1205,
          "check.at_most spent"),
    spent("commas between thousands are the same", "1,205.5", 1205.5, "check.at_most spent"),
    spent("a wrong comma is a slip", "12,05", None, NOT_A_NUMBER),
    spent("two points are a slip", "1.2.5", None, NOT_A_NUMBER),
    spent("blanks around a figure do not count", "　120.5 ", 120.5),
    spent("a figure as text is the same", Shown("120.5", "@"), 120.5),
    spent("a negative amount is too small", -3, -3, "check.too_small spent"),
    spent("a minus of full width is one", "－3", -3, "check.too_small spent"),
    spent("zero is a figure", 0, 0),
    spent("an error of binary fractions is not seen", 0.1 + 0.2, 0.3),
    spent("about 120 is no figure", "约120", None, NOT_A_NUMBER),
    spent("a range is no figure", "120-150", None, NOT_A_NUMBER),
    spent("a figure with a remark is no figure", "120（含上年）", None, "reading.other_unit spent"),
    spent("a figure in words is asked for in digits", "一百二十", None, "reading.in_words spent"),
    spent("a percentage is no amount", "40%", None, "reading.percent_here spent"),
    spent("a cell shown as a percentage is no amount", Shown(0.4, "0%"), None,
          "reading.percent_here spent"),
    spent("yes is no amount", True, None, NOT_A_NUMBER),
    spent("a date is no amount", datetime(2026, 11, 1), None, NOT_A_NUMBER),  # noqa: DTZ001
    area("fifteen digits and more as text are exact", EXACT, Decimal(EXACT)),
    area("a power is written out", "1.2E+4", 12000),
    spent("above the total is a warning", 350, 350, "check.at_most spent"),
    one("parts that are not the total are returned", {"local": 150}, {"local": 150},
        "checks.sum_short total"),
    one("parts above the total are returned", {"local": 190}, {"local": 190},
        "checks.sum_over total"),
    one("a part above its share is returned", {"central": 200, "local": 100},
        {"central": 200, "local": 100}, "checks.share central"),
    one("a part that is no figure is not added up", {"local": "约180"}, {"local": None},
        "check.not_a_number local"),
    SAVED, UNSAVED, ERROR, again(ERROR, "xls"), again(SAVED, "et"),
    area("an error value under a text's sum is asked about", Formula("NA()", "#N/A"), None,
         "trouble.error_value area"),
    MIXED,
]  # fmt: skip
RATES = [
    STYLED,
    LITERAL,
    again(STYLED, "xls"),
    again(LITERAL, "et"),
    again(STYLED, "suite"),
    rate("85 is 85 %", 85, 85),
    rate("85% as text is 85", "85%", 85),
    rate("85％ in full width is 85", "８５％", 85),
    rate(
        "0.85 without a percent sign is 0.85, and asked about",
        0.85,
        0.85,
        "reading.small_percent rate",
    ),
    rate("百分之八十五 is 85", "百分之八十五", 85),
    rate("eight tenths in words are no percentage", "八成", None, "reading.not_a_percent rate"),
    rate("more than all is too much", "120%", 120, "check.too_large rate"),
    rate("a text under a percent style is as it was typed", Shown("85%", "0%"), 85),
    rate("a calculated percentage is one", Formula("G2/D2*100", 40), 40),
    rate(
        "a calculated share is asked about",
        Formula("G2/D2", 0.4),
        0.4,
        "reading.small_percent rate",
    ),
]
WORDS = [
    one("not applicable is not zero", {"central": "不适用"}, {"central": NA},
        "checks.sum_short total"),
    one("not applicable satisfies what is required", {"total": " 不适用"}, {"total": NA}),
    one("not reported is an empty cell", {"total": "未报送"}, {"total": None},
        "check.required total"),
    one("an empty text is an empty cell", {"total": ""}, {"total": None}, "check.required total"),
    one("blanks are an empty cell", {"kind": " 　"}, {"kind": None}, "check.required kind"),
    spent("无 is no figure, and not zero", "无", None, NOT_A_NUMBER),
    spent("a dash is no figure, and not zero", "—", None, NOT_A_NUMBER),
    state("无 is a text", "无", "无"),
    state("本期无变化 in a text is a text", "本期无变化", "本期无变化"),
    state("a text of two lines is kept", "一、已进场\n二、已开挖", "一、已进场\n二、已开挖"),
    state("a text of ten thousand characters is kept", LONG, LONG),
    state("Traditional characters are kept", "湖濱公園已進場", "湖濱公園已進場"),
    state("rare characters are kept", "𠀀村改造（㙓）", "𠀀村改造（㙓）"),
    state("a number in a text is its digits", 20261120, "20261120"),
    state("a long number as text keeps every digit", "41030000000000012345",
          "41030000000000012345"),
    state("yes in a text is 是", True, "是"),
    state("a formula as text stays text", "=A1+B1", "=A1+B1"),
    state("what cannot be stored is left out", "进场\x07完成", "进场完成"),
    one("a choice with blanks is the same", {"kind": "口袋 公园"}, {"kind": "口袋公园"}),
    one("a choice that is only alike is asked about", {"kind": "口袋公园类"}, {"kind": None},
        "reading.near_choice kind"),
    one("a choice nobody knows is returned", {"kind": "厂房"}, {"kind": None},
        "reading.not_a_choice kind"),
]  # fmt: skip
CASES = [*FIGURES, *RATES, *WORDS]
