"""The planned runs are those of the agenda, and they start when they are due."""

from datetime import UTC, datetime, timedelta

import psutil
import pytest

from domain.agenda import moments
from domain.history import Kind
from domain.sentences import say
from models.audit import Change
from models.base import reading, writing
from models.workday import Override, enter, workdays
from programmes.load import load
from tests.build import sql
from tests.deployments import office
from tests.deployments.conftest import looking_into
from tests.deployments.machine import running

pytestmark = pytest.mark.slow
AHEAD = timedelta(days=35)
SECOND = timedelta(seconds=1)
OWN, BUNDLED = "near", "luoyang-renewal"
HEARTBEATS = {"dispatch", "reaper", "planner"}


@pytest.fixture(scope="module")
def due():
    """A due instant the machine is up before."""
    return datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=200)


@pytest.fixture(scope="module")
def machine(due, tmp_path_factory):
    folder = tmp_path_factory.mktemp("plan")
    office.programme(folder / "programmes", OWN, due)
    with looking_into(folder / "home"):
        office.working_days()
        with running(folder / "home", programmes=str(folder / "programmes")) as machine:
            machine.began = datetime.now(UTC)
            yield machine


def planned(machine, slug, after):
    """What is planned of a programme from an instant on: key, start, name, occasion."""
    found = {}
    for run in machine.runs(f"{slug}-office", "SCHEDULED"):
        at = datetime.fromisoformat(run["expected_start_time"])
        if "计划" in run["tags"] and at > after:
            found[run["idempotency_key"]] = (at, run["name"], run["parameters"]["occasion"])
            assert not run["auto_scheduled"]
            assert run["parameters"]["programme"] == slug
    return found


def wanted(machine, slug, after, until):
    """The same as the agenda has it."""
    with reading() as session:
        calendar = workdays(session)
    folder = machine.home.parent / "programmes"
    found = moments(load(slug, folder).programme, "office", calendar, after, until)
    names = {m: say(f"moment.{m.reason}", rung=m.rung) for m in found}
    return {m.key: (m.at, f"周调度 {m.occasion} · {names[m]}", m.occasion) for m in found}


def compare(machine, slug):
    """The runs at the server are the agenda's, up to 35 days after the machine was up."""
    soon, last = datetime.now(UTC) + 20 * SECOND, machine.began + AHEAD
    there = planned(machine, slug, soon)
    agenda = wanted(machine, slug, soon, datetime.now(UTC) + AHEAD)
    assert {k: v for k, v in agenda.items() if v[0] <= last - 300 * SECOND}.items() <= there.items()
    assert there.items() <= agenda.items()
    assert len(there) >= 15  # five weeks of an opening, a deadline and the rungs of a ladder
    return there


def test_the_pipelines_are_registered_once_with_module_paths_and_one_run_at_a_time(machine):
    found = {d["name"]: d for d in machine.ask("/deployments/filter", {})}
    programmes = (OWN, BUNDLED, "luoyang-estates", "henan-baicheng", "tongliang-renewal")
    annexes = {f"luoyang-351-annex-{number}" for number in (1, 2, 3, 5, 6)}  # 4 collects nothing
    assert set(found) == HEARTBEATS | {f"{slug}-office" for slug in programmes} | annexes
    for name, deployment in found.items():
        assert deployment["entrypoint"] == f"flows.{(word := name_of(name))}.{word}"
        assert deployment["global_concurrency_limit"]["limit"] == 1
        assert deployment["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"
        assert len(deployment["schedules"]) == (name in HEARTBEATS)


def name_of(deployment):
    return deployment if deployment in HEARTBEATS else "weekly"


@pytest.mark.parametrize("slug", [BUNDLED, OWN])
def test_the_runs_of_the_next_35_days_are_those_of_the_agenda(machine, slug):
    compare(machine, slug)


def test_planning_again_changes_nothing(machine):
    before = {run["id"] for slug in (OWN, BUNDLED) for run in machine.runs(f"{slug}-office")}
    for _ in range(2):
        assert machine.command("run", "planner").returncode == 0
    after = {run["id"] for slug in (OWN, BUNDLED) for run in machine.runs(f"{slug}-office")}
    assert before <= after
    for slug in (OWN, BUNDLED):
        compare(machine, slug)
        keys = [run["idempotency_key"] for run in machine.runs(f"{slug}-office", "SCHEDULED")]
        assert len(keys) == len(set(keys))


def test_a_day_that_is_no_longer_worked_moves_the_runs(machine):
    with reading() as session:
        calendar = workdays(session)
    days = (office.local_day(datetime.now(UTC)) + n * office.DAY for n in range(7, 30))
    known = {day for (day,) in sql("SELECT day FROM workday_override")}
    friday = next(
        d for d in days
        if d.isoweekday() == 5 and calendar.works(d) and calendar.works(d - office.DAY)
        and not {str(d), str(d - office.DAY)} & {str(k)[:10] for k in known}
    )  # fmt: skip
    due = datetime.combine(friday, datetime.min.time(), office.SHANGHAI) + timedelta(hours=16)
    before = planned(machine, BUNDLED, machine.began)
    assert due_runs(before, due) == [due + 60 * SECOND]
    with writing() as session:
        change = Change("registry", "office", datetime.now(UTC))
        enter(session, change, [Override(friday, False, "试验通知")])
    assert machine.command("run", "planner").returncode == 0
    after = compare(machine, BUNDLED)
    assert due_runs(after, due) == [due + 60 * SECOND - office.DAY]
    assert set(before) - set(after)


def due_runs(runs, due):
    """When the due runs of the week of an instant are to start."""
    name = f"周调度 {office.week(due)} · {say('moment.due')}"
    return [at for at, title, _ in runs.values() if title == name]


def test_the_servers_own_scheduler_makes_the_runs_of_the_heartbeats(machine):
    """A server under SQLAlchemy 2.1 looks healthy and makes none."""
    for name in sorted(HEARTBEATS):
        runs = machine.until(lambda name=name: machine.runs(name), 90, f"a run of {name}")
        assert any(run["auto_scheduled"] for run in runs)
    log = (machine.home / "logs" / "server.log").read_text("utf-8")
    assert "bulk DML" not in log


def test_a_planned_run_starts_on_time_and_does_its_work(machine, due):
    [key] = [k for k, v in wanted(machine, OWN, due, due + 61 * SECOND).items()]
    [id] = [r["id"] for r in machine.runs(f"{OWN}-office") if r["idempotency_key"] == key]
    patience = (due - datetime.now(UTC)).total_seconds() + 180

    def ended():
        run = machine.ask(f"/flow_runs/{id}")
        return run["state_type"] not in ("SCHEDULED", "PENDING", "RUNNING") and run

    run = machine.until(ended, max(patience, 5), "the planned run has ended")
    states = machine.ask(f"/flow_run_states/?flow_run_id={id}")
    types = [s["type"] for s in sorted(states, key=lambda s: s["timestamp"])]
    assert [t for n, t in enumerate(types) if types[n - 1] != t] == [
        "SCHEDULED", "PENDING", "RUNNING", "COMPLETED",
    ]  # fmt: skip
    late = datetime.fromisoformat(run["start_time"]) - (due + 60 * SECOND)
    assert timedelta(0) <= late < 60 * SECOND
    assert run["name"] == f"周调度 {office.week(due)} · 已报 0/66 · 迟报 0 · 未报 66"
    owed = sql("SELECT occasion FROM obligation WHERE programme = :slug", slug=OWN)
    assert owed == [(office.week(due),)] * 66
    events = sql("SELECT DISTINCT kind FROM obligation_event")
    assert {kind for (kind,) in events} >= {Kind.OPENED.value, Kind.DUE_SET.value}
    kept = machine.ask("/artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [id]}}})
    assert {a["key"].rsplit("-")[-1] for a in kept} == {"summary", "told", "ledger"}
    assert sql("SELECT asked_by, outcome FROM run WHERE flow_run_id = :id", id=id) == [
        ("planner", "completed")
    ]


def test_of_the_planned_runs_that_were_missed_only_the_newest_is_left(machine):
    deployment = machine.runs(f"{OWN}-office")[0]["deployment_id"]
    worker = machine.child("worker")
    worker.suspend()  # nobody may take them
    try:
        for hours in (3, 2, 1):
            at = datetime.now(UTC) - timedelta(hours=hours)
            machine.ask(f"/deployments/{deployment}/create_flow_run", missed_run(at))
        assert len(past(machine)) == 3
        assert machine.command("run", "planner").returncode == 0
        [left] = past(machine)
        assert left["idempotency_key"] == "past:1"
    finally:
        worker.resume()
    done = lambda: machine.ask(f"/flow_runs/{left['id']}")["state_type"] == "COMPLETED"  # noqa: E731
    machine.until(done, 120, "the run that was left has completed")
    assert worker.status() != psutil.STATUS_STOPPED


def test_what_the_office_changes_while_the_server_is_up_is_planned_anew(machine, due, tmp_path):
    notice = tmp_path / "notice.csv"
    notice.write_text("名称,类型,起,止\n元旦,休,2031-01-01,2031-01-01\n", "utf-8")
    unit = ("--occasion", office.week(due), "--unit", "市财政局", "--reason", "试验")
    until = (datetime.now(UTC) + timedelta(days=9)).isoformat(timespec="seconds")
    for words in (
        ("exempt", OWN, *unit),
        ("extend", OWN, *unit, "--until", until),
        ("matter", "open", "henan-baicheng", "試驗", "--unit", "鄭州市"),
        ("calendar", "import", str(notice)),
    ):
        told = machine.command(*words)
        assert (told.returncode, told.stderr) == (0, ""), words
    after = datetime.fromisoformat(until) - SECOND
    assert any(at - after < 120 * SECOND for at, *_ in planned(machine, OWN, after).values())


def missed_run(at):
    hours = round((datetime.now(UTC) - at).total_seconds() / 3600)
    return {
        "state": {"type": "SCHEDULED", "state_details": {"scheduled_time": at.isoformat()}},
        "tags": ["计划", OWN],
        "parameters": {"programme": OWN},
        "idempotency_key": f"past:{hours}",
        "enforce_parameter_schema": False,
    }


def past(machine):
    now = datetime.now(UTC)
    runs = machine.runs(f"{OWN}-office", "SCHEDULED")
    return [r for r in runs if datetime.fromisoformat(r["expected_start_time"]) < now]
