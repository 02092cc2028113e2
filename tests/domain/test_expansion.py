"""Who owes which form, beyond scenario S1."""

from datetime import date, time

import pytest

from domain.expansion import dues, has_begun, owing
from domain.periods import parse
from domain.unit import Member
from tests.domain.build import (
    CALENDAR,
    FINANCE,
    GRID,
    JIANXI,
    SOURCE,
    folder,
    form,
    local,
    nov,
    programme,
)

W46 = parse("2026-W46")


def test_a_member_of_a_class_without_a_form_owes_nothing():
    assert owing(programme(), "office", [Member(GRID, "observer", "")]) == []


def test_what_is_owed_comes_by_form_and_unit_and_keeps_the_group():
    members = [Member(FINANCE, "member", "units"), Member(JIANXI, "county", "counties")]
    pairs = [(o.form, o.unit, o.group) for o in owing(programme(), "office", members)]
    assert pairs == [
        ("county-weekly", JIANXI, "counties"),
        ("member-weekly", FINANCE, "units"),
    ]


def test_each_office_collects_its_own_forms():
    offices = [
        {"code": f"annex-{n}", "name": f"附件{n}", "host": "housing", **SOURCE} for n in (1, 2)
    ]
    forms = [form(f"weekly-{n}", "member", office=f"annex-{n}") for n in (1, 2)]
    rules = programme(offices=offices, forms=forms)
    finance = [Member(FINANCE, "member", "")]
    assert [o.form for o in owing(rules, "annex-1", finance)] == ["weekly-1"]
    assert [o.form for o in owing(rules, "annex-2", finance)] == ["weekly-2"]


def test_forms_on_different_clocks_are_due_at_different_instants():
    clocks = [*folder()["clocks"], {"code": "evening", "weekday": 5, "at": time(18), **SOURCE}]
    forms = [form("early", "county"), form("later", "member", clock="evening")]
    at = dues(programme(clocks=clocks, forms=forms), "office", W46, CALENDAR)
    assert {code: found.due_at for code, found in at.items()} == {
        "early": nov(13, "16:00"),
        "later": nov(13, "18:00"),
    }


@pytest.mark.parametrize(
    ("now", "begun"), [(local("2026-11-08 23:59:59"), False), (local("2026-11-09 00:00"), True)]
)
def test_a_week_begins_on_its_monday_in_the_zone_of_the_programme(now, begun):
    assert has_begun(programme(), W46, now) is begun


def test_a_week_before_the_programme_was_valid_is_not_opened():
    later = programme(valid_from=date(2026, 11, 16))
    assert not has_begun(later, W46, nov(20))
    assert has_begun(later, parse("2026-W47"), nov(20))
    assert has_begun(programme(valid_from=date(2026, 11, 15)), W46, nov(20))
