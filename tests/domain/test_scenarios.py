"""The worked scenarios that are about where an obligation stands."""

from datetime import date

import pytest

from domain.clock import due, month_of
from domain.errors import TransitionRefused
from domain.expansion import dues, owing
from domain.history import Event, Kind, admit
from domain.obligation import Flag, State, partition
from domain.periods import parse
from domain.task import Tasks
from domain.unit import DatedName, Member, name_on, streak
from tests.domain.build import (
    CALENDAR,
    DUE,
    FINANCE,
    FRIDAYS,
    GRID,
    JIANXI,
    YANSHI,
    accepted,
    exempted,
    fold,
    history,
    invalid,
    local,
    nov,
    programme,
    repeated,
    returned,
    s2,
    superseded,
    unchecked,
    valid,
)

CLASSES = {JIANXI: "county", YANSHI: "county", FINANCE: "member", GRID: "utility"}


def five(histories, as_of):
    """The partition in the order pending, on time, late, missing, exempt."""
    return list(partition(fold(events, as_of).state for events in histories.values()).values())


def test_s01_four_units_owe_three_forms_at_one_instant():
    members = [Member(unit, code, "") for unit, code in CLASSES.items()]
    owed = {
        (o.form, o.unit) for o in owing(programme(), "office", parse("2026-W46"), members, Tasks())
    }
    county = {("county-weekly", JIANXI), ("county-weekly", YANSHI)}
    assert owed == county | {("member-weekly", FINANCE), ("utility-weekly", GRID)}
    at = dues(programme(), "office", parse("2026-W46"), CALENDAR)
    assert {at[form].due_at for form, _ in owed} == {DUE}


def test_s01_on_thursday_noon_all_four_are_pending():
    assert five(s2(), nov(12, "12:00")) == [4, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("15:59:58", [4, 0, 0, 0, 0]),
        ("15:59:59", [3, 1, 0, 0, 0]),
        ("16:00:00", [2, 2, 0, 0, 0]),
        ("16:00:01", [0, 2, 1, 1, 0]),
        ("23:59:59", [0, 2, 1, 1, 0]),
    ],
)
def test_s02_on_time_to_the_second_and_the_five_add_up(as_of, expected):
    assert five(s2(), nov(13, as_of)) == expected


@pytest.mark.parametrize(
    ("rule", "state"),
    [("first_valid", "late"), ("first_received", "on_time"), ("accepted", "late")],
)
def test_s05_invalid_before_and_valid_after_the_deadline(rule, state):
    sent = invalid(1, nov(13, "15:30"), returned=nov(13, "15:31"))
    events = history(sent, valid(2, nov(13, "16:20")))
    assert fold(events, nov(13, "16:20"), rule).state == state
    assert fold(events, nov(13, "16:20"), rule).content == 2


def test_s05_an_invalid_ledger_not_sent_again_by_the_deadline_is_missing():
    events = history(invalid(1, nov(13, "15:30"), returned=nov(13, "15:31")))
    assert fold(events, nov(13, "15:31")).state is State.PENDING
    assert fold(events, nov(13, "16:00:01")).state is State.MISSING
    assert Flag.RETURNED in fold(events, nov(13, "16:00:01")).flags


def test_s05_when_the_office_accepted_does_not_matter():
    sent = invalid(1, nov(13, "15:30"), returned=nov(13, "15:31"))
    slow = [Event(Kind.CHECKED, nov(16, "09:00"), nov(16, "09:00"), "checks", 2)]
    events = history(sent, unchecked(2, nov(13, "16:20")), slow, accepted(2, nov(16, "10:00")))
    at = fold(events, nov(16, "10:00"), "accepted")
    assert (at.state, at.received_at) == (State.LATE, nov(13, "16:20"))


def test_s06_an_office_return_keeps_the_mark_with_the_flag_returned():
    events = history(valid(1, nov(13, "15:00")), returned(1, nov(16, "10:00")))
    for as_of in (nov(16, "10:00"), nov(18, "23:59:59")):
        at = fold(events, as_of)
        assert (at.state, at.flags) == (State.ON_TIME, {Flag.RETURNED})


def test_s06_resent_within_the_two_working_days_stays_on_time():
    sent_back = [valid(1, nov(13, "15:00")), returned(1, nov(16, "10:00"))]
    events = history(*sent_back, valid(2, nov(17, "11:00")))
    for as_of in (nov(17, "11:00"), nov(19), nov(30)):
        at = fold(events, as_of)
        assert (at.state, at.counted, at.content, at.flags) == (State.ON_TIME, 1, 2, set())


def test_s06_not_resent_by_wednesday_midnight_is_missing_then_late():
    sent_back = [valid(1, nov(13, "15:00")), returned(1, nov(16, "10:00"))]
    events = history(*sent_back, valid(2, nov(19, "11:00")))
    assert fold(events, nov(18, "23:59:59")).state is State.ON_TIME
    assert fold(events, nov(19)).state is State.MISSING
    at = fold(events, nov(19, "11:00"))
    assert (at.state, at.counted, at.content, at.flags) == (State.LATE, 2, 2, set())


def test_s07_a_better_version_after_the_deadline_is_the_content_only():
    first, better = valid(1, nov(13, "15:00")), valid(2, nov(13, "18:00"))
    events = history(first, better, superseded(1, nov(13, "18:00")))
    at = fold(events, nov(13, "18:00"))
    assert (at.state, at.counted, at.content) == (State.ON_TIME, 1, 2)
    assert {e.receipt for e in events if e.kind is Kind.RECEIVED} == {1, 2}


def test_s11_a_document_prints_the_name_of_its_date():
    names = [
        DatedName("yanshi", "偃师市", date(1993, 12, 17), date(2021, 3, 18)),
        DatedName("yanshi", "偃师区", date(2021, 3, 18)),
    ]
    assert name_on(names, "yanshi", date(2021, 2, 28)) == "偃师市"
    assert name_on(names, "yanshi", date(2021, 3, 18)) == "偃师区"
    assert name_on(names, "yanshi", date(2021, 4, 30)) == "偃师区"


def test_s11_a_streak_over_the_change_of_name_is_unbroken():
    weeks = [("2021-W09", False), ("2021-W10", True), ("2021-W11", True), ("2021-W12", True)]
    assert streak(on_time for _, on_time in weeks) == 3


def test_s13_a_week_without_a_working_day_is_exempt_with_the_reason():
    week = due(FRIDAYS, parse("2026-W08"), CALENDAR)
    assert (week.due_at, week.status, week.reason) == (None, "exempt", "due.no_workday")
    opening = local("2026-02-16 08:00")
    start = [Event(Kind.OPENED, opening, opening, "clock"), *exempted(opening)]
    assert five(dict.fromkeys(CLASSES, start), local("2026-02-21 00:00")) == [0, 0, 0, 0, 4]


def test_s14_a_nil_answer_is_on_time_with_the_flag_nil():
    at = fold(history(valid(1, nov(13, "09:00"), nil=True)), nov(13, "09:00"))
    assert (at.state, at.flags) == (State.ON_TIME, {Flag.NIL})


def test_s15_the_same_file_again_changes_nothing():
    events = history(valid(1, nov(13, "15:00")))
    again = [*events, *repeated(1, nov(13, "15:01")), *repeated(1, nov(13, "16:30"))]
    assert fold(again, nov(13, "17:00")) == fold(events, nov(13, "17:00"))


def test_s15_a_receipt_cannot_be_received_twice():
    events = history(valid(1, nov(13, "15:00")), repeated(1, nov(13, "15:01")))
    with pytest.raises(TransitionRefused):
        admit(events, unchecked(1, nov(13, "15:02"))[0])


def test_s18_a_past_as_of_shows_what_was_known_then():
    assert five(s2(), nov(12, "18:00")) == [4, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("occasion", "due_at"), [("2023-W04", "2023-01-28 16:00"), ("2024-W07", "2024-02-18 16:00")]
)
def test_s19_previous_never_leaves_the_reported_week(occasion, due_at):
    week = due(FRIDAYS, parse(occasion), CALENDAR)
    assert (week.due_at, week.reason) == (local(due_at), "due.previous_left_period")


def test_s20_a_week_belongs_to_the_month_of_its_nominal_instant():
    week = due(FRIDAYS, parse("2026-W40"), CALENDAR)
    assert week.due_at == local("2026-09-30 16:00")
    assert (week.nominal_due_at, month_of(week).id) == (local("2026-10-02 16:00"), "2026-10")
