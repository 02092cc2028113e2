"""Heads that wait for a person: what is shown of them, and what to do next."""

import pytest

from models import receipt
from models.base import writing
from models.receipt import sha256
from tests.build import SLUG, WEEK, change, nov, sql

HEADS = {
    "fields": {
        "projects": ["项目开竣工情况", "表!A1", 1.0],
        "milestones": ["节点完成情况", "表!B1", 0.8],
    },
    "ignored": [["备注", "表!C1"]],
    "missing": ["permits"],
}


@pytest.fixture
def held(books):
    """A table of a unit that has sent nothing else."""
    [(owed,)] = sql("SELECT id FROM obligation WHERE debtor = 'ly-jianxi'")
    content, at = b"a table", nov(13, "12:00")
    blob = {"sha256": sha256(content), "size": len(content), "content": content}
    row = {
        "obligation_id": owed,
        "programme": SLUG,
        "blob_sha256": blob["sha256"],
        "channel": "inbox",
        "source": "涧西.xlsx",
        "received_at": at,
        "payload": {"rows": {}, "match": HEADS},
        "problem": "intake.to_confirm",
    }
    with writing() as session:
        [kept] = receipt.take_in(session, change(SLUG, "unit", at), [blob], [row])
    return kept["id"]


def test_the_list_has_one_number_and_says_what_to_look_at_next(held, luoshu):
    shown = luoshu("match", "list", SLUG).out
    assert shown.count(f"{held:06d}") == 2
    assert f"luoshu match show {held:06d}" in shown
    [row] = luoshu("match", "list", SLUG, "--json").json
    assert (row["receipt"], row["number"], row["unit"]) == (held, f"{held:06d}", "涧西区")


def test_the_heads_come_under_whose_they_are_and_over_what_can_be_done(held, luoshu):
    shown = luoshu("match", "show", str(held)).out
    assert f"{held:06d}　涧西区　周调度　{WEEK}" in shown
    for command in ("ledger show", "match confirm", "match return"):
        assert f"luoshu {command} {held:06d}" in shown
    rows = luoshu("match", "show", str(held), "--json").json
    assert [row["sure"] for row in rows] == [1.0, 0.8, 0, 0]


def test_a_list_of_nothing_offers_nothing(books, luoshu):
    answer = luoshu("match", "list", SLUG)
    assert "没有等着核对表头的报送件" in answer.out
    assert "luoshu match show" not in answer.out
