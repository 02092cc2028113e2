"""Rungs, quiet hours and digests, beyond the worked scenarios."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.obligation import State
from domain.reminder import (
    Appointment,
    Reminder,
    digest,
    due_actions,
    handover_at,
    holders,
    instant_of,
    plan,
)
from domain.sentences import say
from tests.domain.build import DUE, GRID, LADDER, SENDING, fold, history, local, nov, valid

R1, R2, R3, R4 = LADDER
A = Appointment(1, GRID, "liaison", frozenset({"email", "sms"}), nov(1), nov(13))
B = Appointment(2, GRID, "liaison", frozenset({"email", "sms"}), nov(13))


def test_the_rungs_of_fixture_f_fall_where_the_ladder_says():
    assert [instant_of(rung, DUE, SENDING) for rung in LADDER] == [
        nov(12, "16:00"),
        nov(13, "14:00"),
        nov(13, "17:00"),
        nov(16, "09:00"),
    ]


def test_every_role_of_a_rung_has_its_own_reminder():
    rows = [(r.rung, r.role) for r in plan(LADDER, 1, DUE, SENDING)]
    r3 = [("R3", "liaison"), ("R3", "deputy")]
    assert rows == [("R1", "liaison"), ("R2", "liaison"), *r3, ("R4", "head")]


@pytest.mark.parametrize(
    ("instant", "allowed"),
    [
        (nov(12, "07:59:59"), nov(12, "08:00")),
        (nov(12, "08:00"), nov(12, "08:00")),
        (nov(12, "20:59:59"), nov(12, "20:59:59")),
        (nov(12, "21:00"), nov(13, "08:00")),
        (nov(13, "21:00"), nov(16, "08:00")),
        (nov(14, "12:00"), nov(16, "08:00")),
    ],
)
def test_nothing_is_sent_at_night_or_on_a_day_off(instant, allowed):
    assert SENDING.allowed_from(instant) == allowed


def test_a_rung_on_a_weekend_moves_to_monday_morning():
    monday_noon = nov(16, "12:00")
    assert instant_of(R1, monday_noon, SENDING) == nov(16, "08:00")


def test_rungs_around_a_make_up_sunday_stay_on_working_days():
    due_at = local("2024-02-18 16:00")
    assert instant_of(R1, due_at, SENDING) == local("2024-02-18 08:00")
    assert instant_of(R2, due_at, SENDING) == local("2024-02-18 14:00")
    assert instant_of(R4, due_at, SENDING) == local("2024-02-19 09:00")


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (nov(12, "16:00"), nov(12, "20:00")),
        (nov(12, "17:00"), nov(12, "21:00")),
        (nov(12, "19:00"), nov(13, "10:00")),
        (nov(13, "19:00"), nov(16, "10:00")),
        (nov(12, "23:00"), nov(13, "12:00")),
    ],
)
def test_quiet_hours_do_not_use_up_the_catch_up_window(start, end):
    assert SENDING.catch_up_end(start) == end


def test_a_long_catch_up_window_spans_several_days():
    patient = replace(SENDING, catch_up=timedelta(hours=30))
    assert patient.catch_up_end(nov(12, "17:00")) == nov(16, "21:00")


def test_without_catch_up_a_rung_is_told_at_its_instant_or_never():
    punctual = replace(SENDING, catch_up=timedelta())
    r1 = next(plan([R1], 1, DUE, punctual))
    assert r1.not_before == r1.until == nov(12, "16:00")


@pytest.mark.parametrize(
    ("now", "act"),
    [
        (nov(12, "15:59:59"), "wait"),
        (nov(12, "16:00"), "tell"),
        (nov(12, "20:00"), "tell"),
        (nov(12, "20:00:01"), "drop"),
    ],
)
def test_a_rung_is_told_within_its_window(now, act):
    r1 = next(plan([R1], 1, DUE, SENDING))
    assert [a.act for a in due_actions([r1], {1: fold(history(), now)}, now, SENDING)] == [act]


def test_a_report_that_came_clears_a_rung_only_when_its_time_comes():
    r1, r2 = plan([R1, R2], 1, DUE, SENDING)
    events = history(valid(1, nov(12, "10:00")))
    for now, acts in ((nov(12, "16:00"), ["clear", "wait"]), (nov(16), ["clear", "clear"])):
        assert [a.act for a in due_actions([r1, r2], {1: fold(events, now)}, now, SENDING)] == acts


@pytest.mark.parametrize("state", [State.ON_TIME, State.LATE, State.EXEMPT])
def test_every_reason_to_clear_has_a_sentence(state):
    assert say(f"reminder.cleared_{state}")


def test_a_role_changes_hands_at_midnight():
    assert holders([A, B], GRID, "liaison", nov(12, "23:59:59")) == [A]
    assert holders([A, B], GRID, "liaison", nov(13)) == [B]
    assert holders([A, B], GRID, "head", nov(13)) == []


def test_a_person_gets_one_message_a_channel_and_slot_that_names_every_report():
    one, two = (next(plan([R2], n, DUE, SENDING)) for n in (1, 2))
    told = digest([(two, B, R2.channels), (one, B, R2.channels)])
    assert [(t.officer, t.channel, t.slot) for t in told] == [
        (2, "email", nov(13, "14:00")),
        (2, "sms", nov(13, "14:00")),
    ]
    assert [[r.obligation for r in t.reminders] for t in told] == [[1, 2], [1, 2]]


def test_reports_due_at_different_times_are_told_in_different_messages():
    four = next(plan([R1], 1, DUE, SENDING))
    six = next(plan([R1], 2, DUE + timedelta(hours=2), SENDING))
    slots = [t.slot for t in digest([(four, B, R1.channels), (six, B, R1.channels)])]
    assert slots == [nov(12, "16:00"), nov(12, "18:00")]


def test_a_channel_a_person_does_not_have_is_left_out():
    mail_only = replace(B, channels=frozenset({"email"}))
    r2 = next(plan([R2], 1, DUE, SENDING))
    assert [t.channel for t in digest([(r2, mail_only, R2.channels)])] == ["email"]
    assert digest([(r2, replace(B, channels=frozenset()), R2.channels)]) == []


def test_a_successor_by_day_gets_the_hand_over_at_once():
    r1 = Reminder(1, "liaison", "R1", nov(12, "16:00"), nov(12, "20:00"))
    assert handover_at(replace(B, valid_from=nov(13, "10:30")), [r1], SENDING) == nov(13, "10:30")


def test_a_successor_in_another_role_gets_no_hand_over():
    r1 = Reminder(1, "liaison", "R1", nov(12, "16:00"), nov(12, "20:00"))
    assert handover_at(replace(B, role="deputy"), [r1], SENDING) is None
    assert handover_at(B, [], SENDING) is None


def test_the_working_day_before_a_monday_is_friday():
    nine = nov(1, "09:00").time()
    assert SENDING.day_before(nov(16, "12:00"), nine) == nov(13, "09:00")
