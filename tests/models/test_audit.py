"""The trail notices every kind of tampering by somebody who can write to the database."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from models import audit, seal
from models.audit import AuditEvent
from models.base import engine, reading, table_of, writing
from models.receipt import Blob, sha256
from models.run import Run, begin_run, end_run
from models.unit import Unit
from models.verify import anchor, heads, verify
from tests.build import SLUG, START, change, count, nov, some_obligations, sql, tamper

BLOB = sha256("进展".encode())
ANOTHER_KEY = b"another key"
EVENT = f"WHERE stream = '{SLUG}' AND seq ="
TAMPERED = {
    "an edited name": (
        ["UPDATE unit_name SET name = '涧东区' WHERE id = 1"],
        ["audit.edited unit_name 1"],
    ),
    "an edited deadline": (
        ["UPDATE obligation SET nominal_due_at = '2026-11-14 08:00:00.000000' WHERE id = 2"],
        ["audit.edited obligation 2"],
    ),
    "a deleted row": (
        ["DELETE FROM unit_name WHERE id = 3"],
        ["audit.deleted unit_name 3"],
    ),
    "two rows with their contents exchanged": (
        [
            "UPDATE obligation SET id = 9 WHERE id = 1",
            "UPDATE obligation SET id = 1 WHERE id = 2",
            "UPDATE obligation SET id = 2 WHERE id = 9",
        ],
        ["audit.edited obligation 1", "audit.edited obligation 2"],
    ),
    "a row that nobody recorded": (
        ["INSERT INTO unit (id, recorded_at) VALUES ('ly-no', '2026-11-01 00:00:00.000000')"],
        ["audit.unknown unit ly-no"],
    ),
    "an edited event": (
        [f"UPDATE audit_event SET actor = 'clock' {EVENT} 2"],
        [f"audit.edited audit_event {SLUG}/2"],
    ),
    "two events in each other's place": (
        [
            f"UPDATE audit_event SET seq = 9 {EVENT} 1",
            f"UPDATE audit_event SET seq = 1 {EVENT} 2",
            f"UPDATE audit_event SET seq = 2 {EVENT} 9",
        ],
        [f"audit.broken_link audit_event {SLUG}/{seq}" for seq in (1, 2, 3)]
        + [f"audit.edited audit_event {SLUG}/{seq}" for seq in (1, 2)],
    ),
    "an event taken out of the middle": (
        [f"DELETE FROM audit_event {EVENT} 2"],
        [f"audit.gap audit_event {SLUG}/2"]
        + [f"audit.unknown unit_name {id}" for id in range(1, 6)],
    ),
    "the last event cut off": (
        [f"DELETE FROM audit_event {EVENT} 6"],
        [f"audit.truncated audit_event {SLUG}/6", f"audit.unknown blob {BLOB}"],
    ),
    "the last event cut off with its fact": (
        [f"DELETE FROM audit_event {EVENT} 6", "DELETE FROM blob"],
        [f"audit.truncated audit_event {SLUG}/6"],
    ),
    "an edited head": (
        [f"UPDATE audit_head SET seal = 'x' WHERE stream = '{SLUG}'"],
        [f"audit.head_differs audit_event {SLUG}/6"],
    ),
}


@pytest.fixture
def facts(database):
    """Units, names, members, a version, obligations and a blob: six events."""
    content = "进展".encode()
    blob = {"sha256": sha256(content), "size": len(content), "content": content}
    with writing() as session:
        some_obligations(session)
        audit.record(session, change(SLUG), Blob, [{**blob, "recorded_at": START}])


def damage(anchors):
    with reading() as session:
        return sorted(f"{d.rule} {d.table} {d.row}" for d in verify(session, anchors))


def test_what_was_only_written_by_the_product_verifies(facts, home):
    with writing() as session:
        asked = {"flow": "weekly", "programme": SLUG, "office": "office", "occasion": "2026-W46"}
        why = {"stages": ["开期"], "as_of": None, "reason": "补跑", "asked_by": "operator"}
        made = {"code_version": "0", "programme_version_id": 1, "host": "", "pid": 1}
        run = begin_run(session, change("runs"), flow_run_id="1", **asked, **why, **made)
        end_run(session, change("runs", at=nov(2)), run, "completed", {"opened": 4})
    assert (damage(home), count(Run)) == ([], 1)


@pytest.mark.parametrize("case", TAMPERED)
def test_verification_names_the_row_of(case, facts, home):
    statements, found = TAMPERED[case]
    assert damage(home) == []
    tamper(*statements)
    assert damage(home) == sorted(found)


def test_verification_names_a_blob_whose_bytes_were_replaced(facts, home):
    tamper("UPDATE blob SET content = :content", content=b"x")
    assert damage(home) == [f"audit.edited blob {BLOB}"]


def test_a_tail_cut_off_with_head_and_fact_is_noticed_by_the_file_outside(facts, home):
    with reading() as session:
        anchor(home / "audit", "2026-11-01", heads(session))
    [(seal,)] = sql(f"SELECT seal FROM audit_event {EVENT} 5")
    tamper("DELETE FROM blob", f"DELETE FROM audit_event {EVENT} 6")
    tamper("UPDATE audit_head SET seq = 5, seal = :seal", seal=seal)
    assert damage(home) == [f"audit.truncated audit_event {SLUG}/6"]


def test_a_whole_stream_taken_out_is_noticed_by_the_file_outside(facts, home):
    with reading() as session:
        anchor(home / "audit", "2026-11-01", heads(session))
    tables = ("blob", "obligation", "programme_version", "membership", "unit_name", "unit")
    tamper(*(f"DELETE FROM {table}" for table in (*tables, "audit_event", "audit_head")))
    assert damage(home) == [f"audit.truncated audit_event {SLUG}/6"]


def test_a_row_sealed_again_without_the_key_is_noticed(facts, home):
    """The forger edits a fact, its leaf, the event's seal and the head, with a key of their own."""
    tamper("UPDATE blob SET size = 7")
    columns = [c for c in table_of(AuditEvent).columns if c.name not in ("id", "seal")]
    with engine().connect() as connection:
        last = table_of(AuditEvent).select().where(AuditEvent.seq == 6).with_only_columns(*columns)
        event = dict(connection.execute(last).mappings().one())
    blob = {"sha256": BLOB, "size": 7, "recorded_at": START}
    event["leaves"] = {BLOB: seal.leaf(blob, ANOTHER_KEY)}
    forged = {"leaves": event["leaves"], "seal": seal.seal_of(event, ANOTHER_KEY)}
    with engine().begin() as connection:
        connection.execute(table_of(AuditEvent).update().where(AuditEvent.seq == 6), forged)
    tamper("UPDATE audit_head SET seal = :seal", seal=forged["seal"])
    assert damage(home) == [f"audit.edited audit_event {SLUG}/6", f"audit.edited blob {BLOB}"]


def test_record_leaves_out_what_is_there_already(facts, home):
    rows = [{"id": id, "recorded_at": START} for id in ("ly-jianxi", "ly-luolong")]
    with writing() as session:
        assert [r["id"] for r in audit.record(session, change(), Unit, rows)] == ["ly-luolong"]
        assert audit.record(session, change(), Unit, rows) == []
    assert damage(home) == []


def test_what_is_not_kept_is_not_in_the_trail_either(facts, home):
    with suppress(ZeroDivisionError), writing() as session:
        audit.record(session, change(SLUG), Unit, [{"id": "ly-luolong", "recorded_at": START}])
        _ = 1 / 0
    assert (damage(home), count(AuditEvent)) == ([], 6)


def test_writers_at_once_keep_one_chain(facts, home):
    def write(writer):
        for n in range(5):
            with writing() as session:
                row = {"id": f"unit-{writer}-{n}", "recorded_at": START}
                audit.record(session, change("busy", at=START), Unit, [row])

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(write, range(6)))
    assert damage(home) == []
    seqs = sql("SELECT seq FROM audit_event WHERE stream = 'busy' ORDER BY seq")
    assert seqs == [(n,) for n in range(1, 31)]
