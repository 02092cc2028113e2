"""Running again changes nothing, however often, and neither does running twice at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Barrier

import pytest

from flows.dispatch import dispatch
from flows.weekly import weekly
from models.base import reading
from models.run import Run
from models.verify import verify
from tasks.work import simulated
from tests.build import SLUG, WEEK, contents, count, drop, nov, report, sql
from tests.flows.child import start
from tests.flows.story import story
from tests.flows.week import SENT, messages, run, send, set_up

AT = nov(13, "17:00")
ONCE = {  # R1 to all; R2 and R3, both still in their windows, about the one that has not reported
    ("email", "liaison"): 6,
    ("sms", "liaison"): 2,
    ("email", "deputy"): 1,
    ("sms", "deputy"): 1,
}


def busy(home):
    """Late on Friday: reports of every kind have come, and rungs have passed."""
    set_up()
    run(nov(12, "16:00"))
    for unit, at in SENT.items():
        send(home, unit, nov(13, at))
    send(home, "涧西区", nov(13, "16:30"), "再报.json")
    send(home, "涧西区", nov(13, "16:40"), "更正.json", matters="补充")
    send(home, "老城区", nov(13, "16:50"), **{"milestones-due": 1, "milestones-met": 2})
    drop(home, "不明.json", report("涧东区"), nov(13, "16:55"))


def files(home):
    inbox, out = (home / "inbox").rglob("*"), (home / "outbox").rglob("*")
    return {p.relative_to(home): p.read_bytes() for p in (*inbox, *out) if p.is_file()}


def at_once(*works: Callable[[], object]) -> None:
    """Run all of them at the same moment, each in a thread of its own."""
    start = Barrier(len(works))

    def begin(work):
        start.wait()
        work()

    with ThreadPoolExecutor(len(works)) as threads:
        done = [threads.submit(copy_context().run, begin, work) for work in works]
    for one in done:
        one.result()


@pytest.fixture
def settled(database, home):
    """Everything that was to happen by now has happened."""
    busy(home)
    run(AT)
    return home


def test_twenty_more_runs_of_both_pipelines_change_nothing(home):
    busy(home)
    run(AT)
    rows, there = contents(), files(home)
    ledger = (home / "exports" / SLUG / f"{WEEK}.xlsx").read_bytes()
    for _ in range(20):
        run(AT)
        assert contents() == rows
    assert files(home) == there
    assert (home / "exports" / SLUG / f"{WEEK}.xlsx").read_bytes() == ledger
    assert count(Run) == 44
    with reading() as session:
        assert verify(session, home) == []


def test_two_runs_at_once_after_the_first_change_nothing(settled):
    rows, there = contents(), files(settled)
    with simulated(AT):
        check_in = lambda: weekly(SLUG, occasion=WEEK)  # noqa: E731
        at_once(check_in, check_in, dispatch, dispatch)
    assert (contents(), files(settled)) == (rows, there)


def test_two_first_runs_at_once_come_to_the_same_as_one(database, home):
    busy(home)
    with simulated(AT):
        check_in = lambda: weekly(SLUG, occasion=WEEK)  # noqa: E731
        at_once(check_in, check_in)
        at_once(dispatch, dispatch)
    both = story()
    run(AT)
    assert story() == both
    assert messages("remind") == ONCE
    assert sql("SELECT count(*) FROM receipt") == [(6,)]
    assert sql("SELECT DISTINCT number, outcome FROM attempt") == [(1, "sent")]
    with reading() as session:
        assert verify(session, home) == []


@pytest.mark.slow
def test_two_processes_at_once_come_to_the_same_as_one(database, home):
    busy(home)
    both = [start(AT) for _ in range(2)]
    assert [child.communicate()[0] for child in both] == [b"begins\nends\n"] * 2
    together = story()
    run(AT)
    assert (story(), messages("remind")) == (together, ONCE)
    with reading() as session:
        assert verify(session, home) == []
