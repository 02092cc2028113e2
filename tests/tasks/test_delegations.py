"""While somebody stands in for a holder, messages go there; the end of it is on record too."""

import pytest

from domain.delegation import Person, Span
from domain.errors import Refused
from models.base import reading, writing
from models.delegation import Delegation
from models.officer import Officer
from models.verify import verify
from tasks.delegations import cancel, stand_in
from tasks.recipients import by_role
from tasks.work import Work
from tests.build import SLUG, WEEK, appoint, count, nov, person, some_units

NOW = nov(12, "15:00")
POST = ("涧西区", "liaison", "")
DEPUTY = Person(known="deputy@ly-jianxi.example")


@pytest.fixture
def units(database):
    with writing() as session:
        some_units(session)
    appoint([person("ly-jianxi"), person("ly-jianxi", "deputy")])


def told(at):
    """Who is told as liaison at an instant: the number of the person."""
    with reading() as session:
        held = by_role(session, Work(SLUG, "office", WEEK, at, 1), ["ly-jianxi"])
    return [(p.officer, p.id) for p in held["ly-jianxi", "liaison"]]


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
