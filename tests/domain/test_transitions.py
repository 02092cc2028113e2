"""What may follow what, written out once more so that a change of the table is a decision."""

import pytest

from domain.counting import verdict
from domain.errors import TransitionRefused
from domain.history import Event, Kind, admit
from tests.domain.build import (
    accepted,
    checked,
    exempted,
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

LATER = nov(20)
SENT = unchecked(1, nov(13, "15:00"))
RECEIPT_KINDS = {"received", "repeated", "checked", "returned", "accepted", "superseded"}


def admitted(events, receipt=None):
    """The kinds the table lets follow a history."""
    return {kind.value for kind in Kind if _admits(events, Event(kind, LATER, LATER, "", receipt))}


def _admits(events, new):
    try:
        admit(events, new)
    except TransitionRefused:
        return False
    return True


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([], {"opened"}),
        (history(), {"announced", "due_set", "exempted", "withdrawn"}),
        (history(exempted(nov(10))), {"due_set", "withdrawn"}),
        (history(withdrawn(nov(10))), set()),
        (history(exempted(nov(10)), withdrawn(nov(11))), set()),
    ],
    ids=["none", "open", "exempt", "withdrawn", "exempt and withdrawn"],
)
def test_what_may_happen_to_an_obligation_in_each_phase(events, expected):
    assert admitted(events) == expected


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        (history(), {"received"}),
        (history(SENT), {"repeated", "checked"}),
        (history(SENT, checked(1, LATER)), {"repeated", "accepted", "returned"}),
        (history(valid(1, nov(13))), {"repeated", "returned", "superseded"}),
        (history(invalid(1, nov(13), nov(13))), {"repeated", "accepted"}),
        (history(valid(1, nov(13)), returned(1, nov(16))), {"repeated", "accepted"}),
        (history(valid(1, nov(13)), superseded(1, nov(16))), {"repeated", "returned"}),
    ],
    ids=["new", "received", "checked", "accepted", "sent back", "returned", "superseded"],
)
def test_what_may_happen_to_a_receipt_after_each_step(events, expected):
    assert admitted(events, receipt=1) == expected


@pytest.mark.parametrize("leave", [exempted, withdrawn])
def test_an_obligation_that_is_closed_still_takes_in_what_is_sent(leave):
    assert admitted(history(leave(nov(10))), receipt=1) == {"received"}


def test_nothing_is_received_before_the_obligation_is_opened():
    assert admitted([], receipt=1) == set()


def test_a_repeat_does_not_change_what_may_follow():
    events = history(SENT, repeated(1, nov(13, "15:10")))
    assert admitted(events, receipt=1) == {"repeated", "checked"}


def test_one_receipt_does_not_answer_for_another():
    assert admitted(history(valid(1, nov(13))), receipt=2) == {"received"}


def test_a_receipt_event_must_name_its_receipt():
    assert admitted(history()) & RECEIPT_KINDS == set()


def test_a_refusal_says_what_was_refused_and_after_what():
    events = history(SENT, checked(1, nov(13)), accepted(1, nov(13)))
    with pytest.raises(TransitionRefused) as refused:
        admit(events, Event(Kind.CHECKED, LATER, LATER, "checks", 1))
    assert refused.value.values == {"kind": "校验", "phase": "进行中", "last": "通过"}


@pytest.mark.parametrize("passed", [True, False])
def test_what_the_checks_write_is_admitted(passed):
    events = history(valid(1, nov(13, "15:00")), unchecked(2, nov(13, "15:30")))
    for kind, receipt in verdict(events, 2, passed):
        new = Event(kind, LATER, LATER, "checks", receipt)
        admit(events, new)
        events.append(new)
    assert events[-1].kind is (Kind.SUPERSEDED if passed else Kind.RETURNED)


def test_a_third_version_supersedes_the_second_only():
    two = [valid(1, nov(13, "10:00")), valid(2, nov(13, "11:00")), superseded(1, nov(13, "11:00"))]
    events = history(*two, unchecked(3, nov(13, "12:00")))
    assert verdict(events, 3, True)[2:] == [(Kind.SUPERSEDED, 2)]


def test_an_older_version_checked_last_does_not_supersede_a_newer_one():
    events = history(unchecked(1, nov(13, "10:00")), valid(2, nov(13, "11:00")))
    assert verdict(events, 1, True) == [(Kind.CHECKED, 1), (Kind.ACCEPTED, 1)]


def test_a_resend_does_not_supersede_what_was_sent_back():
    sent_back = [valid(1, nov(13, "15:00")), returned(1, nov(16, "10:00"))]
    events = history(*sent_back, unchecked(2, nov(17, "11:00")))
    assert verdict(events, 2, True) == [(Kind.CHECKED, 2), (Kind.ACCEPTED, 2)]


def test_a_report_with_errors_is_returned_and_supersedes_nothing():
    events = history(valid(1, nov(13, "15:00")), unchecked(2, nov(13, "15:30")))
    assert verdict(events, 2, False) == [(Kind.CHECKED, 2), (Kind.RETURNED, 2)]
