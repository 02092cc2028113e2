"""Where an obligation stands, beyond the worked scenarios."""

from datetime import UTC, timedelta
from decimal import Decimal

import pytest

from domain.counting import counted_receipt
from domain.history import Event, Kind, known
from domain.obligation import Flag, State, on_time_rate, partition, standing
from tests.domain.build import (
    DUE,
    accepted,
    checked,
    counting,
    exempted,
    extended,
    fold,
    history,
    invalid,
    nov,
    repeated,
    returned,
    superseded,
    unchecked,
    valid,
    withdrawn,
)

IN_TIME = valid(1, nov(13, "15:00"))


def test_a_deadline_is_judged_to_the_second_it_prints():
    half = timedelta(milliseconds=500)
    events = history(valid(1, DUE + half))
    assert fold(events, DUE + half).state is State.ON_TIME
    assert fold(history(), DUE + half).state is State.PENDING


def test_without_a_due_instant_nothing_is_late_or_missing():
    bare = [e for e in history(IN_TIME) if e.kind is not Kind.DUE_SET]
    assert fold(bare[:1], nov(30)).state is State.PENDING
    assert fold(bare, nov(30)).state is State.ON_TIME


def test_an_office_return_before_the_deadline_reopens_the_report():
    events = history(valid(1, nov(13, "10:00")), returned(1, nov(13, "11:00")))
    before, after = fold(events, nov(13, "12:00")), fold(events, nov(13, "16:00:01"))
    assert (before.state, before.flags) == (State.PENDING, {Flag.RETURNED})
    assert (after.state, after.flags) == (State.MISSING, {Flag.RETURNED})


@pytest.mark.parametrize(("resent", "state"), [("15:00", "on_time"), ("16:20", "late")])
def test_what_was_returned_before_the_deadline_counts_when_sent_again(resent, state):
    sent_back = [valid(1, nov(13, "10:00")), returned(1, nov(13, "11:00"))]
    at = fold(history(*sent_back, valid(2, nov(13, resent))), nov(16))
    assert (at.state, at.counted) == (state, 2)


def test_under_first_received_a_return_takes_nothing_away():
    events = history(valid(1, nov(13, "10:00")), returned(1, nov(13, "11:00")))
    assert fold(events, nov(16), "first_received").state is State.ON_TIME


def test_a_second_return_during_the_days_allowed_starts_them_anew():
    first = [IN_TIME, returned(1, nov(16, "10:00"))]
    second = [valid(2, nov(17, "11:00")), returned(2, nov(17, "15:00"))]
    events = history(*first, *second)
    at = fold(events, nov(19, "12:00"))
    assert (at.state, at.counted, at.flags) == (State.ON_TIME, 1, {Flag.RETURNED})
    assert fold(events, nov(20)).state is State.MISSING
    resent = history(*first, *second, valid(3, nov(19, "18:00")))
    assert fold(resent, nov(30)).state is State.ON_TIME


def test_a_second_return_does_not_revive_days_that_ran_out():
    late = [IN_TIME, returned(1, nov(16, "10:00")), valid(2, nov(19, "11:00"))]
    events = history(*late, returned(2, nov(19, "15:00")), valid(3, nov(20, "10:00")))
    assert fold(events, nov(30)).state is State.LATE


def test_days_to_resend_skip_the_weekend():
    events = history(IN_TIME, returned(1, nov(20, "17:00")))
    assert fold(events, nov(24, "23:59:59")).state is State.ON_TIME
    assert fold(events, nov(25)).state is State.MISSING


def test_a_return_sends_back_every_version_so_none_stands_in():
    better = [IN_TIME, valid(2, nov(13, "18:00")), superseded(1, nov(13, "18:00"))]
    events = history(*better, returned(2, nov(16, "10:00")))
    at = fold(events, nov(16, "10:00"))
    assert (at.state, at.content, at.flags) == (State.ON_TIME, 2, {Flag.RETURNED})
    assert fold(events, nov(19)).state is State.MISSING


def test_an_invalid_resend_does_not_answer_a_return():
    wrong = invalid(2, nov(17, "11:00"), returned=nov(17, "11:01"))
    events = history(IN_TIME, returned(1, nov(16, "10:00")), wrong)
    at = fold(events, nov(19))
    assert (at.state, at.content, at.flags) == (State.MISSING, 1, {Flag.RETURNED})


def test_what_comes_in_after_a_return_is_the_content_even_if_it_was_sent_before():
    sent_back = [valid(2, nov(13, "15:30")), returned(2, nov(13, "15:40"))]
    events = history(*sent_back, unchecked(1, nov(13, "15:00"), recorded=nov(13, "15:50")))
    at = fold(events, nov(13, "15:50"))
    assert (at.state, at.counted, at.content) == (State.ON_TIME, 1, 1)


def test_accepting_again_takes_the_return_back():
    events = history(IN_TIME, returned(1, nov(16, "10:00")), accepted(1, nov(20, "09:00")))
    assert fold(events, nov(19, "12:00")).state is State.MISSING
    at = fold(events, nov(20, "09:00"))
    assert (at.state, at.counted, at.flags) == (State.ON_TIME, 1, set())


def test_accepting_the_newest_again_takes_the_return_back_for_every_version():
    better = [IN_TIME, valid(2, nov(13, "18:00")), superseded(1, nov(13, "18:00"))]
    events = history(*better, returned(2, nov(16, "10:00")), accepted(2, nov(17, "10:00")))
    at = fold(events, nov(30))
    assert (at.state, at.counted, at.content, at.flags) == (State.ON_TIME, 1, 2, set())


def test_the_office_may_accept_what_the_checks_sent_back():
    events = history(invalid(1, nov(13, "15:30"), nov(13, "15:31")), accepted(1, nov(16, "09:00")))
    assert fold(events, nov(16, "08:00")).state is State.MISSING
    assert fold(events, nov(16, "09:00")).state is State.ON_TIME


def test_a_late_report_that_is_returned_stays_late_for_the_days_allowed():
    events = history(valid(1, nov(13, "17:00")), returned(1, nov(16, "10:00")))
    assert fold(events, nov(18)).state is State.LATE
    assert fold(events, nov(19)).state is State.MISSING


@pytest.mark.parametrize(
    ("rule", "state"),
    [("first_received", "on_time"), ("first_valid", "on_time"), ("accepted", "missing")],
)
def test_an_unchecked_report_counts_for_now_unless_it_must_be_accepted(rule, state):
    at = fold(history(unchecked(1, nov(13, "15:59"))), nov(13, "16:00:01"), rule)
    assert at.state == state
    assert (Flag.UNCHECKED in at.flags) == (rule != "accepted")


def test_slow_checking_never_makes_a_unit_late():
    slow = [unchecked(1, nov(13, "15:59")), checked(1, nov(18, "09:00"))]
    events = history(*slow, accepted(1, nov(18, "09:00")))
    assert fold(events, nov(18, "09:00"), "accepted").state is State.ON_TIME
    assert counted_receipt(events, counting("accepted"), nov(18, "09:00")) == (1, nov(13, "15:59"))


def test_nothing_counts_before_anything_came():
    assert counted_receipt(history(), counting(), nov(30)) is None


def test_what_was_recorded_later_was_not_known_then():
    events = history(unchecked(1, nov(13, "15:59"), recorded=nov(13, "16:30")))
    assert fold(events, nov(13, "16:10")).state is State.MISSING
    assert fold(events, nov(13, "16:30")).state is State.ON_TIME


def test_a_clock_that_steps_back_does_not_reorder_what_was_written():
    early, late = nov(13, "14:59"), nov(13, "15:00")
    events = [
        *history(unchecked(1, late)),
        Event(Kind.CHECKED, early, early, "checks", 1),
        Event(Kind.RETURNED, early, early, "checks", 1),
    ]
    assert fold(events, nov(13, "17:00")).state is State.MISSING
    assert known(events, late) == events


def test_an_extension_after_the_deadline_makes_a_late_report_on_time():
    late = valid(1, nov(13, "17:00"))
    events = history(late, extended(nov(16, "09:00"), nov(16, "12:00")))
    assert fold(events, nov(13, "17:00")).state is State.LATE
    assert fold(events, nov(16, "09:00")).state is State.ON_TIME


def test_a_shift_of_the_calendar_is_no_extension():
    moved = [Event(Kind.DUE_SET, nov(10), nov(10), "clock", None, nov(16, "16:00"))]
    assert fold(history(moved), nov(11)).flags == set()


@pytest.mark.parametrize("leave", [exempted, withdrawn])
def test_exempted_or_withdrawn_is_exempt_whatever_was_sent(leave):
    for sent in ([], valid(1, nov(13, "10:00")), valid(1, nov(13, "17:00"))):
        at = fold(history(sent, leave(nov(13, "18:00"))), nov(13, "18:00"))
        assert (at.state, at.owed) == (State.EXEMPT, False)


def test_an_exempt_unit_may_still_send_and_stays_exempt():
    events = history(exempted(nov(10)), valid(1, nov(13, "15:00")))
    at = fold(events, nov(13, "17:00"))
    assert (at.state, at.content) == (State.EXEMPT, 1)


def test_a_nil_answer_replaced_by_a_report_is_no_longer_nil():
    events = history(valid(1, nov(13, "09:00"), nil=True), valid(2, nov(13, "15:00")))
    assert fold(events, nov(13, "12:00")).flags == {Flag.NIL}
    assert fold(events, nov(13, "16:00")).flags == set()


def test_a_host_that_reports_to_itself_is_flagged():
    at = standing(history(IN_TIME), counting(), nov(16), self_filed=True)
    assert at.flags == {Flag.SELF_FILED}


@pytest.mark.parametrize(
    ("as_of", "owed"),
    [(nov(13, "16:00"), True), (nov(13, "16:30"), True), (nov(13, "17:00"), False)],
)
def test_pending_and_missing_are_owed_and_late_is_not(as_of, owed):
    assert fold(history(valid(1, nov(13, "17:00"))), as_of).owed is owed


def test_instants_in_another_zone_fold_the_same():
    events = history(IN_TIME, returned(1, nov(16, "01:00")), repeated(1, nov(16, "02:00")))
    utc = [
        Event(e.kind, e.at.astimezone(UTC), e.recorded_at, e.actor, e.receipt, e.due_at, e.nil)
        for e in events
    ]
    for as_of in (nov(18, "23:59:59"), nov(19)):
        assert fold(utc, as_of.astimezone(UTC)) == fold(events, as_of)


def test_an_empty_partition_names_all_five_states():
    assert partition([]) == dict.fromkeys(State, 0)


def test_a_version_in_flight_when_the_office_returns_is_the_resend():
    at = nov(16, "10:01")
    verdict = [Event(Kind.ACCEPTED, at, at, "checks", 2)]
    events = history(
        valid(1, nov(13, "15:00")),
        unchecked(2, nov(16, "09:59")),
        returned(1, nov(16, "10:00")),
        checked(2, at),
        verdict,
    )
    later = fold(events, nov(20, "09:00"))
    assert (later.state, later.content, Flag.RETURNED in later.flags) == (State.ON_TIME, 2, False)


def test_a_returned_report_may_be_sent_again_until_the_end_of_the_second_working_day():
    events = history(valid(1, nov(13, "15:00")), returned(1, nov(16, "10:00")))
    assert fold(events, nov(16, "11:00")).resend_by == nov(19, "00:00")


def test_the_rate_leaves_out_the_exempt_and_what_is_not_due():
    counts = partition([State.ON_TIME] * 3 + [State.LATE, State.EXEMPT, State.PENDING])
    assert on_time_rate(counts) == Decimal("0.75")
    assert on_time_rate(partition([State.EXEMPT])) is None
