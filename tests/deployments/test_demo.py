"""The demonstration: four made-up weeks, marked as such, no made-up person where all can read."""

import json
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from domain.sentences import say
from tests.build import sql
from tests.deployments.office import week

pytestmark = pytest.mark.slow
SLUG = "luoyang-renewal"
MARK = "演示数据"
KEYS = {
    "obligations": ["office", "form", "unit", "occasion", "due_at", "state", "flags"],
    "who": [
        "unit", "occasion", "rung", "role", "not_before", "person", "channels", "outcome",
    ],
}  # fmt: skip


@pytest.fixture
def people(demo_home):
    """Name and telephone of everyone who was made up, and what all their mailboxes end in."""
    found = sql("SELECT name, phone, email FROM officer")
    assert len(found) > 150
    assert {mail.partition("@")[2] for _, _, mail in found} == {"demo.invalid"}
    return {name for name, _, _ in found} | {phone for _, phone, _ in found} | {"@demo.invalid"}


@pytest.fixture
def ask(demo):
    """A command with --json on the demonstration: what it answers."""

    def command(*words):
        done = demo.command(*words, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return command


def passed(demo_home):
    """The newest week that is over."""
    found = (
        "SELECT DISTINCT occasion FROM obligation"
        " WHERE programme = :slug AND occasion < :week ORDER BY 1 DESC"
    )
    return sql(found, slug=SLUG, week=week(datetime.now(UTC)))[0][0]


def test_it_says_what_happened_and_that_all_of_it_is_made_up(demo):
    said = demo.said()
    assert say("up.title_demo") in said
    assert re.search(r"│ 洛阳市城市更新 +│ 2\d{3}-W\d\d +│ \d+/66 ", said)
    beside = ("洛阳市城市提质“351”工程", "河南省百城建設提質工程", "铜梁区城市更新提升")
    assert [name for name in beside if not re.search(f"│ {name} +│ 2", said)] == []
    assert f"http://127.0.0.1:{demo.port}/runs" in said
    assert (demo.home / "prefect.auth").read_text("utf-8") in said


def test_the_first_run_of_the_worker_completes_with_a_table_at_the_server(demo):
    """The runs before it are simulated; this one is the worker's."""

    def met():
        runs = demo.runs(f"{SLUG}-office", "COMPLETED")
        return [r for r in runs if r["parameters"].get("reason") == say("simulate.first")]

    [first, *_] = demo.until(met, 120, "the first run has completed")
    assert re.fullmatch(r"周调度 \d{4}-W\d\d · 已报 \d+/66 · 迟报 \d+ · 未报 \d+", first["name"])
    of_run = {"artifacts": {"flow_run_id": {"any_": [first["id"]]}}}
    kept = {a["key"].rsplit("-")[-1]: a for a in demo.ask("/artifacts/filter", of_run)}
    table = json.loads(kept["told"]["data"])
    assert all(list(row) == ["单位", "告知内容", "方式", "时间", "结果"] for row in table)
    assert kept["told"]["type"] == "table"
    assert MARK in kept["summary"]["data"]


def test_no_made_up_person_is_in_prefects_database_in_the_logs_or_in_the_artifacts(demo, people):
    store = b"".join(f.read_bytes() for f in (demo.home / "prefect").glob("prefect.db*"))
    logs = b"".join(f.read_bytes() for f in (demo.home / "logs").iterdir())
    kept = json.dumps(demo.ask("/artifacts/filter", {"limit": 200}), ensure_ascii=False)
    text = "\n".join([*texts(demo.home / "prefect" / "prefect.db"), kept])
    assert "周调度" in text  # or the search is no search
    assert "周调度".encode() in store
    raw = store + logs
    for word in people:
        for form in {word, json.dumps(word)[1:-1]}:  # as it is, and as JSON escapes it
            assert form not in text
            assert form.encode() not in raw


def texts(file):
    """Every word in every column of a database."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (table,) in tables.fetchall():
            for row in connection.execute(f'SELECT * FROM "{table}"'):
                yield from (
                    v.decode("utf-8", "replace") if isinstance(v, bytes) else str(v) for v in row
                )


def test_every_message_of_the_demonstration_is_marked(demo_home):
    mails = [f.read_bytes() for f in (demo_home / "outbox" / "email").glob("*.eml")]
    texts = [f.read_text("utf-8") for f in (demo_home / "outbox" / "sms").glob("*.txt")]
    assert len(mails) > 200
    assert len(texts) > 50
    for mail in mails:
        read = message_from_bytes(mail, policy=policy.default)
        assert read["Subject"].startswith(f"【{MARK}】")
        assert f"【{MARK}】" in read.get_body().get_content()  # some go with a marked copy
        assert read["To"].endswith("@demo.invalid")
    assert all(f"【{MARK}】" in text for text in texts)


def test_obligations_and_who_answer_in_json(demo_home, ask):
    rows = ask("obligations", SLUG, "--occasion", passed(demo_home))
    assert (len(rows), {tuple(row) for row in rows}) == (66, {tuple(KEYS["obligations"])})
    assert {row["state"] for row in rows} == {"on_time", "late", "missing"}
    due = datetime.fromisoformat(rows[0]["due_at"])
    told = ask("who", SLUG, "--as-of", due.isoformat())
    assert {tuple(row) for row in told} <= {tuple(KEYS["who"])}
    assert told
    full = {name for (name,) in sql("SELECT name FROM officer")}
    assert not {row["person"] for row in told} & full


def test_a_ledger_is_exported_and_a_receipt_returned_and_accepted(demo, demo_home, ask):
    occasion = passed(demo_home)
    file = ask("ledger", "export", SLUG, "--occasion", occasion)["file"]
    assert Path(file).read_bytes()[:2] == b"PK"
    [(receipt,), *_] = sql(
        "SELECT e.receipt_id FROM obligation_event e JOIN obligation o"
        " ON o.id = e.obligation_id JOIN appointment a ON a.unit_id = o.debtor"
        " AND a.role = 'liaison' WHERE e.kind = 'accepted' AND o.occasion = :week"
        " AND NOT EXISTS (SELECT 1 FROM obligation_event n WHERE n.obligation_id = o.id"
        " AND n.id > e.id) ORDER BY e.id DESC",
        week=occasion,
    )
    words = ("ledger", "return", str(receipt), "--reason", "请补充附图")
    assert ask(*words)["verdict"] == say("kind.returned")
    waiting = "SELECT state, body FROM message WHERE kind = 'returned' ORDER BY id DESC LIMIT 1"
    assert sql(waiting) == [("pending", None)]
    assert demo.command("run", "dispatch").returncode == 0
    [(state, body)] = sql(waiting)
    content = message_from_bytes(body, policy=policy.default).get_content()
    assert (state, say("check.office", reason="请补充附图") in content) == ("sent", True)
    again = ask("ledger", "accept", str(receipt), "--reason", "已补")
    assert (again["receipt"], again["verdict"]) == (receipt, say("kind.accepted"))
    twice = demo.command("ledger", "accept", str(receipt))
    assert twice.returncode == 1
    assert twice.stderr.startswith(say("obligation.transition", kind="通过", phase="", last="")[:8])
    assert "Traceback" not in twice.stderr


def test_the_checkup_the_sentences_and_the_trail_are_in_order(demo, ask):
    looks = ask("doctor")
    assert say("doctor_result.bad") not in {look["result"] for look in looks}
    assert "数据库" in {look["check"] for look in looks}
    assert len(ask("sentences")) > 300
    assert ask("audit", "verify") == []
    assert demo.command("audit", "verify").stdout.strip() == say("output.audit_good")


def test_simulating_again_runs_only_what_has_not_been_run(demo_home, ask):
    before = sql("SELECT count(*) FROM receipt")
    assert ask("simulate", SLUG, "--weeks", "4")["moments"] <= 2
    assert sql("SELECT count(*) FROM receipt")[0][0] - before[0][0] <= 66
