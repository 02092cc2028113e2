"""The worked scenarios that are about who is told what and when."""

from dataclasses import replace

from domain.obligation import Flag, State
from domain.reminder import Appointment
from tests.domain.build import (
    CHANHE,
    DEBTORS,
    FINANCE,
    GRID,
    YANSHI,
    exempted,
    extended,
    fold,
    history,
    invalid,
    nov,
    s2,
    valid,
)
from tests.domain.desk import BOTH, Desk, officer, staff


def test_s03_each_rung_tells_only_those_who_still_owe_and_only_once():
    desk = Desk(s2(), staff(*DEBTORS))
    desk.run_hourly(nov(12, "08:00"), nov(17, "20:00"))
    assert desk.tally() == {
        (nov(12, "16:00"), "R1", "email"): 4,
        (nov(13, "14:00"), "R2", "email"): 4,
        (nov(13, "14:00"), "R2", "sms"): 4,
        (nov(13, "17:00"), "R3", "email"): 2,
        (nov(13, "17:00"), "R3", "sms"): 2,
        (nov(16, "09:00"), "R4", "email"): 1,
    }


def test_s03_after_the_deadline_it_is_the_liaison_and_deputy_then_the_head():
    desk = Desk(s2(), staff(*DEBTORS))
    desk.run(nov(12, "16:00"), nov(13, "14:00"), nov(13, "17:00"), nov(16, "09:00"))
    by_rung = {rung: {s.officer for s in desk.sent if s.what == rung} for rung in ("R3", "R4")}
    assert by_rung["R3"] == {officer(GRID, "liaison"), officer(GRID, "deputy")}
    assert by_rung["R4"] == {officer(GRID, "head")}


def test_s04_a_rung_missed_by_two_hours_goes_out_once():
    desk = Desk(s2(), staff(*DEBTORS))
    desk.run(nov(12, "12:00"), nov(12, "18:00"), nov(12, "18:01"), nov(12, "20:00"))
    assert desk.tally() == {(nov(12, "18:00"), "R1", "email"): 4}


def test_s04_a_rung_missed_by_a_night_is_dropped_with_the_reason():
    desk = Desk(s2(), staff(*DEBTORS))
    desk.run(nov(12, "12:00"), nov(13, "09:00"))
    assert desk.outcome(GRID, "R1") == ("drop", "reminder.window_passed")
    desk.run(nov(13, "14:00"))
    assert {s.what for s in desk.sent} == {"R2"}


def test_s08_an_extension_moves_what_was_not_told_and_is_corrected_once():
    more_time = extended(nov(13, "10:00"), nov(16, "12:00"))
    desk = Desk({FINANCE: history(more_time)}, staff(FINANCE))
    desk.run_hourly(nov(12, "08:00"), nov(16, "11:00"))
    assert desk.tally() == {
        (nov(12, "16:00"), "R1", "email"): 1,
        (nov(13, "10:00"), "correction", "email"): 1,
        (nov(16, "10:00"), "R2", "email"): 1,
        (nov(16, "10:00"), "R2", "sms"): 1,
    }


def test_s08_after_the_old_deadline_it_is_pending_and_extended():
    events = history(extended(nov(13, "10:00"), nov(16, "12:00")))
    at = fold(events, nov(13, "16:00:01"))
    assert (at.state, at.due_at) == (State.PENDING, nov(16, "12:00"))
    assert at.flags == {Flag.EXTENDED}
    assert fold(events, nov(16, "12:00:01")).state is State.MISSING


def test_s09_a_successor_gets_one_hand_over_and_the_rungs_from_then_on():
    first, *others = staff(GRID)
    a = replace(first, valid_to=nov(13))
    b = Appointment(99, GRID, "liaison", BOTH, nov(13))
    desk = Desk({GRID: history()}, [a, b, *others])
    desk.run_hourly(nov(12, "08:00"), nov(13, "17:00"))
    mails = [(s.at, s.what, s.officer) for s in desk.sent if s.channel == "email"]
    assert mails == [
        (nov(12, "16:00"), "R1", a.officer),
        (nov(13, "08:00"), "handover", 99),
        (nov(13, "14:00"), "R2", 99),
        (nov(13, "17:00"), "R3", officer(GRID, "deputy")),
        (nov(13, "17:00"), "R3", 99),
    ]


def test_s09_a_successor_before_the_first_rung_needs_no_hand_over():
    first, *others = staff(GRID)
    b = Appointment(99, GRID, "liaison", BOTH, nov(11))
    desk = Desk({GRID: history()}, [replace(first, valid_to=nov(11)), b, *others])
    desk.run_hourly(nov(10, "08:00"), nov(12, "16:00"))
    assert [(s.what, s.officer) for s in desk.sent] == [("R1", 99)]


def test_s13_nobody_is_reminded_of_an_exempt_report():
    desk = Desk({GRID: history(exempted(nov(10, "09:00")))}, staff(GRID))
    desk.run_hourly(nov(12, "08:00"), nov(16, "10:00"))
    assert desk.sent == []
    assert desk.outcome(GRID, "R1") == ("clear", "reminder.cleared_exempt")


def test_s14_the_rung_after_a_nil_answer_is_cleared():
    desk = Desk({GRID: history(valid(1, nov(13, "09:00"), nil=True))}, staff(GRID))
    desk.run_hourly(nov(12, "08:00"), nov(16, "10:00"))
    assert {s.what for s in desk.sent} == {"R1"}
    assert desk.outcome(GRID, "R2") == ("clear", "reminder.cleared_on_time")


def test_s17_the_office_is_told_once_of_a_unit_nobody_can_reach():
    nobody = [replace(p, channels=frozenset()) for p in staff(CHANHE)]
    desk = Desk({CHANHE: history()}, nobody)
    desk.run_hourly(nov(11, "08:00"), nov(16, "10:00"))
    assert desk.tally() == {(nov(12, "09:00"), "unreachable", "email"): 1}
    assert fold(desk.histories[CHANHE], nov(16, "10:00")).state is State.MISSING


def test_a_report_sent_back_before_the_deadline_is_still_reminded_of_after_it():
    sent_back = invalid(1, nov(13, "15:30"), returned=nov(13, "15:31"))
    desk = Desk({YANSHI: history(sent_back)}, staff(YANSHI))
    desk.run(nov(12, "16:00"), nov(13, "14:00"), nov(13, "15:30"), nov(13, "17:00"))
    assert "R3" in {s.what for s in desk.sent}
