"""Killed without a word, a run is buried, planned again and finished: no file lost, none twice."""

from datetime import UTC, datetime, timedelta

import psutil
import pytest

from models.officer import NewOfficer
from tests.build import appoint, sql
from tests.deployments import office
from tests.deployments.conftest import looking_into
from tests.deployments.machine import running

pytestmark = pytest.mark.slow
UNITS, LIAISONS = 1600, 20
FILES = UNITS + -(-UNITS // 7) + 1
CALM, FLOW, BOTH = "calm", "flow-killed", "both-killed"
SOON = timedelta(minutes=110)  # a deadline whose rung R2 fell due ten minutes ago
STORY = """
    SELECT o.debtor, o.occasion, e.kind, e.due_at, e.nil, e.reason, e.actor, r.blob_sha256,
           r.source, r.payload, count(*)
    FROM obligation o JOIN obligation_event e ON e.obligation_id = o.id
    LEFT JOIN receipt r ON r.id = e.receipt_id
    WHERE o.programme = :slug AND e.kind <> 'announced'
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 ORDER BY 1, 3, 9"""
ANSWERS = """
    SELECT kind, channel, count(*) FROM message
    WHERE programme = :slug AND kind <> 'remind' GROUP BY 1, 2 ORDER BY 1, 2"""
RECEIPTS = "SELECT count(*) FROM receipt WHERE programme = :slug"
UNCHECKED = f"""
    {RECEIPTS} AND problem = '' AND NOT EXISTS
    (SELECT 1 FROM obligation_event e WHERE e.receipt_id = receipt.id AND e.kind = 'checked')"""
ENDED = "SELECT outcome FROM run WHERE programme = :slug AND outcome <> 'running'"
AT_WORK = "SELECT flow_run_id, pid FROM run WHERE programme = :slug AND outcome = 'running'"


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    """A machine that was installed yesterday and switched on just now."""
    folder = tmp_path_factory.mktemp("death")
    due = datetime.now(UTC).replace(microsecond=0) + SOON
    for slug in (CALM, FLOW, BOTH):
        office.programme(folder / "programmes", slug, due, UNITS)
    with looking_into(folder / "home"):
        office.working_days()
        office.installed_yesterday()
        settings = {"programmes": str(folder / "programmes"), "alert_after_minutes": "600"}
        with running(folder / "home", **settings) as machine:
            appoint([liaison(n) for n in range(LIAISONS)])
            for slug in (CALM, FLOW, BOTH):
                machine.until(lambda slug=slug: sql(ENDED, slug=slug), 120, f"{slug} is opened")
            machine.occasion = office.week(due)
            yield machine


def liaison(n):
    return NewOfficer(f"unit-{n:05}", "liaison", f"联络员{n}", f"unit-{n:05}@demo.invalid", "")


def inbox(machine, slug):
    return machine.home / "inbox" / slug


def send(machine, slug):
    """A good report of every unit, every seventh one wrong at first, and a file nobody can use."""
    inbox(machine, slug).mkdir(parents=True, exist_ok=True)
    for n in range(UNITS):
        unit = f"unit-{n:05}"
        where = (inbox(machine, slug), unit, machine.occasion)
        if n % 7 == 0:
            wrong = {"projects-started": "3", "projects-completed": "5"}
            office.report(*where, f"{unit}-a.json", **wrong)
        office.report(*where, f"{unit}-b.json", matters=str(n))
    office.report(inbox(machine, slug), "某单位", machine.occasion, "z.json")


def at_work(machine, slug, there):
    """A run that has come so far: its id at the server, its process."""

    def met():
        return there(machine, slug) and sql(AT_WORK, slug=slug)

    [(id, pid)] = machine.until(met, 180, f"a run of {slug}")
    return id, psutil.Process(pid)


def collecting(_machine, slug):
    """Some of the files have been kept."""
    return 0 < sql(RECEIPTS, slug=slug)[0][0] < FILES


def collected(machine, slug):
    """All of the files have been kept; nothing would wake the pipeline again."""
    return sql(RECEIPTS, slug=slug) == [(FILES,)] and not [*inbox(machine, slug).glob("*.json")]


def finished(machine, slug):
    """Wait until the inbox is empty, every receipt is looked at and nothing is under way."""

    def met():
        left = [*inbox(machine, slug).glob("*.json")]
        busy = machine.runs(f"{slug}-office", "RUNNING", "PENDING")
        return not left and not busy and sql(UNCHECKED, slug=slug) == [(0,)]

    machine.until(met, 180, f"{slug} is finished")


def outcome(id):
    [(found,)] = sql("SELECT outcome FROM run WHERE flow_run_id = :id", id=id)
    return found


def says(machine, id):
    """What Prefect says of a run."""
    return machine.ask(f"/flow_runs/{id}")["state_type"]


def told(machine, slug):
    """Everything the books say of a programme, and where its files are."""
    files = inbox(machine, slug).rglob("*.json")
    return {
        "events": sql(STORY, slug=slug),
        "answers": sql(ANSWERS, slug=slug),
        "receipts": sql(RECEIPTS, slug=slug),
        "files": sorted((f.parent.name, f.name[9:]) for f in files),
    }


@pytest.fixture(scope="module")
def killed(machine):
    """The flow of one programme is killed while it collects; that of another is left alone."""
    send(machine, CALM)
    send(machine, FLOW)
    assert machine.command("run", "reaper").returncode == 0
    id, process = at_work(machine, FLOW, collecting)
    process.kill()
    return id


def test_prefect_notices_the_death_of_a_flow_whose_worker_lives(machine, killed):
    machine.until(lambda: says(machine, killed) == "CRASHED", 30, "Prefect says Crashed")


def test_the_reaper_buries_the_run_and_a_later_one_finishes_the_work(machine, killed):
    assert machine.command("run", "reaper").returncode == 0
    assert outcome(killed) == "died"
    finished(machine, FLOW)
    others = "SELECT DISTINCT outcome FROM run WHERE programme = :slug AND flow_run_id <> :id"
    assert sql(others, slug=FLOW, id=killed) == [("completed",)]


def test_in_the_end_the_books_are_those_of_a_run_nobody_disturbed(machine, killed):
    finished(machine, CALM)
    calm, disturbed = told(machine, CALM), told(machine, FLOW)
    assert calm["receipts"] == [(FILES,)]
    assert len(calm["files"]) == FILES
    assert ("receipt", "email", LIAISONS) in calm["answers"]
    assert disturbed == calm


def test_when_the_worker_dies_too_the_reaper_tells_prefect_and_the_work_is_finished(
    machine, killed
):
    """Every file is in when they die: no mail and no moment would start another run."""
    finished(machine, BOTH)  # with an empty inbox
    send(machine, BOTH)
    assert machine.command("run", "reaper").returncode == 0  # wakes it: there is mail
    id, flow = at_work(machine, BOTH, collected)
    worker = machine.child("worker")
    worker.kill()
    flow.kill()
    again = lambda: machine.child("worker").pid != worker.pid  # noqa: E731
    machine.until(again, 20, "a new worker")
    assert (says(machine, id), outcome(id)) == ("RUNNING", "running")
    assert machine.command("run", "reaper").returncode == 0
    assert (says(machine, id), outcome(id)) == ("CRASHED", "died")
    later = "SELECT outcome FROM run WHERE programme = :slug ORDER BY id DESC LIMIT 1"
    machine.until(lambda: sql(later, slug=BOTH) == [("completed",)], 120, "a later run")
    finished(machine, BOTH)
    assert told(machine, BOTH) == told(machine, CALM)


def test_ctrl_c_while_a_flow_runs_leaves_no_process(machine, killed):
    send(machine, CALM)
    assert machine.command("run", "reaper").returncode == 0
    _, flow = at_work(machine, CALM, lambda *_: True)
    everything = [*machine.children(), flow]
    assert machine.stop() == 0
    assert [p for p in everything if p.is_running() and p.status() != "zombie"] == []
