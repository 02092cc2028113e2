"""Deciding who is told what: a run with an old picture of what is due tells nobody twice."""

import pytest

from models.base import writing
from models.officer import AppointmentRow, Officer
from tasks import openings, receipts, reminders, verdicts
from tasks.work import Work, simulated
from tests.build import NAMES, SLUG, START, WEEK, demo, drop, nov, report, some_units, sql

R1 = nov(12, "16:00")
WORK = Work(SLUG, "office", WEEK, R1, 1)


@pytest.fixture
def one_person_for_all(database):
    """The week is open and one liaison answers for all four units."""
    demo()
    held = {"role": "liaison", "valid_from": START, "confirmed_at": START, "recorded_at": START}
    with writing() as session:
        some_units(session)
        session.add(Officer(id=1, name="张三", email="zhang@luoyang.example", phone=""))
        session.flush()
        session.add_all(AppointmentRow(officer_id=1, unit_id=unit, **held) for unit in NAMES)
    openings.open_obligations.fn(WORK, openings.owing_units(WORK))


def collect(home, unit):
    drop(home, f"{unit}.json", report(unit), R1)
    with simulated(R1):
        receipts.collect.fn(WORK, receipts.waiting(WORK))
        verdicts.validate.fn(WORK, verdicts.unchecked(WORK))


def messages():
    found = "SELECT message_id, count(*) FROM message_subject WHERE receipt_id IS NULL"
    return sql(f"{found} GROUP BY message_id")


def test_one_person_is_told_of_all_units_in_one_message(one_person_for_all):
    assert reminders.remind.fn(WORK, reminders.due_reminders(WORK)) == {"tell": 4}
    assert messages() == [(1, 4)]


def test_a_run_that_saw_the_same_reminders_due_tells_nobody_again(one_person_for_all, home):
    seen = reminders.due_reminders(WORK)
    reminders.remind.fn(WORK, seen)
    collect(home, "涧西区")
    reminders.remind.fn(WORK, seen)  # another run, that looked before the first one wrote
    assert messages() == [(1, 4)]
    assert sql("SELECT DISTINCT state FROM reminder WHERE rung = 'R1'") == [("queued",)]


def test_what_was_reported_before_is_cleared_and_not_told(one_person_for_all, home):
    collect(home, "涧西区")
    assert reminders.remind.fn(WORK, reminders.due_reminders(WORK)) == {"tell": 3, "clear": 1}
    assert sql("SELECT count(*) FROM reminder WHERE state = 'cleared'") == [(1,)]


def test_a_role_that_nobody_holds_is_dropped_with_the_reason(one_person_for_all):
    sql("DELETE FROM appointment WHERE unit_id = 'ly-grid'")
    reminders.remind.fn(WORK, reminders.due_reminders(WORK))
    dropped = sql("SELECT state, reason FROM reminder WHERE state NOT IN ('planned', 'queued')")
    assert dropped == [("dropped", "reminder.nobody")]
