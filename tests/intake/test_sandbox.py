"""A file that ends, stops or starves its reader costs only itself; nothing there can be stolen."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

import confined
from domain.errors import Refused
from domain.grid import Workbook
from intake import sandbox, wire
from intake.fault import Unreadable
from intake.sandbox import Reader, read_all
from intake.workbook import read
from tests.intake import files

ROOT = Path(__file__).parents[2]
TEMPLATE = files.template()
HOSTILE = {
    "preflight.bomb": files.bomb(),
    "preflight.cells": files.sparse(),
    "preflight.declares": files.BILLION,
    "preflight.empty": b"",
    "preflight.members": files.members(10_000),
    "preflight.too_large": bytes(60 * 2**20),
}


@pytest.fixture
def reader():
    with Reader() as opened:
        yield opened


def process(reader):
    """The process of a reader, once it has one."""
    reader.read("周报.csv", b"a\n1")
    return psutil.Process(reader._process.pid)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("周报.xlsx", TEMPLATE),
        ("周报.xlsx", files.uncalculated()),
        ("周报.csv", "单位,期\n涧西区,\n".encode("gb18030")),
        ("周报.json", '{"单位": "涧西区", "a": 0.10, "b": true, "c": "1"}'.encode()),
    ],
)
def test_what_is_read_is_the_same_on_both_sides(reader, name, content):
    assert reader.read(name, content) == read(name, content)


def test_every_hostile_file_is_refused_by_one_and_the_same_process(reader):
    pid = process(reader).pid
    for key, content in HOSTILE.items():
        found = reader.read("周报.xlsx", content)
        assert isinstance(found, Unreadable)
        assert (found.key, found.values["file"]) == (key, "周报.xlsx")
    assert process(reader).pid == pid


def test_a_reader_that_ends_is_followed_by_another(reader):
    before = process(reader)
    before.suspend()
    with ThreadPoolExecutor(1) as other:
        waiting = other.submit(reader.read, "周报.xlsx", TEMPLATE)
        time.sleep(0.2)
        os.kill(before.pid, signal.SIGABRT)
        before.resume()
        assert waiting.result().key == "sandbox.broken"
    assert isinstance(reader.read("周报.xlsx", TEMPLATE), Workbook)
    assert process(reader).pid != before.pid


def test_an_answer_that_nobody_waited_for_is_not_taken_for_that_of_the_next_file(
    reader, monkeypatch
):
    process(reader)

    def interrupted(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(sandbox, "_received", interrupted)
        with pytest.raises(KeyboardInterrupt):
            reader.read("a.csv", b"old")
    assert reader.read("b.csv", b"new").sheets[0].rows == [["new"]]


def test_a_reader_that_ended_between_two_files_costs_none(reader):
    before = process(reader)
    before.kill()
    before.wait(5)
    assert isinstance(reader.read("周报.xlsx", TEMPLATE), Workbook)


def test_a_reader_that_hangs_is_ended_in_time():
    with Reader(seconds=2) as reader:
        process(reader).suspend()
        found = reader.read("周报.xlsx", TEMPLATE)
        assert (found.key, found.values) == ("sandbox.slow", {"file": "周报.xlsx", "most": 2})
        assert isinstance(reader.read("周报.xlsx", TEMPLATE), Workbook)


def test_a_reader_that_takes_nothing_more_is_ended_in_time():
    with Reader(seconds=2) as reader:
        process(reader).suspend()
        assert reader.read("周报.xlsx", bytes(2**20)).key == "sandbox.slow"


def test_a_file_that_needs_too_much_memory_is_refused():
    with Reader(memory=150 * 2**20) as reader:
        wide = "\n".join(f"{n},{n}1,{n}2,{n}3,{n}4" for n in range(300_000)).encode()
        assert reader.read("周报.csv", wide).key == "sandbox.broken"
        assert isinstance(reader.read("周报.xlsx", TEMPLATE), Workbook)


def test_the_reader_has_no_rights_and_no_secrets(reader, monkeypatch):
    monkeypatch.setenv("LUOSHU_DATABASE_URL", "postgresql://secret")
    found = process(reader)
    assert set(found.environ()) <= {*confined.KEPT, "PYTHONPATH", "LC_CTYPE"}
    assert found.rlimit(resource.RLIMIT_AS) == (confined.MOST_MEMORY,) * 2
    assert found.rlimit(resource.RLIMIT_CORE) == (0, 0)
    assert found.rlimit(resource.RLIMIT_FSIZE) == (0, 0)
    assert {file.path for file in found.open_files()} <= {os.devnull}


def test_an_installation_that_cannot_read_refuses_no_file(monkeypatch):
    monkeypatch.setattr(sys, "executable", shutil.which("false"))
    with Reader() as reader, pytest.raises(Refused) as broken:
        reader.read("周报.csv", b"a")
    assert broken.value.key == "sandbox.no_reader"


def test_no_process_is_left_when_reading_is_over():
    with Reader() as reader:
        found = process(reader)
    assert not found.is_running()


def test_the_reader_does_not_outlive_who_started_it():
    code = (
        "import os; from intake.sandbox import Reader; reader = Reader();"
        "reader.read('a.csv', b'a'); print(reader._process.pid, flush=True); os.abort()"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [
        sys.executable,
        "-c",
        f"import resource as r; r.setrlimit(r.RLIMIT_CORE, (0, 0)); {code}",
    ]
    told = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert told.returncode == -signal.SIGABRT
    pid = int(told.stdout)
    deadline = time.monotonic() + 10
    while psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_the_reader_knows_nothing_of_the_frameworks():
    code = "import sys, intake.worker, intake.workbook, intake.wire; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    known = {name.partition(".")[0] for name in told.stdout.decode().split()}
    assert "python_calamine" in known
    assert not known & {"prefect", "sqlalchemy", "pydantic", "openpyxl", "xlsxwriter", "jinja2"}


def test_many_files_come_back_in_turn_from_several_readers():
    sent = [(f"{n}.csv", f"n\n{n}".encode()) for n in range(20)]
    sent[7] = ("7.xlsx", files.sparse())
    found = list(read_all(iter(sent)))
    assert found[7].key == "preflight.cells"
    assert [book.sheets[0].rows[1] for n, book in enumerate(found) if n != 7] == [
        [str(n)] for n in range(20) if n != 7
    ]


def test_many_files_may_be_left_half_read():
    several = read_all((f"{n}.csv", b"n\n1") for n in range(100))
    assert isinstance(next(several), Workbook)
    several.close()
    assert not [
        child for child in psutil.Process().children() if "intake.worker" in child.cmdline()
    ]


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"{}",
        b"[]",
        b"1",
        b"{",
        b'{"key": "no.such", "values": {}}',
        b'{"kind": 1, "sheets": [1]}\n1',
    ],
)
def test_an_answer_that_is_none_never_becomes_a_workbook(answer):
    with pytest.raises((ValueError, KeyError, TypeError)):
        wire.unpack(answer)
