"""More ways to write a figure, a percentage, a choice: each is read exactly, or asked about."""

from datetime import date
from decimal import Decimal
from typing import Any

from domain.content import Cell
from tests.intake.corpus_book import Formula, Shown
from tests.intake.corpus_case import Case, again
from tests.intake.corpus_cells import area, one, rate, spent, state
from tests.intake.corpus_days import finished, none

NOT_A_NUMBER, OTHER = "check.not_a_number spent", "reading.other_unit spent"
NOT_A_PERCENT = "reading.not_a_percent rate"


def kind(claim: str, raw: Any, read: Any, *findings: str) -> Case:
    """A choice."""
    return one(claim, {"kind": raw}, {"kind": read}, *findings)


REFERENCE = state("an error value in a text is asked about", Formula("NA()", "#N/A"), None,
                  "trouble.error_value state")  # fmt: skip
TYPED = state("an error value that became a text is asked about", "#REF!", None,
              "trouble.error_value state")  # fmt: skip
CASES = [
    spent("a blank before the unit does not count", "120.5 万元", Decimal("120.5")),
    spent("full-width commas and points are the same", "１２０．５０", Decimal("120.5")),
    spent("commas as points are a slip", "1.205,5", None, NOT_A_NUMBER),
    spent("a figure may begin with its point", ".5", Decimal("0.5")),
    spent("a figure may end with its point", "120.", 120),
    spent("a power as text is written out", "1.2e2", 120),
    spent("a power nobody could write out is no figure", "1e400", None, NOT_A_NUMBER),
    spent("forty digits are no figure", "9" * 40, None, NOT_A_NUMBER),
    spent("capital numerals are no figure", "壹佰贰拾", None, NOT_A_NUMBER),
    spent("an amount for each square metre is another unit", "120元/平方米", None, OTHER),
    spent("almost 120 is no figure", "近120", None, NOT_A_NUMBER),
    spent("more than 120 is asked about", "120余万元", None, OTHER),
    spent("120 and more is asked about", "120以上", None, OTHER),
    spent("two figures are asked about", "120/150", None, NOT_A_NUMBER),
    spent("a sum is asked about", "120+30", None, NOT_A_NUMBER),
    spent("a question mark is no figure", "？", None, NOT_A_NUMBER),
    spent("待定 is no figure", "待定", None, NOT_A_NUMBER),
    spent("同上 is no figure", "同上", None, NOT_A_NUMBER),
    spent("本期无变化 is no figure", "本期无变化", None, NOT_A_NUMBER),
    spent("不适用 in a figure is not zero", "不适用", Cell.NOT_APPLICABLE),
    spent("不适用 with a blank is the same", "不 适用", Cell.NOT_APPLICABLE),
    spent("未报送 is an empty cell", "未报送", None),
    spent("无事项 is no figure", "无事项", None, NOT_A_NUMBER),
    spent("a time is no figure", Shown(0.25, "hh:mm"), None, NOT_A_NUMBER),
    spent("a hidden digit of fifteen is not made up", 0.123456789012345678, 0.123456789012346),
    area("平方米 in other words is the same", "5200平米", 5200),
    area("a square kilometre is a million", "0.0052平方公里", 5200),
    area("千 is a thousand", "5.2千平方米", 5200),
    area("a fraction of a figure is asked about", "5200½", None, "reading.other_unit area"),
    area("a negative area is too small", "-5200", -5200, "check.too_small area"),
    rate("a blank before the percent sign does not count", "40 %", 40),
    rate("two percent signs are a slip", "40%%", None, NOT_A_PERCENT),
    rate("0.4% is less than one", "0.4%", Decimal("0.4")),
    rate("a negative percentage is too small", "-5%", -5, "check.too_small rate"),
    rate("百分之百 is all", "百分之百", 100),
    rate("百分之四十点五 is 40.5", "百分之四十点五", Decimal("40.5")),
    rate("points in words are asked about", "40个百分点", None, NOT_A_PERCENT),
    rate("finished is no percentage", "已完成", None, NOT_A_PERCENT),
    rate("a date is no percentage", date(2026, 11, 1), None, NOT_A_PERCENT),
    rate("yes is no percentage", True, None, NOT_A_PERCENT),
    rate("all of it as a style is 100", Shown(1, "0%"), 100),
    rate("a percentage that a format rounds is exact", Shown(0.12345, "0%"), Decimal("12.345")),
    rate("a coloured percentage is one", Shown(0.4, "[Red]0.0%;[Blue]-0.0%"), 40),
    kind("a numbered choice is asked about", "3.口袋公园", None, "reading.near_choice kind"),
    kind("a choice in Traditional characters is asked about", "口袋公園", None,
         "reading.near_choice kind"),
    kind("two choices are asked about", "老旧小区、管网", None, "reading.near_choice kind"),
    kind("a number is no choice", 3, None, "reading.not_a_choice kind"),
    kind("不适用 is one of the choices", "不适用", Cell.NOT_APPLICABLE),
    kind("a line break in a choice does not count", "口袋\n公园", "口袋公园"),
    REFERENCE, TYPED, again(REFERENCE, "xls"), again(TYPED, "suite"),
    state("a line of hashes is asked about", "########", None, "trouble.error_value state"),
    none("an error value is no day", Formula("A9", "#VALUE!"), "trouble.error_value"),
    none("a day without a result is asked for", Formula("TODAY()"), "trouble.no_result",
         through="openpyxl"),
    none("yes is no day", True, "reading.not_a_day"),
    none("half a day's number is no day", 0.5, "reading.not_a_day"),
    none("a negative number is no day", -1, "reading.not_a_day"),
    none("a season is no day", "2026年第四季度", "reading.not_a_day"),
    finished("不适用 is no day, and not empty", "不适用", Cell.NOT_APPLICABLE),
    finished("a number with a part of a day is its day", 46356.75, date(2026, 11, 30)),
    finished("a calculated day is its day", Shown(46356, "yyyy/mm/dd"), date(2026, 11, 30)),
]  # fmt: skip
