"""Names and streaks."""

from datetime import date

import pytest

from domain.unit import DatedName, name_on, streak


def test_before_its_first_name_a_unit_prints_its_id():
    names = [DatedName("yanshi", "偃师区", date(2021, 3, 18))]
    assert name_on(names, "yanshi", date(2021, 3, 17)) == "yanshi"


def test_a_unit_that_is_gone_prints_the_last_name_it_bore():
    names = [DatedName("jili", "吉利区", date(1982, 1, 1), date(2021, 3, 18))]
    assert name_on(names, "jili", date(2021, 3, 31)) == "吉利区"


def test_a_name_of_another_unit_is_not_taken():
    names = [DatedName("jianxi", "涧西区", date(1955, 1, 1))]
    assert name_on(names, "yanshi", date(2026, 11, 13)) == "yanshi"


@pytest.mark.parametrize(
    ("on_time", "length"),
    [([], 0), ([True], 1), ([True, False], 0), ([False, True, True], 2), ([True] * 52, 52)],
)
def test_a_streak_counts_back_from_the_newest(on_time, length):
    assert streak(on_time) == length
