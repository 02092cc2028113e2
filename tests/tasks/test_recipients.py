"""Who is told is decided by who holds the role now and has an address."""

from datetime import UTC, timedelta

import pytest

from models.base import engine, reading, writing
from models.officer import appointments_at, contacts
from tasks.recipients import by_role
from tasks.work import Work
from tests.build import SLUG, WEEK, appoint, nov, person, some_units, sql

AT = nov(13, "14:00")
WORK = Work(SLUG, "office", WEEK, AT, 1)


@pytest.fixture
def units(database):
    with writing() as session:
        some_units(session)


def liaisons(at=AT):
    with reading() as session:
        held = by_role(session, Work(SLUG, "office", WEEK, at, 1), ["ly-jianxi", "ly-yanshi"])
    return {unit: [p.officer for p in people] for (unit, _), people in held.items()}


def test_a_successor_is_told_from_the_first_moment_of_the_appointment(units):
    appoint([person("ly-jianxi"), person("ly-jianxi", name="李四")])
    sql("UPDATE appointment SET valid_to = :at WHERE officer_id = 1", at=stored(nov(13)))
    sql("UPDATE appointment SET valid_from = :at WHERE officer_id = 2", at=stored(nov(13)))
    assert liaisons(nov(13) - timedelta(seconds=1)) == {"ly-jianxi": [1]}
    assert liaisons(nov(13)) == {"ly-jianxi": [2]}


def test_an_appointment_entered_later_was_not_known_before(units):
    appoint([person("ly-jianxi")])
    with reading() as session:
        assert appointments_at(session, ["ly-jianxi"], AT, nov(1)) != []
        assert appointments_at(session, ["ly-jianxi"], AT, nov(1) - timedelta(days=1)) == []


@pytest.mark.parametrize(
    ("addresses", "channels"),
    [
        ({}, {"email", "sms"}),
        ({"email": ""}, {"sms"}),
        ({"phone": ""}, {"email"}),
        ({"email": "", "phone": ""}, set()),
    ],
)
def test_a_channel_is_there_when_its_address_is(units, addresses, channels):
    appoint([person("ly-jianxi", **addresses)])
    with reading() as session:
        [held] = by_role(session, WORK, ["ly-jianxi"])["ly-jianxi", "liaison"]
        assert (held.channels, contacts(session, [1])[1].channels) == (channels, channels)


def stored(at):
    """An instant as raw SQL writes it, in UTC."""
    return f"{at.astimezone(UTC):%F %T.%f}+00"[: 26 if engine().dialect.name == "sqlite" else None]
