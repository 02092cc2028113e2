"""Units are found by any name they bear or bore, and printed under the name of the day (S11)."""

from datetime import date

import pytest

from domain.unit import DatedName, Member
from models.base import reading, writing
from models.unit import Unit, UnitName, enrol, members_on, printed_names, resolve
from tests.build import NAMES, SLUG, change, count, some_units


@pytest.fixture
def units(database):
    with writing() as session:
        some_units(session)


def alias(unit, name):
    with writing() as session:
        named = (DatedName(unit, name, date(1900, 1, 1)), "alias")
        enrol(session, change(SLUG), SLUG, [named], [], date(2026, 1, 1))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2021, 2, 28), "偃师市"),
        (date(2021, 3, 17), "偃师市"),
        (date(2021, 3, 18), "偃师区"),
        (date(2021, 4, 30), "偃师区"),
    ],
)
def test_a_document_prints_the_name_of_its_date(units, day, name):
    with reading() as session:
        assert printed_names(session, day)["ly-yanshi"] == name


def test_an_alias_is_understood_and_never_printed(units):
    alias("ly-jianxi", "涧西区政府")
    with reading() as session:
        assert resolve(session, ["涧西区政府"]) == {"涧西区政府": "ly-jianxi"}
        assert printed_names(session, date(2026, 11, 13)) == NAMES


def test_a_unit_is_found_by_id_by_name_and_by_former_name(units):
    words = ["ly-yanshi", "偃师区", "偃师市", "洛龙区"]
    with reading() as session:
        assert resolve(session, words) == dict.fromkeys(words[:3], "ly-yanshi")


def test_a_name_that_two_units_bear_names_neither(units):
    alias("ly-jianxi", "供电所")
    alias("ly-grid", "供电所")
    with reading() as session:
        assert resolve(session, ["供电所", "涧西区"]) == {"涧西区": "ly-jianxi"}


def test_a_doubtful_word_names_nobody(units):  # A1.23
    with writing() as session:
        named = (DatedName("ly-yanshi", "烟台市", date(1900, 1, 1)), "doubtful")
        enrol(session, change(SLUG), SLUG, [named], [], date(2026, 1, 1))
    with reading() as session:
        assert resolve(session, ["烟台市"]) == {}


def test_a_unit_that_takes_no_part_is_known_all_the_same(units):
    with writing() as session:
        named = (DatedName("ly-metro", "市轨道集团", date(1900, 1, 1)), "name")
        assert enrol(session, change(SLUG), SLUG, [named], [], date(2026, 1, 1)) == 1
    with reading() as session:
        assert resolve(session, ["市轨道集团"]) == {"市轨道集团": "ly-metro"}
        assert "ly-metro" not in {m.unit for m in members_on(session, SLUG, date(2026, 11, 13))}


def test_a_membership_has_its_days_and_begins_with_the_programme_at_the_earliest(units):
    members = [
        Member("ly-yanshi", "county", "", date(2026, 3, 1), date(2026, 6, 1)),
        Member("ly-grid", "utility", "", date(2020, 1, 1), date(2025, 1, 1)),
        Member("ly-finance", "member", "", date(2020, 1, 1)),
    ]
    with writing() as session:
        enrol(session, change("other"), "other", [], members, date(2025, 1, 1))
    days = [date(2024, 12, 31), date(2025, 1, 1), date(2026, 5, 31), date(2026, 6, 1)]
    with reading() as session:
        found = [[m.unit for m in members_on(session, "other", day)] for day in days]
    assert found == [[], ["ly-finance"], ["ly-finance", "ly-yanshi"], ["ly-finance"]]


def test_entering_the_same_units_again_adds_nothing(units):
    with writing() as session:
        some_units(session)
    assert (count(Unit), count(UnitName)) == (4, 5)


def test_members_are_those_of_the_day(units):
    with reading() as session:
        assert members_on(session, SLUG, date(2025, 12, 31)) == []
        found = members_on(session, SLUG, date(2026, 11, 9))
    assert found == [Member(unit, "county", "") for unit in sorted(NAMES)]
