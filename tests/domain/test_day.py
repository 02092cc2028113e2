"""Days are read in every usual spelling, and nothing else is taken for one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.day import day
from domain.figure import Slip
from domain.periods import parse
from tests.domain.test_properties import holds

WEEK = parse("2026-W48")
TURN = parse("2026-W53")  # 28 December to 3 January


@pytest.mark.parametrize(
    "word",
    [
        "2026-11-30",
        "2026/11/30",
        "2026.11.30",
        "20261130",
        "2026年11月30日",
        "2026 年 11 月 30 号",
        "２０２６年１１月３０日",
        "11月30日",
        "2026年11月底",
        "11月底",
        "2026年11月末",
        "2026年11月底前",
        "2026-11-30 16:00",
        "2026-11-30T16:00:00",
        "2026-11-30T16:00:00+08:00",
        "2026年11月30日（周一）",
        "46356",
        "46356.75",
    ],
)
def test_a_day_is_read_in_every_usual_spelling(word):
    assert day(word, WEEK) == date(2026, 11, 30)


@pytest.mark.parametrize(
    "word",
    [
        "2026/12/3 10:30",
        "2026-12-3 00:00",
        "2026.12.3　１：05",
        "12月3日 10:30",
        "2026年12月3日10:30",
    ],
)
def test_the_hour_never_runs_into_the_day(word):
    assert day(word, WEEK) == date(2026, 12, 3)


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("2026年12月底", date(2026, 12, 31)),
        ("2028年2月底", date(2028, 2, 29)),
        ("2026年底", date(2026, 12, 31)),
        ("2026-1-5", date(2026, 1, 5)),
    ],
)
def test_the_end_of_a_month_or_year_is_its_last_day(word, found):
    assert day(word) == found


@pytest.mark.parametrize(
    ("word", "found"), [("12月30日", date(2026, 12, 30)), ("1月2日", date(2027, 1, 2))]
)
def test_around_new_year_a_day_without_a_year_is_the_one_nearest_the_period(word, found):
    assert day(word, TURN) == found


def test_a_leap_day_without_a_year_is_looked_for_in_every_year_of_the_period():
    assert day("2月29日", TURN) == Slip("reading.no_such_day")


REFUSED = {
    "2026年12月": "reading.month_only",
    "2026-12": "reading.month_only",
    "12月份": "reading.month_only",
    "2026-02-30": "reading.no_such_day",
    "2026年13月1日": "reading.no_such_day",
    "1026-11-30": "reading.no_such_day",
    "26-11-30": "reading.not_a_day",
    "26.11.30": "reading.not_a_day",
    "11/30": "reading.not_a_day",
    "11-30": "reading.not_a_day",
    "2026年11月30日前": "reading.not_a_day",
    "11月下旬": "reading.not_a_day",
    "2026": "reading.not_a_day",
    "99999": "reading.not_a_day",
    "12345": "reading.not_a_day",
    "近期": "reading.not_a_day",
    "2026-11/30": "reading.not_a_day",
}


@pytest.mark.parametrize("word", REFUSED)
def test_what_is_not_one_day_is_refused(word):
    found = day(word, WEEK)
    assert isinstance(found, Slip)
    assert found.rule == REFUSED[word]


def test_a_month_is_refused_with_the_day_it_may_mean():
    assert day("2026年12月") == Slip("reading.month_only", {"day": "2026-12-31"})


def test_without_a_year_and_a_period_no_day_is_guessed():
    assert day("11月30日") == Slip("reading.no_year")


@holds
@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_back_from_every_spelling(found):
    serial = (found - date(1899, 12, 30)).days
    for word in (
        f"{found}",
        f"{found:%Y%m%d}",
        f"{found.year}年{found.month}月{found.day}日",
        serial,
    ):
        assert day(str(word)) == found


@holds
@given(st.text() | st.from_regex(r"\d{1,8}[年月日./-]?\d{0,9}[年月日底]?", fullmatch=True))
def test_no_word_makes_reading_a_day_fail(word):
    assert isinstance(day(word, WEEK), date | Slip)
