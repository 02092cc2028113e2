"""Numbers and percentages are read exactly, or not at all."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.figure import Slip, converts, number, percent
from tests.domain.test_properties import holds

READ = {
    # word, unit: value
    ("1234567", ""): "1234567",
    ("1,234,567", "元"): "1234567",
    ("１，２３４，５６７．５０", "元"): "1234567.50",
    ("+5", ""): "5",
    ("−3.5", ""): "-3.5",
    ("－3", ""): "-3",
    (".5", ""): "0.5",
    ("1.2E+05", "元"): "120000",
    ("1.2万", "户"): "12000",
    ("1.2 万户", "户"): "12000",
    ("3百万", "个"): "3000000",
    ("120万元", "万元"): "120",
    ("120 万 元", "万元"): "120",
    ("3.5亿元", "万元"): "35000",
    ("0.1亿元", "万元"): "1000",
    ("1234567元", "万元"): "123.4567",
    ("3千万元", "万元"): "3000",
    ("2亿元", "元"): "200000000",
    ("1.5亿", "元"): "150000000",
    ("12个", "个"): "12",
    ("3.2万平方米", "㎡"): "32000",
    ("3.2万㎡", "平方米"): "32000",
    ("45000m²", "万平方米"): "4.5000",
    ("1.5平方公里", "公顷"): "150",
    ("3千米", "公里"): "3",
    ("12万人次", "万人次"): "12",
}


@pytest.mark.parametrize(("word", "unit"), READ)
def test_a_number_is_read_exactly_in_the_unit_of_its_field(word, unit):
    found = number(word, unit)
    assert isinstance(found, Decimal)
    assert f"{found:f}" == READ[word, unit]


REFUSED = {
    ("1,5", ""): "check.not_a_number",
    ("12,34,567", ""): "check.not_a_number",
    ("1 234", ""): "check.not_a_number",
    ("1.2.3", ""): "check.not_a_number",
    ("约120", "万元"): "check.not_a_number",
    ("120左右", ""): "check.not_a_number",
    ("(5)", ""): "check.not_a_number",
    ("-", ""): "check.not_a_number",
    ("/", ""): "check.not_a_number",
    ("无", ""): "check.not_a_number",
    ("10⁵", ""): "check.not_a_number",
    ("①", ""): "check.not_a_number",
    ("1½", ""): "check.not_a_number",
    ("١٢", ""): "check.not_a_number",
    ("1_000", ""): "check.not_a_number",
    ("1e999999999", ""): "check.not_a_number",
    ("9" * 40, ""): "check.not_a_number",
    ("三十", "个"): "reading.in_words",
    ("一", "个"): "reading.in_words",
    ("85%", "个"): "reading.percent_here",
    ("12万", "万元"): "reading.which_unit",
    ("3.5亿", "万元"): "reading.which_unit",
    ("12户", "个"): "reading.other_unit",
    ("12平方米", "万元"): "reading.other_unit",
    ("120多", "户"): "reading.other_unit",
    ("120-130", "户"): "check.not_a_number",
}


@pytest.mark.parametrize(("word", "unit"), REFUSED)
def test_what_may_mean_something_else_is_no_number(word, unit):
    found = number(word, unit)
    assert isinstance(found, Slip)
    assert found.rule == REFUSED[word, unit]


@pytest.mark.parametrize(
    ("word", "points"),
    [
        ("85%", "85"),
        ("８５％", "85"),
        ("85 %", "85"),
        ("85", "85"),
        ("0.85", "0.85"),
        ("85.50%", "85.50"),
        ("-3%", "-3"),
        ("百分之八十五", "85"),
        ("百分之十", "10"),
        ("百分之一百", "100"),
        ("百分之百", "100"),
        ("百分之三点五", "3.5"),
        ("百分之12.5", "12.5"),
    ],
)
def test_a_percentage_is_percent_points(word, points):
    assert str(percent(word)) == points


@pytest.mark.parametrize("word", ["85%左右", "85%%", "八成", "8折", "85‰", "百分之", "1.2万", "无"])
def test_what_is_no_percentage_is_refused(word):
    assert percent(word) == Slip("reading.not_a_percent")


@pytest.mark.parametrize(
    ("unit", "into", "can"),
    [("亿元", "万元", True), ("万元", "万元", False), ("元", "平方米", False), ("户", "个", False)],
)
def test_only_units_of_one_measure_turn_into_each_other(unit, into, can):
    assert converts(unit, into) is can


@holds
@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=4
    )
)
def test_a_number_that_is_written_out_is_read_back_exactly(value):
    assert number(f"{value:,f}") == value
    assert number(f"{value:f} 亿元", "万元") == value * 10000


@holds
@given(st.text(), st.sampled_from(["", "万元", "个", "%", "㎡"]))
def test_no_word_makes_reading_fail(word, unit):
    assert isinstance(number(word, unit), Decimal | Slip)
    assert isinstance(percent(word), Decimal | Slip)
