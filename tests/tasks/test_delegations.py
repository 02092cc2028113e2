"""While somebody stands in for a holder, messages go there; the end of it is on record too."""

import pytest

from domain.delegation import Person, Span
from domain.errors import Refused
from models import officer
from models.base import reading, writing
from models.delegation import Delegation
from models.officer import Officer
from models.verify import verify
from tasks.delegations import cancel, stand_in
from tasks.recipients import by_role
from tasks.work import Work
from tests.build import SLUG, WEEK, appoint, change, count, local, nov, person, some_units, sql

NOW = nov(12, "15:00")
POST = ("涧西区", "liaison", "")
DEPUTY = Person(known="deputy@ly-jianxi.example")


@pytest.fixture
def units(database):
    with writing() as session:
        some_units(session)
    appoint([person("ly-jianxi"), person("ly-jianxi", "deputy")])


def told(at, unit="ly-jianxi"):
    """Who is told as liaison at an instant: the number of the person, and of the appointment."""
    with reading() as session:
        held = by_role(session, Work(SLUG, "office", WEEK, at, 1), [unit])
    return [(p.officer, p.id) for p in held[unit, "liaison"]]


def appoint_later(unit, day):
    with writing() as session:
        officer.appoint(session, change(), [person(unit)], local(f"{day} 00:00"))


def test_the_stand_in_is_told_from_the_first_day_to_the_last(units, home):
    stand_in(POST, DEPUTY, Span("2026-11-13", "2026-11-14"), "出差", NOW)
    instants = (NOW, nov(13), nov(14, "23:59:59"), nov(15))
    assert [told(at) for at in instants] == [[(1, 1)], [(2, 1)], [(2, 1)], [(1, 1)]]
    with reading() as session:
        assert verify(session, home) == []


def test_the_newest_word_holds_and_an_end_is_a_row_of_its_own(units, home):
    stand_in(POST, DEPUTY, Span(), "出差", NOW)
    new = Person(name="孙九", email="sun@x.example")
    stand_in(POST, new, Span(), "改由他人", nov(12, "16:00"))
    cancel(POST, "已返回", nov(12, "17:00"))
    instants = (nov(12, "15:30"), nov(12, "16:30"), nov(12, "17:00"))
    assert [told(at) for at in instants] == [[(2, 1)], [(3, 1)], [(1, 1)]]
    assert (count(Delegation), count(Officer)) == (3, 3)
    with reading() as session:
        assert verify(session, home) == []
    with pytest.raises(Refused, match="不用撤销"):
        cancel(POST, "", nov(12, "18:00"))


def test_a_stand_in_without_a_mailbox_makes_the_role_one_without_mail(units):
    stand_in(POST, Person(name="孙九", phone="0379-63900000"), Span(), "出差", NOW)
    with reading() as session:
        [held] = by_role(session, Work(SLUG, "office", WEEK, NOW, 1), ["ly-jianxi"])[
            "ly-jianxi", "liaison"
        ]
    assert held.channels == frozenset()


def test_of_several_holders_one_must_be_named(units):
    appoint([person("ly-jianxi", "deputy", name="另一人", email="two@x.example")])
    post = ("涧西区", "deputy", "")
    with pytest.raises(Refused, match="2 个人"):
        stand_in(post, Person(known="liaison@ly-jianxi.example"), Span(), "出差", NOW)
    named = ("涧西区", "deputy", "two@x.example")
    done = stand_in(named, Person(known="liaison@ly-jianxi.example"), Span(), "出差", NOW)
    assert [post.id for post in done.posts] == [3]


REFUSED = {
    "an end that has passed": (DEPUTY, Span(until="2026-11-11"), "until_before_since"),
    "a day in words": (DEPUTY, Span(since="明天"), "bad_time"),
    "an address nobody has": (Person(known="x@y.example"), Span(), "unknown_person"),
    "a name without an address": (Person(name="孙九"), Span(), "who"),
    "a bad mailbox": (Person(name="孙九", email="sun"), Span(), "bad_email"),
    "the holder": (Person(known="liaison@ly-jianxi.example"), Span(), "himself"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_is_refused_and_leaves_no_trace(case, units):
    who, span, rule = REFUSED[case]
    with pytest.raises(Refused) as refusal:
        stand_in(POST, who, span, "出差", NOW)
    assert refusal.value.key.endswith(f".{rule}")
    assert (count(Delegation), count(Officer)) == (0, 2)


def typed(number):
    """A mobile number as somebody types it."""
    return f"+86 {number[:3]}-{number[3:7]} {number[7:]}"


def test_people_are_found_by_their_addresses_however_they_are_typed(units):
    deputy = person("ly-jianxi", "deputy").phone
    holder = ("涧西区", "liaison", typed(person("ly-jianxi").phone))
    for known in (typed(deputy), "Deputy@LY-jianxi.example", deputy):
        stand_in(holder, Person(known=known), Span(), "出差", NOW)
    assert told(NOW) == [(2, 1)]
    assert count(Officer) == 2


@pytest.mark.parametrize(
    "stranger",
    [
        Person(name="孙 九", email="Sun@x.example"),
        Person(name="孙九", email="sun@x.example"),
        Person(name="孙　九", email=" ｓｕｎ@x.example"),
    ],
)
def test_a_stand_in_is_the_person_of_that_name_and_address_and_not_one_more(units, stranger):
    stand_in(POST, Person(name="孙九", email="sun@x.example"), Span(), "出差", NOW)
    stand_in(POST, stranger, Span(), "改期", nov(12, "16:00"))
    assert count(Officer) == 3


def test_a_colleague_with_a_new_phone_is_the_colleague(units):
    box = "deputy@ly-jianxi.example"
    colleague = Person(name="涧西区deputy", email=box, phone="139 0000 0077")
    stand_in(POST, colleague, Span(), "出差", NOW)
    assert told(NOW) == [(2, 1)]
    assert sql("SELECT email, phone FROM officer WHERE id = 2") == [(box, "13900000077")]


def test_a_stand_in_for_somebody_who_is_still_to_come_can_be_called_off(units):
    appoint_later("ly-yanshi", "2026-12-01")
    post = ("偃师区", "liaison", "")
    stand_in(post, DEPUTY, Span("2026-12-05", "2026-12-10"), "培训", NOW)
    assert told(local("2026-12-06 09:00"), "ly-yanshi") == [(2, 3)]
    cancel(post, "不去了", nov(13))
    assert told(local("2026-12-06 09:00"), "ly-yanshi") == [(3, 3)]
    with pytest.raises(Refused, match="不用撤销"):
        cancel(post, "", nov(14))


def test_of_two_holders_the_one_somebody_stands_in_for_is_meant(units):
    appoint([person("ly-jianxi", "deputy", name="另一人", email="two@x.example")])
    two = Person(known="two@x.example")
    stand_in(("涧西区", "deputy", DEPUTY.known), two, Span(), "出差", NOW)
    [post] = cancel(("涧西区", "deputy", ""), "已返回", nov(13))
    assert post.id == 2


def test_without_anybody_in_the_role_nothing_can_be_called_off(units):
    with pytest.raises(Refused) as refusal:
        cancel(("偃师区", "liaison", ""), "", NOW)
    assert refusal.value.key == "officers.nobody"
