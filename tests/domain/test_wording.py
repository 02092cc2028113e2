"""Instants and periods as people read them."""

from datetime import UTC

from domain.periods import parse
from domain.wording import say_instant, say_period
from tests.domain.build import DUE, ZONE, nov


def test_an_instant_is_said_in_the_zone_of_the_programme():
    assert say_instant(DUE.astimezone(UTC), ZONE) == "11月13日（周五）16:00"


def test_seconds_are_said_only_when_there_are_any():
    assert say_instant(nov(13, "16:00:01"), ZONE) == "11月13日（周五）16:00:01"


def test_a_week_is_said_by_its_first_and_last_day():
    assert say_period(parse("2026-W53")) == "12月28日—1月3日"
