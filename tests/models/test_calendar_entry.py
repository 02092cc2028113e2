"""A calendar is told again when something changed, and only then; what is gone is taken back."""

from dataclasses import replace

import pytest
from sqlalchemy import event

from models.base import engine, writing
from models.calendar_entry import CalendarEntry, Handout, Turn, gone, next_sequences
from tests.build import count, nov

SCOPE = "luoyang-renewal/2026"
UID = "luoyang-renewal/office/weekly-county/2026-W47/ly-jianxi"
ENTRY = Handout(UID, SCOPE, "ly-jianxi", nov(20, "16:00"), "报送：周调度 2026-W47", "confirmed")
OTHER = replace(ENTRY, uid=UID.replace("jianxi", "yanshi"), unit="ly-yanshi")
FIRST, LATER, LAST = nov(1), nov(2), nov(3)


def hand_out(*wanted, at=FIRST):
    with writing() as session:
        return next_sequences(session, wanted, at)


def take_back(*owed, at=LATER, scope=SCOPE):
    with writing() as session:
        return gone(session, scope, owed, at)


def test_what_was_never_handed_out_begins_at_nought(database):
    assert hand_out(ENTRY) == {UID: Turn(0, FIRST)}


def test_what_did_not_change_keeps_its_sequence_and_its_instant(database):
    hand_out(ENTRY)
    assert hand_out(ENTRY, at=LATER) == {UID: Turn(0, FIRST)}


@pytest.mark.parametrize(
    "change",
    [{"due_at": nov(19, "16:00")}, {"status": "provisional"}, {"summary": "报送：周报"}],
    ids=["due", "status", "summary"],
)
def test_what_changed_takes_the_next_sequence_once(database, change):
    hand_out(ENTRY, OTHER)
    changed = replace(ENTRY, **change)
    turns = {UID: Turn(1, LATER), OTHER.uid: Turn(0, FIRST)}
    assert hand_out(changed, OTHER, at=LATER) == turns
    assert hand_out(changed, OTHER, at=LAST) == turns


def test_a_change_that_is_taken_back_is_a_change(database):
    hand_out(ENTRY)
    hand_out(replace(ENTRY, due_at=nov(19)), at=LATER)
    assert hand_out(ENTRY, at=LAST) == {UID: Turn(2, LAST)}


def test_the_same_instant_in_another_zone_is_no_change(database):
    hand_out(ENTRY)
    utc = replace(ENTRY, due_at=ENTRY.due_at.astimezone(None))
    assert hand_out(utc, at=LATER) == {UID: Turn(0, FIRST)}


def test_a_uid_wanted_twice_is_kept_once(database):
    assert hand_out(ENTRY, ENTRY) == {UID: Turn(0, FIRST)}
    assert count(CalendarEntry) == 1


def test_what_is_no_longer_owed_is_cancelled_with_the_next_sequence(database):
    hand_out(ENTRY, OTHER)
    cancelled = replace(ENTRY, status="cancelled")
    assert take_back(OTHER.uid) == {UID: (cancelled, Turn(1, LATER))}
    assert hand_out(OTHER, at=LAST) == {OTHER.uid: Turn(0, FIRST)}


def test_a_calendar_fetched_again_says_the_same_of_what_is_gone(database):
    hand_out(ENTRY)
    assert take_back(at=LATER) == take_back(at=LAST)


def test_what_is_owed_again_takes_the_sequence_after_the_cancellation(database):
    hand_out(ENTRY)
    take_back()
    assert hand_out(ENTRY, at=LAST) == {UID: Turn(2, LAST)}
    assert take_back(UID, at=LAST) == {}


def test_another_programme_or_year_is_left_alone(database):
    hand_out(ENTRY, replace(OTHER, scope="luoyang-renewal/2027"))
    assert [*take_back()] == [UID]
    assert take_back(OTHER.uid, scope="luoyang-renewal/2027") == {}


def test_nothing_wanted_is_nothing_done(database):
    assert hand_out() == {}
    assert take_back() == {}


def test_a_year_of_many_units_takes_a_few_statements(database):
    wanted = [replace(ENTRY, uid=f"{UID}-{n:05}") for n in range(12_000)]
    hand_out(*wanted)
    moved = [replace(handout, due_at=nov(19)) for handout in wanted]
    statements = []
    event.listen(engine(), "before_cursor_execute", lambda *call: statements.append(call))
    assert {turn.sequence for turn in hand_out(*moved, at=LATER).values()} == {1}
    assert len(statements) < 20
