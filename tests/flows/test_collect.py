"""Whatever lies in the inbox is kept: what cannot be used stands in nobody's way."""

import os

import pytest
from sqlalchemy import text

from flows.weekly import Stage
from models.base import engine, writing
from models.receipt import Blob, Receipt, sha256, take_in
from tasks import receipts
from tasks.work import Work, simulated
from tests.build import SLUG, WEEK, change, contents, count, drop, nov, report, sql
from tests.flows.week import run, send, set_up, stands

AT = nov(13, "15:00")
NEVER_READ = {
    "an unknown unit": ("洛涧区.json", report("涧东区"), "intake.unknown_unit"),
    "another week": ("下周.json", report("涧西区", "2026-W47"), "intake.not_owed"),
    "no week": ("哪周.json", report("涧西区", "11月"), "intake.not_owed"),
    "no such form": ("表.json", report("涧西区", 表="weekly-x"), "intake.which_form"),
    "another kind of file": ("涧西区.docx", b"PK\x03\x04", "preflight.suffix"),
    "an empty file": ("空.json", b"", "preflight.empty"),
    "bytes that are no text": ("坏.csv", b"\x80" * 10, "preflight.not_text"),
}


@pytest.fixture
def fixture_f(home):
    """A week with its obligations."""
    set_up()
    run(nov(9, "08:00"), [Stage.OPEN])
    return home


@pytest.fixture
def opened(database, fixture_f):
    """The same on each kind of database."""
    return fixture_f


def collect(at=AT):
    run(at, [Stage.COLLECT, Stage.VALIDATE])


def kept(sha):
    with engine().connect() as connection:
        statement = text("SELECT content FROM blob WHERE sha256 = :sha")
        return bytes(connection.execute(statement, {"sha": sha}).scalar_one())


@pytest.mark.parametrize("case", NEVER_READ)
def test_what_answers_no_obligation_is_kept_with_its_bytes(case, fixture_f):
    name, content, problem = NEVER_READ[case]
    path = drop(fixture_f, name, content, AT)
    collect()
    assert sql("SELECT problem, obligation_id, source FROM receipt") == [(problem, None, name)]
    assert kept(sha256(content)) == content
    [file] = (path.parent / "unmatched").iterdir()
    assert file.read_bytes() == content


def test_bad_files_do_not_keep_good_ones_waiting(opened):
    for n, (name, content, _) in enumerate(NEVER_READ.values()):
        drop(opened, f"{n}{name}", content, AT)
    other = drop(opened, "gbk.json", report("老城区"), AT)
    other.rename(other.with_name(os.fsdecode("老城区.json".encode("gbk"))))
    send(opened, "偃师区", AT)
    collect()
    assert stands("偃师区", AT).state == "on_time"
    assert stands("老城区", AT).state == "on_time"
    assert not [file for file in other.parent.iterdir() if file.is_file()]


def test_a_report_with_characters_that_no_database_takes_counts(opened):
    content = report("涧西区", matters="甲乙").replace("甲乙".encode(), rb"\u0000\ud800")
    drop(opened, "涧西区.json", content, AT)
    collect()
    assert stands("涧西区", AT).state == "on_time"


def test_a_file_above_the_cap_is_kept_on_disk_and_not_parsed(fixture_f, monkeypatch):
    monkeypatch.setenv("LUOSHU_BLOB_CAP", "100")
    path = send(fixture_f, "涧西区", AT, matters="补" * 100)
    content = path.read_bytes()
    collect()
    name = sha256(content)
    assert sql("SELECT problem FROM receipt") == [("intake.too_large",)]
    assert sql("SELECT sha256, size, content FROM blob") == [(name, len(content), None)]
    assert (fixture_f / "blobs" / name).read_bytes() == content
    assert stands("涧西区", AT).state == "pending"


def test_a_unit_is_found_under_its_former_name_and_under_an_alias(fixture_f):
    send(fixture_f, "偃师市", AT)
    send(fixture_f, "市供电公司", AT)
    collect()
    assert stands("偃师区", AT).state == "on_time"
    assert stands("国网洛阳供电公司", AT).state == "on_time"


@pytest.mark.parametrize("form", ["周调度", "weekly-county", ""])
def test_a_form_is_named_by_its_code_or_by_its_label_or_not_at_all(form, fixture_f):
    send(fixture_f, "涧西区", AT, 表=form)
    collect()
    assert stands("涧西区", AT).state == "on_time"


def test_the_same_unreadable_bytes_are_one_receipt(fixture_f):
    for name in ("一.json", "二.json"):
        drop(fixture_f, name, b"{", AT)
    collect()
    assert (count(Receipt), count(Blob)) == (1, 1)


def test_a_death_between_commit_and_putting_away_does_not_count_the_file_twice(opened):
    path = send(opened, "涧西区", AT)
    other = drop(opened, "错.json", report("涧东区"), AT)
    collect()
    for file in (path, other):  # back where a run that was killed would have left them
        [away] = file.parent.glob(f"*/*-{file.name}")
        away.rename(file)
    rows = contents()
    collect()
    assert contents() == rows
    assert (count(Receipt), path.exists(), other.exists()) == (2, False, False)


def test_a_newer_version_that_comes_while_the_older_is_being_kept_is_read_next(fixture_f):
    path = send(fixture_f, "涧西区", AT)
    work = Work(SLUG, "office", WEEK, nov(13, "15:10"), 1)
    with simulated(nov(13, "15:10")):
        seen = receipts.waiting(work)
        receipts.collect.fn(work, seen)
        send(fixture_f, "涧西区", nov(13, "15:05"), matters="补充")
        receipts.collect.fn(work, seen)  # another run, that saw the older one as well
    assert path.exists()
    collect(nov(13, "15:11"))
    assert (count(Receipt), stands("涧西区", nov(13, "15:11")).content) == (2, 2)


def test_the_same_bytes_for_two_programmes_are_a_receipt_of_each(database):
    with writing() as session:
        blob = {"sha256": sha256(b"{"), "size": 1, "content": b"{"}
        row = {"obligation_id": None, "blob_sha256": sha256(b"{"), "channel": "inbox"}
        row |= {"source": "a.json", "received_at": AT, "payload": {}, "problem": "intake.not_json"}
        for programme in (SLUG, "luoyang-351"):
            assert take_in(session, change(), [blob], [row | {"programme": programme}])
            assert not take_in(session, change(), [blob], [row | {"programme": programme}])
