"""Whether a unit can be reached is judged by who holds the role now, and who will."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.reach import Line, gaps
from domain.scope import Held, counting, narrowest
from tests.domain.build import nov

GOOD = Line(email=True, phone=True, confirmed=True)
CASES = {
    "all is well": ([GOOD], []),
    "nobody": ([], ["no_one"]),
    "without any address": ([replace(GOOD, email=False, phone=False)], ["no_address"]),
    "only a phone": ([replace(GOOD, email=False)], ["phone_only"]),
    "unconfirmed": ([replace(GOOD, confirmed=False)], ["unconfirmed"]),
    "one of two without a mailbox": ([GOOD, replace(GOOD, email=False)], []),
    "two things at once": (
        [replace(GOOD, email=False, confirmed=False)],
        ["phone_only", "unconfirmed"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_wrong_with_the_way_to_a_unit(case):
    lines, found = CASES[case]
    assert gaps(lines, lasts=True) == found


def test_who_is_about_to_go_without_anybody_after_is_a_gap_beside_others():
    assert gaps([GOOD], lasts=False) == ["ends"]
    assert gaps([replace(GOOD, email=False)], lasts=False) == ["phone_only", "ends"]
    assert gaps([], lasts=False) == ["no_one"]


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


def test_an_office_goes_by_who_is_in_force_and_counts_there():
    wide, narrow = held(1), replace(held(2, "p", "annex-1"), valid_to=nov(14))
    both = [wide, narrow]
    assert counting(both, "p", "annex-1", nov(13)) == [narrow]
    assert counting(both, "p", "annex-2", nov(13)) == [wide]
    assert counting(both, "p", "annex-1", nov(14)) == [wide]
    assert counting([narrow], "p", "annex-2", nov(13)) == []
    assert counting([wide], "p", "annex-1", nov(1) - timedelta(seconds=1)) == []
