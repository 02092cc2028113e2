"""A line of a list is understood, or everything that is wrong with it is said."""

import pytest

from domain.known import Known
from domain.officer import clashes, entry
from tests.domain.build import ZONE, nov

WORDS = {
    "涧西区": {"ly-jianxi"},
    "市住建局（物业办）": {"ly-housing"},
    "偃师市": {"ly-yanshi", "ha-yanshi"},
}
KNOWN = Known(
    zone=ZONE,
    units={"": WORDS, "luoyang-351": WORDS},
    names=["涧西区", "西工区", "偃师区"],
    offices={"luoyang-351": ["annex-1", "annex-2"]},
    members={"luoyang-351": ["ly-jianxi"]},
)
GOOD = {"unit": "涧西区", "role": "联络员", "name": "张三", "email": "zhang@jianxi.example"}
CELLS = {
    "a unit nobody knows": ({"unit": "涧东区"}, "unit", "涧西区"),
    "no unit": ({"unit": " "}, "unit", "单位"),
    "a unit that programmes understand differently": ({"unit": "偃师市"}, "unit", "ha-yanshi"),
    "a unit that has nothing to do with the programme": (
        {"unit": "市住建局（物业办）", "programme": "luoyang-351"},
        "unit",
        "luoyang-351",
    ),
    "a role nobody knows": ({"role": "组长"}, "role", "副联络员"),
    "no name": ({"name": ""}, "name", "姓名"),
    "two mailboxes": ({"email": "a@x.cn;b@x.cn"}, "email", "zhang@example.cn"),
    "a mailbox without a domain": ({"email": "zhang@jianxi"}, "email", "zhang@example.cn"),
    "a Chinese mailbox": ({"email": "张三@x.cn"}, "email", "zhang@example.cn"),
    "a phone with a digit too few": ({"phone": "1390000000"}, "phone", "11 位"),
    "a landline without its area code": ({"phone": "63900000"}, "phone", "区号"),
    "two phones": ({"phone": "13900000001/13900000002"}, "phone", "只填一个"),
    "no address at all": ({"email": ""}, "email", "至少填一项"),
    "a day in words": ({"since": "下周一"}, "since", "2026-11-13"),
    "a day that is not": ({"until": "2026-02-30"}, "until", "2026-11-13"),
    "an end before the beginning": (
        {"since": "2026-11-13", "until": "2026-11-12"},
        "until",
        "晚于",
    ),
    "a confirmation in doubt": ({"confirmed": "大概"}, "confirmed", "“是”"),
    "a programme nobody knows": ({"programme": "x"}, "programme", "luoyang-351"),
    "an office without its programme": ({"office": "annex-1"}, "programme", "方案代码"),
    "an office of no programme": (
        {"programme": "luoyang-351", "office": "annex-9"},
        "office",
        "annex-1, annex-2",
    ),
}


def read(row=2, **cells):
    return entry(row, GOOD | cells, KNOWN)


@pytest.mark.parametrize("case", CELLS)
def test_a_fault_names_the_row_the_column_and_what_would_be_right(case):
    cells, column, right = CELLS[case]
    [fault] = read(7, **cells)
    assert (fault.row, fault.column, right in fault.sentence) == (7, column, True)


def test_every_fault_of_a_line_is_said_at_once():
    faults = read(unit="涧东区", role="组长", email="x", phone="1", since="昨天")
    assert [f.column for f in faults] == ["unit", "role", "email", "phone", "since"]


def test_a_unit_is_never_matched_by_likeness():
    [fault] = read(unit="涧 西区")
    assert fault.rule == "unknown_unit"


def test_wide_characters_and_blanks_are_read_through():
    found = read(
        unit=" 市住建局（物业办）", name="张　三", phone="＋８６ 139-0000-0001", email=" a@x.cn "
    )
    assert (found.unit, found.name, found.phone) == ("ly-housing", "张三", "13900000001")


@pytest.mark.parametrize("word", ["联络员", "liaison", "LIAISON"])
def test_a_role_is_understood_in_both_languages(word):
    assert read(role=word).role == "liaison"


@pytest.mark.parametrize("cell", ["2026-11-13", "2026/11/13", "2026.11.13", "2026年11月13日"])
def test_a_day_begins_at_its_first_minute_and_ends_with_it(cell):
    found = read(since=cell, until=cell)
    assert (found.since, found.until) == (nov(13), nov(14))


@pytest.mark.parametrize(
    "cell", ["2026-11-13 15:00", "2026-11-13T15:00:00", "2026年11月13日 15:00"]
)
def test_an_instant_is_itself_at_both_ends(cell):
    assert read(since=cell).since == read(until=cell).until == nov(13, "15:00")


@pytest.mark.parametrize("number", ["0379-63900000", "037963900000", "(0379)63900000"])
def test_a_landline_with_its_area_code_is_a_phone(number):
    assert read(phone=number).phone.replace("-", "") == "037963900000"


def test_nothing_of_a_person_is_in_how_a_line_or_a_fault_is_shown():
    shown = repr(read(phone="13900000001")) + repr(read(phone="139000000019"))
    assert not [word for word in ("张三", "zhang", "139") if word in shown]


def rules(*lines):
    entries = [read(row, **cells) for row, cells in enumerate(lines, start=2)]
    return [(f.row, f.rule) for f in clashes(entries, nov(12))]


LI = {"name": "李四", "email": "li@x.cn"}


def test_two_liaisons_at_a_time_clash():
    assert rules({}, LI) == [(3, "two_holders")]
    assert rules({"role": "head"}, LI | {"role": "head"}) == [(3, "two_holders")]
    assert rules({"since": "2026-01-01"}, LI | {"since": "2026-11-13"}) == [(3, "two_holders")]


def test_one_after_the_other_or_in_another_place_do_not():
    assert rules({"until": "2026-11-12"}, LI | {"since": "2026-11-13"}) == []
    assert rules({"role": "deputy"}, LI | {"role": "deputy"}) == []
    assert rules({"programme": "luoyang-351"}, LI) == []
    assert rules({"unit": "市住建局（物业办）"}, LI) == []


def test_one_person_twice_in_one_role_clashes_and_in_two_roles_does_not():
    assert rules({}, {}) == [(3, "twice")]
    assert rules({}, {"role": "deputy"}) == []


def test_one_person_has_one_set_of_addresses():
    assert rules({}, {"role": "deputy", "phone": "13900000001"}) == [(3, "contacts_differ")]


def test_a_mailbox_is_read_in_small_letters():
    assert read(email="Zhang@JianXi.example").email == "zhang@jianxi.example"


def test_one_person_whose_mailbox_is_typed_in_two_ways_has_one_set_of_addresses():
    assert rules({}, {"role": "deputy", "email": "ZHANG@jianxi.example"}) == []


def test_a_word_means_what_the_programme_of_its_line_understands_by_it():
    units = {"": WORDS, "p": {"偃师市": {"ly-yanshi"}}, "q": {"偃师市": {"ha-yanshi"}}}
    members = {"p": ["ly-yanshi"], "q": ["ha-yanshi"]}
    known = Known(ZONE, units, [], {"p": [], "q": []}, members)
    lines = [entry(2, GOOD | {"unit": "偃师市", "programme": slug}, known) for slug in ("p", "q")]
    assert [line.unit for line in lines] == ["ly-yanshi", "ha-yanshi"]
