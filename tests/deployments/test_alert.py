"""A deadline nobody made up for: the operator is told once, in words that say what to press."""

import os
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from socket import gethostname
from uuid import uuid4

import pytest

from domain.sentences import say
from domain.wording import say_instant
from models import outbox, run
from models.audit import Change
from models.base import writing
from models.officer import NewOfficer
from tasks import plans
from tests.build import appoint, sql
from tests.deployments import office
from tests.deployments.conftest import looking_into
from tests.deployments.machine import running

pytestmark = pytest.mark.slow
SLUG = "overdue"
OPERATOR = NewOfficer("ly-housing", "operator", "值班甲", "duty@demo.invalid", "")


@pytest.fixture(scope="module")
def due():
    """A deadline that passed while the machine was off."""
    return datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=5)


@pytest.fixture(scope="module")
def machine(due, tmp_path_factory):
    """A machine whose worker hangs: it is there and takes nothing."""
    folder = tmp_path_factory.mktemp("alert")
    office.programme(folder / "programmes", SLUG, due)
    with looking_into(folder / "home"):
        office.working_days()
        office.installed_yesterday()
        settings = {"programmes": str(folder / "programmes"), "alert_after_minutes": "0"}
        with running(folder / "home", **settings) as machine:
            machine.child("worker").suspend()
            appoint([OPERATOR])
            yield machine


@pytest.fixture(scope="module")
def raised(machine):
    return machine.command("run", "reaper")


def sentence(due):
    at = say_instant(due + timedelta(minutes=1), office.ZONE)
    told = say(
        "alert.missed",
        programme=f"试验{SLUG}",
        occasion=office.week(due),
        at=at,
        deployment=f"{SLUG}-office",
    )
    assert "按“Run → " in told  # which button
    return told


def test_the_run_that_finds_it_fails_with_the_sentence_for_the_operator(machine, due, raised):
    assert raised.returncode == 1
    assert sentence(due) in raised.stderr
    assert raised.stderr.endswith(sentence(due) + "\n")
    failed = {"flow_runs": {"state": {"type": {"any_": ["FAILED"]}}}}
    [failure] = machine.ask("/flow_runs/filter", failed)
    assert sentence(due) in failure["state"]["message"]
    # the bundled programmes may have missed something since yesterday too
    every = [f"{SLUG}-office", *(pipeline.name for pipeline in plans.pipelines())]
    again = [r for name in every for r in machine.runs(name) if ":again:" in r["idempotency_key"]]
    assert failure["name"].startswith(f"巡检 · 中断 0 · 重排 {len(again)} ")


def test_the_moment_is_planned_again_for_when_a_worker_comes(machine, due, raised):
    waiting = machine.runs(f"{SLUG}-office", "SCHEDULED")
    [again] = [r for r in waiting if ":again:" in r["idempotency_key"]]
    assert again["name"] == f"周调度 {office.week(due)} · {say('moment.due')}"


def test_the_alert_is_raised_once(machine, raised):
    assert sql("SELECT programme, rule FROM alert") == [(SLUG, "alert.missed")]
    again = machine.command("run", "reaper")
    assert (again.returncode, again.stderr.count("应在")) == (0, 0)
    assert sql("SELECT count(*) FROM alert") == [(1,)]
    assert sql("SELECT kind, role, state FROM message") == [("alert", "operator", "pending")]


def test_a_mail_held_by_a_run_that_died_is_freed_and_the_operator_gets_it(machine, due, raised):
    now = datetime.now(UTC)
    with writing() as session:
        change = Change("runs", "clock", now)
        dead = run.begin_run(session, change, **a_run(pid=2**22 + 1))  # no such process can be
        long_ago = Change("runs", "clock", now - timedelta(hours=7))
        older = run.begin_run(session, long_ago, **a_run(pid=os.getpid()))  # another one's by now
        step = run.begin_step(session, change, dead, "dispatch")
        held = Change(SLUG, "dispatch", now, step)
        assert len(outbox.claim(session, held, now, 3600, 10)) == 1
    assert machine.command("run", "dispatch").returncode == 0
    assert mails(machine) == []  # an hour's lease
    assert machine.command("run", "reaper").returncode == 0
    buried = "SELECT outcome FROM run WHERE id IN (:dead, :older)"
    assert sql(buried, dead=dead, older=older) == [("died",), ("died",)]
    assert machine.command("run", "dispatch").returncode == 0
    [mail] = mails(machine)
    assert mail["To"] == "duty@demo.invalid"
    assert sentence(due) in mail.get_content()


def a_run(pid):
    return {
        "flow_run_id": str(uuid4()),
        "flow": "dispatch",
        "programme": "",
        "office": "",
        "occasion": "",
        "stages": [],
        "as_of": None,
        "reason": "",
        "asked_by": "planner",
        "code_version": "0",
        "programme_version_id": None,
        "host": gethostname(),
        "pid": pid,
    }


def mails(machine):
    folder = machine.home / "outbox" / "email"
    return [message_from_bytes(f.read_bytes(), policy=policy.default) for f in folder.glob("*.eml")]


def test_once_the_worker_is_back_the_work_is_done_and_nothing_is_overdue(machine, due, raised):
    machine.child("worker").resume()
    done = "SELECT count(*) FROM run WHERE programme = :slug AND outcome = 'completed'"
    machine.until(lambda: sql(done, slug=SLUG) != [(0,)], 120, "the run is made up for")
    assert machine.command("run", "reaper").returncode == 0
    assert sql("SELECT count(*) FROM alert") == [(1,)]
