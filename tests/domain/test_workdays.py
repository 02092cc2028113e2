"""Working days, as published and as somebody will have to live with before they are."""

from datetime import date

import pytest

from tests.domain.build import CALENDAR


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 13), True),  # a plain Friday
        (date(2026, 11, 14), False),  # a plain Saturday
        (date(2026, 10, 2), False),  # a Friday of the National Day holiday
        (date(2026, 10, 10), True),  # a Saturday to make up for it
        (date(2026, 2, 14), True),  # a Saturday before the Spring Festival
    ],
)
def test_holidays_are_off_and_make_up_days_are_worked(day, works):
    assert CALENDAR.works(day) is works


def test_the_working_day_before_and_after_the_spring_festival():
    assert CALENDAR.previous(date(2026, 2, 20)) == date(2026, 2, 14)
    assert CALENDAR.next(date(2026, 2, 20)) == date(2026, 2, 24)


@pytest.mark.parametrize(
    ("count", "expected"), [(0, 13), (1, 16), (2, 17), (5, 20), (-1, 12), (-4, 9)]
)
def test_working_days_are_counted_over_weekends(count, expected):
    assert CALENDAR.shift(date(2026, 11, 13), count) == date(2026, 11, expected)


def test_the_second_working_day_after_a_saturday_is_tuesday():
    assert CALENDAR.shift(date(2026, 11, 14), 2) == date(2026, 11, 17)


def test_a_year_without_its_notice_is_not_confirmed():
    assert CALENDAR.confirmed(date(2026, 12, 31))
    assert not CALENDAR.confirmed(date(2027, 1, 1))
