"""Somebody edits the demonstration's database behind its back: `luoshu audit verify` says where."""

import hashlib
import json
import shutil
import sqlite3
from contextlib import closing

import pytest

from domain.sentences import say
from tests.deployments.machine import luoshu

pytestmark = pytest.mark.slow
SLUG = "luoyang-renewal"


@pytest.fixture
def forged(demo, tmp_path):
    """A copy of the demonstration: one's own to tamper with, key and anchors beside it."""
    home = tmp_path / "home"
    home.mkdir()
    with (
        closing(sqlite3.connect(demo.home / "luoshu.db")) as original,
        closing(sqlite3.connect(home / "luoshu.db")) as copy,
    ):
        original.backup(copy)
    shutil.copytree(demo.home / "audit", home / "audit")
    shutil.copy(demo.home / "audit.key", home)
    assert verified(home) == (0, [])
    return home


def verified(home):
    done = luoshu(home, "audit", "verify", "--json")
    found = [(f["table"], f["row"], f["finding"]) for f in json.loads(done.stdout)]
    return done.returncode, sorted(found)


def tamper(home, *statements):
    with closing(sqlite3.connect(home / "luoshu.db")) as connection:
        rows = [connection.execute(*statement).fetchall() for statement in statements]
        connection.commit()
    return rows


def test_an_edited_deadline(forged):
    tamper(forged, ["UPDATE obligation SET nominal_due_at = '2030-01-01' WHERE id = 7"])
    assert verified(forged) == (1, [("obligation", "7", say("audit.edited"))])


def test_a_deleted_receipt(forged):
    [[(id,)], _] = tamper(
        forged,
        ["SELECT min(id) FROM receipt"],
        ["DELETE FROM receipt WHERE id = (SELECT min(id) FROM receipt)"],
    )
    assert verified(forged) == (1, [("receipt", str(id), say("audit.deleted"))])


def test_two_receipts_with_their_times_exchanged(forged):
    [rows] = tamper(forged, ["SELECT id, received_at FROM receipt ORDER BY id LIMIT 2"])
    (first, early), (second, late) = rows
    change = "UPDATE receipt SET received_at = ? WHERE id = ?"
    tamper(forged, [change, (late, first)], [change, (early, second)])
    assert verified(forged) == (
        1,
        sorted(("receipt", str(id), say("audit.edited")) for id in (first, second)),
    )


def test_a_trail_whose_end_was_cut_off_with_its_head(forged):
    """The newest facts vanish, and the head is set back: only the file outside knows better."""
    [[(last,)]] = tamper(forged, ["SELECT seq FROM audit_head WHERE stream = 'runs'"])
    here = "stream = 'runs' AND seq"
    tamper(
        forged,
        [f"DELETE FROM audit_event WHERE {here} > {last - 3}"],
        [
            f"UPDATE audit_head SET seq = {last - 3}, seal = (SELECT seal FROM audit_event"
            f" WHERE {here} = {last - 3}) WHERE stream = 'runs'"
        ],
    )
    code, found = verified(forged)
    assert code == 1
    assert ("audit_event", f"runs/{last}", say("audit.truncated")) in found


def test_a_row_hashed_again_by_somebody_without_the_key(forged):
    """The forger edits a fact and writes plain hashes wherever the trail has its own."""
    [rows] = tamper(forged, ["SELECT seq, leaves FROM audit_event WHERE subject = 'obligation'"])
    seq, leaves = rows[0][0], json.loads(rows[0][1])
    row = next(iter(leaves))
    leaves[row] = hashlib.sha256(b"forged").hexdigest()[:32]
    tamper(
        forged,
        ["UPDATE obligation SET group_code = 'urban-x' WHERE id = ?", (row,)],
        [
            "UPDATE audit_event SET leaves = ?, seal = ? WHERE stream = ? AND seq = ?",
            (json.dumps(leaves), hashlib.sha256(b"event").hexdigest(), SLUG, seq),
        ],
    )
    code, found = verified(forged)
    assert code == 1
    assert ("audit_event", f"{SLUG}/{seq}", say("audit.edited")) in found
    assert ("obligation", row, say("audit.edited")) in found
