"""What number formats say of numbers and days."""

from datetime import date
from decimal import Decimal

import pytest

from domain.display import displayed, is_told, month

SAID = [
    ('0.00"亿元"', 1, ("", 0, "亿元")),
    ("0!.0000", 1205000, ("", 4, "")),
    ("0\\.0,", 1205000, ("", 4, "")),
    ('0!.0,"万元"', 1205000, ("", 4, "万元")),
    ("#,##0.0,", 120500, ("", 3, "")),
    ("0.0,,", 1205000, ("", 6, "")),
    ("0,.00", 120500, ("", 3, "")),
    ('General"%"', 85, ("", 0, "%")),
    ('"约"0"个"', 3, ("约", 0, "个")),
    ('0"个";-0"项"', -3, ("", 0, "项")),
    ('[>=10000]0!.0,"万";0', 12345, ("", 4, "万")),
    ('[>=10000]0!.0,"万";0', 123, ("", 0, "")),
    ("[<0][Red]-0;[>=10000]0!.0,;0", 20000, ("", 4, "")),
    ('G/通用格式"个"', 4, ("", 0, "个")),
]
SILENT = [
    "", "General", "@", "0.00", "#,##0.00", "0.00E+00", '"¥"#,##0.00', "[$¥-804]#,##0.00",
    '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', "#,##0.00_);[Red](#,##0.00)",
    "0;-0;;@", ";;;", '0;-0;"-"', "# ?/?", "yyyy-mm-dd", 'm"月"d"日"', "[h]:mm:ss", "mm:ss",
]  # fmt: skip
MONTHS = ["mmm-yy", "yyyy-mm", 'yyyy"年"m"月"', '[$-804]yyyy"年"m"月";@']


@pytest.mark.parametrize(("code", "number", "said"), SAID)
def test_a_format_says_what_it_writes_and_how_far_it_moves_the_point(code, number, said):
    assert is_told(code)
    assert displayed(Decimal(number), code) == said


@pytest.mark.parametrize("code", SILENT)
def test_a_format_that_only_sets_digits_signs_and_money_says_nothing(code):
    assert not is_told(code)
    assert displayed(Decimal(12345), code) == ("", 0, "")
    assert month(date(2026, 11, 1), code) == "2026-11-01"


@pytest.mark.parametrize("code", MONTHS)
def test_of_a_day_shown_as_its_month_nothing_more_is_said(code):
    assert is_told(code)
    assert month(date(2026, 11, 1), code) == "2026-11"
    assert month(date(2026, 11, 1), 'yyyy"年"') == "2026"
