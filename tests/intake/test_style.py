"""What a number format says of the number."""

import pytest

from intake.style import is_duration, is_percent


@pytest.mark.parametrize("code", ["0%", "0.00%", "#,##0.0 %", "[Red]0%", '0%"左右"', "0%;-0%;0"])
def test_a_percentage_is_one_in_every_form(code):
    assert is_percent(code)


@pytest.mark.parametrize("code", ["0", "General", 'General"%"', "0\\%", '"100%"', "0_%", "@", ""])
def test_a_sign_that_is_only_written_makes_no_percentage(code):
    assert not is_percent(code)


def test_hours_beyond_a_day_are_a_duration_and_the_time_of_day_is_none():
    assert is_duration("[h]:mm:ss")
    assert is_duration("[MM]:ss")
    assert not is_duration("hh:mm")
    assert not is_duration("[Red]hh:mm")
