"""Whether a unit can be reached is judged by who holds the role now, and who will."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.reach import Line, gaps
from domain.scope import Held, narrowest
from tests.domain.build import local, nov

GOOD = Line(True, True, True, local("2026-01-01 00:00"), None)
WEEK = timedelta(days=7)
CASES = {
    "all is well": ([GOOD], []),
    "nobody": ([], ["no_one"]),
    "somebody later": ([replace(GOOD, valid_from=nov(13))], ["no_one"]),
    "somebody once": ([replace(GOOD, valid_to=nov(12))], ["no_one"]),
    "without any address": ([replace(GOOD, email=False, phone=False)], ["no_address"]),
    "only a phone": ([replace(GOOD, email=False)], ["phone_only"]),
    "unconfirmed": ([replace(GOOD, confirmed=False)], ["unconfirmed"]),
    "gone in a week": ([replace(GOOD, valid_to=nov(19))], ["ends"]),
    "gone in more than a week": ([replace(GOOD, valid_to=nov(20))], []),
    "gone, with a successor": (
        [replace(GOOD, valid_to=nov(14)), replace(GOOD, valid_from=nov(14))],
        [],
    ),
    "two things at once": (
        [replace(GOOD, email=False, confirmed=False)],
        ["phone_only", "unconfirmed"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_wrong_with_the_way_to_a_unit(case):
    lines, found = CASES[case]
    assert gaps(lines, nov(12), WEEK) == found


def held(number, programme="", office="", role="liaison"):
    return Held(number, number, "ly-grid", role, nov(1), None, programme, office)


def test_the_closest_appointment_replaces_the_wider_ones_of_its_role():
    wide, of_programme, of_office = held(1), held(2, "p"), held(3, "p", "annex-1")
    assert narrowest([wide, of_programme, of_office]) == [of_office]
    assert narrowest([wide, of_programme]) == [of_programme]
    deputy = held(4, role="deputy")
    assert narrowest([wide, of_office, deputy]) == [of_office, deputy]


def test_equals_stay_together():
    both = [held(1, role="deputy"), held(2, role="deputy")]
    assert narrowest(both) == both
