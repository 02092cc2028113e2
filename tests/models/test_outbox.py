"""A message is held by one worker at a time, and goes out again with the same bytes (S16)."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from models import message, outbox
from models.audit import Change
from models.base import reading, writing
from models.message import Draft, Message, Subject
from models.outbox import Attempt
from models.verify import verify
from tests.build import SLUG, appoint, count, nov, person, some_obligations, some_units, sql

SLOT = nov(12, "16:00")
DRAFT = Draft(SLUG, "office", "remind", "email", 1, "liaison", SLOT, ())
LEASE = 60


def drafts(number):
    return [replace(DRAFT, not_before=SLOT - timedelta(minutes=n)) for n in range(number)]


def step(at):
    return Change(SLUG, "dispatch", at)


def put(waiting):
    with writing() as session:
        return message.put(session, step(SLOT), waiting)


def claim(at=SLOT, limit=10):
    with writing() as session:
        return outbox.claim(session, step(at), at, LEASE, limit)


def attempt(claimed, at=SLOT):
    """Claimed messages are frozen and about to be sent; the attempt of each."""
    with writing() as session:
        bodies = {m.id: m.body or f"第{m.id}封".encode() for m in claimed}
        outbox.freeze(session, {id: body for id, body in bodies.items()})
        return outbox.begin_attempts(session, step(at), bodies)


@pytest.fixture
def queue(database):
    with writing() as session:
        some_units(session)
    appoint([person("ly-jianxi")])


def test_a_message_decided_twice_is_one_message(queue):
    assert (put([DRAFT, DRAFT]), put([DRAFT]), count(Message)) == (1, 0, 1)


def test_messages_about_something_else_are_other_messages(database):
    with writing() as session:
        ids = [row["id"] for row in some_obligations(session)]
    appoint([person("ly-jianxi")])
    about = [replace(DRAFT, subjects=(Subject(id),)) for id in ids]
    assert (put(about), put([replace(DRAFT, channel="sms", subjects=(Subject(ids[0]),))])) == (4, 1)
    assert {m.subjects for m in claim()} == {d.subjects for d in about} | {(Subject(ids[0]),)}


def test_claimers_at_once_never_get_the_same_message(queue):
    put(drafts(120))

    def work(_):
        taken = []
        while claimed := claim(limit=7):
            taken += [m.id for m in claimed]
        return taken

    with ThreadPoolExecutor(4) as threads:
        taken = [id for ids in threads.map(work, range(4)) for id in ids]
    assert sorted(taken) == list(range(1, 121))


def test_nothing_is_claimed_before_its_instant(queue):
    put([DRAFT])
    assert claim(SLOT - timedelta(seconds=1)) == []
    assert len(claim(SLOT)) == 1


def test_the_lease_of_a_worker_that_never_came_back_goes_to_the_next(queue):
    put([DRAFT])
    first = claim()
    assert claim(SLOT + timedelta(seconds=LEASE - 1)) == []
    assert claim(SLOT + timedelta(seconds=LEASE)) == first


def test_an_attempt_left_open_becomes_unknown_and_the_next_has_the_same_bytes(queue):
    put([DRAFT])
    attempt(claim())
    later = SLOT + timedelta(seconds=LEASE + 1)
    [again] = claim(later)
    assert (again.key, again.body) == (DRAFT.key, b"\xe7\xac\xac1\xe5\xb0\x81")
    attempt([again], later)
    rows = sql("SELECT number, outcome, body_sha256 FROM attempt ORDER BY id")
    assert [row[:2] for row in rows] == [(1, "unknown"), (2, "started")]
    assert rows[0][2] == rows[1][2]


def test_a_closed_attempt_stays_what_it_was(queue):
    put([DRAFT])
    [id] = attempt(claim()).values()
    with writing() as session:
        outbox.close_attempts(session, step(SLOT), [id], "failed", "smtp-451")
    attempt(claim(SLOT + timedelta(seconds=LEASE)))
    outcomes = sql("SELECT outcome, error FROM attempt ORDER BY id")
    assert outcomes == [("failed", "smtp-451"), ("started", "")]


@pytest.mark.parametrize("state", ["sent", "failed", "cleared"])
def test_a_settled_message_is_never_claimed_again(queue, state):
    put([DRAFT])
    with writing() as session:
        outbox.settle(session, [1], state)
    assert claim(SLOT + timedelta(days=1)) == []


def test_attempts_are_under_audit(queue, home):
    put(drafts(3))
    ids = attempt(claim())
    with writing() as session:
        outbox.close_attempts(session, step(SLOT), ids.values(), "sent", "")
    assert count(Attempt) == 3
    with reading() as session:
        assert verify(session, home) == []
    sql("UPDATE attempt SET outcome = 'failed' WHERE id = 2")
    with reading() as session:
        assert [d.row for d in verify(session, home)] == ["2"]
