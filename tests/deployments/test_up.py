"""Starting, stopping and starting again: nothing is left behind, and nothing is lost."""

import shutil
import signal
import socket
import sqlite3
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from domain.sentences import say
from migrations import migrate
from tests.build import sql
from tests.deployments.conftest import looking_into
from tests.deployments.machine import START, begin, free_port, luoshu, ready

pytestmark = pytest.mark.slow
HEARTBEATS = {"planner": 1, "dispatch": 1, "reaper": 1}
PIPELINES = {
    "henan-baicheng-office",
    "luoyang-351-annex-1",
    "luoyang-351-annex-2",
    "luoyang-351-annex-3",
    "luoyang-351-annex-5",
    "luoyang-351-annex-6",
    "luoyang-estates-office",
    "luoyang-renewal-office",
    "tongliang-renewal-office",
}  # the bundled offices that have a form with a clock
NEWER = "UPDATE alembic_version SET version_num = '9999'"


@contextmanager
def database(home):
    with closing(sqlite3.connect(home / "luoshu.db", isolation_level=None)) as connection:
        yield connection


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """One home for all, begun by an older version; what a test leaves, the next one starts from."""
    home = tmp_path_factory.mktemp("up") / "home"
    home.mkdir()
    with database(home) as kept_open:  # so that what it holds is in the write-ahead log alone
        kept_open.execute("PRAGMA journal_mode=WAL")
        kept_open.execute("CREATE TABLE older (note TEXT)")
        kept_open.execute("INSERT INTO older VALUES ('旧版留下的')")
        yield home


@contextmanager
def up(home, **how):
    machine = begin(home, **how)
    try:
        ready(machine)
        yield machine
    finally:
        machine.clean_up()


def left(processes):
    return [p.cmdline() for p in processes if p.is_running() and p.status() != "zombie"]


def test_a_second_one_is_refused_a_dead_worker_is_replaced_and_ctrl_c_leaves_nothing(home):
    with up(home) as machine:
        second = luoshu(home, "up", "--port", str(free_port()))
        assert second.returncode == 1
        first = say("up.lock", pid=machine.process.pid, url=f"http://127.0.0.1:{machine.port}")
        assert second.stderr.strip() == say("up.second", home=home, first=first)

        worker = machine.child("worker")
        worker.kill()
        again = lambda: machine.child("worker").pid != worker.pid  # noqa: E731
        machine.until(again, 20, "a new worker")

        everything = machine.children()
        assert len(everything) >= 3
        assert machine.stop() == 0
        assert left(everything) == []
        assert machine.said().rstrip().endswith(say("up.stopped"))
        assert not (home / "up.port").exists()


def test_the_older_database_was_upgraded_after_a_whole_copy_was_put_aside(home):
    with looking_into(home):
        assert migrate.current() == migrate.head()
        assert sql("SELECT count(*) FROM unit") != [(0,)]
    [copy] = home.glob("luoshu-*.db")
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT note FROM older").fetchall() == [("旧版留下的",)]


def test_killed_outright_it_leaves_no_server_and_no_worker_and_starts_again_on_the_same_data(home):
    with up(home) as machine:
        first = registered(machine)
        everything = machine.children()
        machine.process.kill()
        machine.process.wait()
        gone = lambda: left(everything) == []  # noqa: E731
        machine.until(gone, 10, "the children are gone")
    with up(home) as machine:
        assert registered(machine) == first
        assert machine.stop(signal.SIGTERM) == 0


def registered(machine):
    """Deployments and the runs planned beyond the next hour by id; the schedules of each."""
    hence = datetime.now(UTC) + timedelta(hours=1)
    deployments = machine.ask("/deployments/filter", {})
    runs = [run for name in PIPELINES for run in machine.runs(name, "SCHEDULED")]
    starts = {run["id"]: datetime.fromisoformat(run["expected_start_time"]) for run in runs}
    planned = {id for id, start in starts.items() if start > hence}
    assert len(planned) > 100  # five weeks of five programmes
    schedules = {d["name"]: len(d["schedules"]) for d in deployments}
    assert schedules == HEARTBEATS | dict.fromkeys(PIPELINES, 0)
    return {d["id"] for d in deployments}, planned


def test_a_port_that_is_taken_is_named_with_what_to_do(home):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        for asked in (port, port - 1):
            refused = luoshu(home, "up", "--port", str(asked))
            assert refused.returncode == 1
            told = say("up.port_taken", port=port, other=asked + 10)
            assert refused.stderr.strip() == told


def test_the_data_of_a_demonstration_and_of_an_office_are_never_mixed(home):
    refused = luoshu(home, "up", "--demo", "--port", str(free_port()))
    assert (refused.returncode, refused.stderr.strip()) == (1, say("database.demo"))


def test_a_database_of_a_newer_version_is_refused_and_left_as_it_is(home, tmp_path):
    newer = tmp_path / "newer"
    shutil.copytree(home, newer, symlinks=True)
    with database(newer) as connection:
        connection.execute(NEWER)
    refused = luoshu(newer, "up", "--port", str(free_port()))
    assert (refused.returncode, refused.stderr.strip()) == (
        1,
        say("database.newer", revision="9999", head=migrate.head()),
    )
    with database(newer) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [
            ("9999",)
        ]


def test_a_server_that_does_not_start_is_reported_with_its_log(tmp_path):
    home = tmp_path / "broken"
    machine = begin(home, prefect_database_url="sqlite+aiosqlite:////dev/null/prefect.db")
    try:
        assert machine.process.wait(START) == 1
        log = home / "logs" / "server.log"
        assert say("up.no_server", log=log) in machine.said()
        assert log.stat().st_size > 0
    finally:
        machine.clean_up()
    assert not (home / "up.port").exists()
