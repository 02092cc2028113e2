"""Killed without a word, a run is buried, planned again and finished: no file lost, none twice."""

from datetime import UTC, datetime, timedelta

import psutil
import pytest

from models.officer import NewOfficer
from settings import Settings
from tests.build import appoint, sql
from tests.deployments import office
from tests.deployments.conftest import looking_into
from tests.deployments.machine import running

pytestmark = pytest.mark.slow
UNITS, LIAISONS = 2000, 20
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
        with running(
            folder / "home", programmes=str(folder / "programmes"), alert_after_minutes="600"
        ) as machine:
            appoint([liaison(n) for n in range(LIAISONS)])
            machine.occasion = office.week(due)
            yield machine


def liaison(n):
    return NewOfficer(f"unit-{n:05}", "liaison", f"联络员{n}", f"unit-{n:05}@demo.invalid", "")


def send(machine, slug):
    """A good report of every unit, every seventh one wrong at first, and a file nobody can use."""
    inbox = machine.home / "inbox" / slug
    inbox.mkdir(parents=True, exist_ok=True)
    for n in range(UNITS):
        unit = f"unit-{n:05}"
        if n % 7 == 0:
            wrong = {"projects-started": "3", "projects-completed": "5"}
            office.report(inbox, unit, machine.occasion, f"{unit}-a.json", **wrong)
        office.report(inbox, unit, machine.occasion, f"{unit}-b.json", matters=str(n))
    office.report(inbox, "某单位", machine.occasion, "z.json")


def in_hand(machine, slug):
    """A run that has kept some of the files and not all: its id at the server, its process."""
    kept = "SELECT count(*) FROM receipt WHERE programme = :slug"
    at_work = "SELECT flow_run_id, pid FROM run WHERE programme = :slug AND outcome = 'running'"

    def met():
        return sql(kept, slug=slug) != [(0,)] and sql(at_work, slug=slug)

    [(id, pid)] = machine.until(met, 120, f"a run of {slug} keeps files")
    assert sql(kept, slug=slug)[0][0] < FILES
    return id, psutil.Process(pid)


def outcome(id):
    [(found,)] = sql("SELECT outcome FROM run WHERE flow_run_id = :id", id=id)
    return found


def says(machine, id):
    """What Prefect says of a run."""
    return machine.ask(f"/flow_runs/{id}")["state_type"]


def finished(machine, slug):
    """Wait until the inbox is empty, every receipt is looked at and nothing is under way."""
    unchecked = (
        "SELECT count(*) FROM receipt r WHERE programme = :slug AND problem = '' AND NOT EXISTS"
        " (SELECT 1 FROM obligation_event e WHERE e.receipt_id = r.id AND e.kind = 'checked')"
    )

    def met():
        left = [*(machine.home / "inbox" / slug).glob("*.json")]
        busy = machine.runs(f"{slug}-office", "RUNNING", "PENDING")
        return not left and not busy and sql(unchecked, slug=slug) == [(0,)]

    machine.until(met, 180, f"{slug} is finished")


def told(slug):
    """Everything the books say of a programme, and where its files are."""
    files = machine_home().joinpath("inbox", slug).rglob("*.json")
    messages = "SELECT kind, channel, count(*) FROM message WHERE programme = :slug GROUP BY 1, 2"
    return {
        "events": sql(STORY, slug=slug),
        "messages": sorted(sql(messages, slug=slug)),
        "receipts": sql("SELECT count(*) FROM receipt WHERE programme = :slug", slug=slug),
        "files": sorted((f.parent.name, f.name) for f in files),
    }


def machine_home():
    return Settings().home


@pytest.fixture(scope="module")
def killed(machine):
    """The flow of one programme is killed while it collects; that of another is left alone."""
    send(machine, CALM)
    send(machine, FLOW)
    assert machine.command("run", "reaper").returncode == 0
    id, process = in_hand(machine, FLOW)
    process.kill()
    return id


def test_prefect_notices_the_death_of_a_flow_whose_worker_lives(machine, killed):
    machine.until(lambda: says(machine, killed) == "CRASHED", 30, "Prefect says Crashed")
    assert outcome(killed) == "running"  # nobody has told us yet


def test_the_reaper_buries_the_run_and_a_later_one_finishes_the_work(machine, killed):
    assert machine.command("run", "reaper").returncode == 0
    assert outcome(killed) == "died"
    finished(machine, FLOW)
    assert sql(
        "SELECT DISTINCT outcome FROM run WHERE programme = :s AND outcome <> 'died'", s=FLOW
    ) == [("completed",)]


def test_in_the_end_the_books_are_those_of_a_run_nobody_disturbed(machine, killed):
    finished(machine, CALM)
    calm, disturbed = told(CALM), told(FLOW)
    assert calm["receipts"] == [(FILES,)]
    assert len(calm["files"]) == FILES
    assert ("receipt", "email", LIAISONS) in calm["messages"]
    assert disturbed == calm


def test_when_the_worker_dies_too_the_reaper_tells_prefect_and_the_work_is_finished(
    machine, killed
):
    send(machine, BOTH)
    assert machine.command("run", "reaper").returncode == 0  # wakes it: there is mail
    id, flow = in_hand(machine, BOTH)
    worker = machine.child("worker")
    worker.kill()
    flow.kill()
    machine.until(lambda: machine.child("worker").pid != worker.pid, 20, "a new worker")
    assert (says(machine, id), outcome(id)) == ("RUNNING", "running")
    assert machine.command("run", "reaper").returncode == 0
    assert (says(machine, id), outcome(id)) == ("CRASHED", "died")
    finished(machine, BOTH)
    assert told(BOTH) == told(CALM)
