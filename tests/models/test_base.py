"""Instants keep their meaning, and a transaction keeps all or nothing."""

from contextlib import suppress
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.exc import DBAPIError, StatementError

from models import installation
from models.base import insert_new, reading, writing
from models.installation import Installation
from models.officer import Officer
from models.unit import Unit
from tests.build import count, nov


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Asia/Urumqi", "America/New_York", "UTC"])
def test_an_instant_comes_back_as_the_same_instant_in_utc(zone, database):
    at = datetime(2026, 11, 13, 16, 0, 0, 123456, tzinfo=ZoneInfo(zone))
    with writing() as session:
        installation.mark(session, True, at)
    with reading() as session:
        found = installation.since(session)
    assert found == at
    assert found.tzinfo is UTC


def test_an_instant_without_a_zone_is_refused(database):
    with pytest.raises(StatementError, match="time zone"), writing() as session:
        installation.mark(session, True, nov(13, "16:00").replace(tzinfo=None))
    assert count(Installation) == 0


def test_an_error_keeps_nothing_of_its_transaction(database):
    with suppress(ZeroDivisionError), writing() as session:
        installation.mark(session, True, nov(1))
        _ = 1 / 0
    assert count(Installation) == 0


def test_what_was_written_while_reading_is_not_kept(database):
    with suppress(DBAPIError), reading() as session:  # PostgreSQL refuses it, SQLite forgets it
        installation.mark(session, True, nov(1))
    assert count(Installation) == 0


def test_a_database_is_for_what_it_was_marked_first(database):
    with writing() as session:
        assert not installation.is_demo(session)
        assert installation.mark(session, True, nov(1))
        assert installation.mark(session, False, nov(2))


def test_rows_that_are_there_already_are_left_out_of_the_answer(database):
    rows = [{"id": unit, "recorded_at": nov(1)} for unit in ("ly-a", "ly-b", "ly-c")]
    with writing() as session:
        assert [row["id"] for row in insert_new(session, Unit, rows[:2])] == ["ly-a", "ly-b"]
        assert insert_new(session, Unit, rows) == [{"id": "ly-c", "recorded_at": nov(1)}]


def test_rows_that_are_all_alike_are_all_written(database):
    row = {"name": "值班室", "email": "", "phone": ""}
    with writing() as session:
        assert len(insert_new(session, Officer, [row, row, row])) == 3
    assert count(Officer) == 3
