"""What each command answers, to a person and to a program."""

from datetime import datetime
from email import message_from_bytes, policy
from importlib.metadata import version

import openpyxl

from commands import main
from domain.sentences import say
from tasks.dispatches import drain
from tasks.work import Work
from tests.build import SLUG, WEEK, nov, sql, tamper
from tests.commands.wording import is_said

LATER = "2026-11-16T09:00:00"
ROWS = {
    "涧西区": ("on_time", []),
    "偃师区": ("late", []),
    "市财政局": ("exempt", []),
    "国网洛阳供电公司": ("missing", []),
}


def test_obligations_for_a_program(books, luoshu):
    rows = luoshu("obligations", SLUG, "--occasion", WEEK, "--as-of", LATER, "--json").json
    assert {row["unit"]: (row["state"], row["flags"]) for row in rows} == ROWS
    assert rows[0] == {
        "office": "office",
        "form": "weekly-county",
        "unit": "涧西区",
        "occasion": WEEK,
        "due_at": "2026-11-13T16:00:00+08:00",
        "state": "on_time",
        "flags": [],
    }


def test_obligations_for_a_person(books, luoshu):
    shown = luoshu("obligations", SLUG, "--occasion", WEEK, "--as-of", LATER).out
    assert f"洛阳市城市更新 {WEEK}" in shown
    lines = {line.split("│")[1].strip(): line for line in shown.splitlines() if "│" in line}
    assert [w in lines["涧西区"] for w in ("11月13日（周五）16:00", "按时")] == [True, True]
    assert [w in lines[u] for u, w in (("偃师区", "迟报"), ("市财政局", "免报"))] == [True, True]


def test_obligations_as_they_were_known_at_an_instant(books, luoshu):
    asked = ("obligations", SLUG, "--occasion", WEEK, "--json", "--as-of")
    before = luoshu(*asked, "2026-11-13T15:59:58").json
    assert [row["state"] for row in before] == ["pending", "pending", "exempt", "pending"]
    not_yet = luoshu(*asked, "2026-10-31T00:00:00").json
    assert {(row["state"], *row["flags"]) for row in not_yet} == {("pending", "not_opened")}


def test_an_occasion_nobody_has_opened_is_told_as_it_will_be(books, luoshu):
    asked = ("obligations", SLUG, "--occasion", "2026-W50")
    assert "未开期" in luoshu(*asked).out
    row = luoshu(*asked, "--json").json[0]
    assert (row["due_at"], row["flags"]) == ("2026-12-11T16:00:00+08:00", ["not_opened"])


def test_an_occasion_nobody_owes_is_said_to_be_empty(books, luoshu):
    assert is_said(
        "output.no_obligations", luoshu("obligations", SLUG, "--occasion", "2026-11").out
    )


def test_who_is_told_with_the_surname_only(books, luoshu):
    asked = ("who", SLUG, "--as-of", "2026-11-13T17:00:00")
    rows = luoshu(*asked, "--json").json
    about = {(r["unit"], r["rung"], r["role"]): r for r in rows}
    told = about["国网洛阳供电公司", "R3", "联络员"]
    assert told["channels"] == ["邮件", "短信"]
    assert told["outcome"] == say("who.tell")
    assert datetime.fromisoformat(told["not_before"]) == nov(13, "17:00")
    assert about["涧西区", "R3", "联络员"]["outcome"] == say("reminder.cleared_on_time")
    shown = luoshu(*asked).out
    assert "国*" in shown
    assert "2026-11-13 17:00:00" in shown
    full = {name for (name,) in sql("SELECT name FROM officer")}
    assert not any(name in shown + str(rows) for name in full)


def test_at_a_quiet_instant_nobody_is_told(books, luoshu):
    asked = ("who", SLUG, "--as-of", "2026-11-11T12:00:00")
    assert is_said("output.nobody_told", luoshu(*asked).out)
    assert luoshu(*asked, "--json").json == []


def test_a_receipt_is_sent_back_with_the_reason_and_accepted_after_all(books, luoshu):
    back = luoshu("ledger", "return", "1", "--reason", "请补充附图", "--json").json
    assert (back["receipt"], back["unit"], back["occasion"]) == (1, "涧西区", WEEK)
    assert back["verdict"] == say("kind.returned")
    drain.fn(Work(SLUG, "", "", nov(30, "12:00"), 0), 10)
    [mail] = (books / "outbox" / "email").glob("*.eml")
    text = message_from_bytes(mail.read_bytes(), policy=policy.default).get_content()
    assert say("check.office", reason="请补充附图") in text
    shown = luoshu("ledger", "accept", "1", "--reason", "附图已补").out
    assert is_said("output.accepted", shown, "涧西区", WEEK)
    reasons = (
        "SELECT kind, actor, reason FROM obligation_event WHERE actor = 'office' AND receipt_id = 1"
    )
    assert sql(reasons) == [
        ("returned", "office", "请补充附图"),
        ("accepted", "office", "附图已补"),
    ]
    assert luoshu("audit", "verify", "--json").json == []


def test_the_ledger_is_written_and_its_place_told(books, luoshu):
    asked = ("ledger", "export", SLUG, "--occasion", WEEK)
    file = books / "exports" / SLUG / f"{WEEK}.xlsx"
    assert luoshu(*asked, "--json").json == {"file": str(file)}
    assert is_said("output.written", luoshu(*asked).out, file)
    book = openpyxl.load_workbook(file)
    rows = (row for page in book for row in page.iter_rows(min_row=3, values_only=True))
    units = {row[1] for row in rows if row[1]}  # the foot has no unit
    assert units == set(ROWS)
    past = luoshu(*asked, "--as-of", "2026-11-13T15:00:00", "--json").json["file"]
    assert past.endswith(f"{WEEK}@20261113T070000Z.xlsx")


def test_the_trail_is_good_until_somebody_edits_a_row(books, luoshu):
    assert is_said("output.audit_good", luoshu("audit", "verify").out)
    tamper("UPDATE receipt SET source = 'x' WHERE id = 2")
    found = luoshu("audit", "verify", "--json")
    assert found.code == 1
    assert found.json == [{"table": "receipt", "row": "2", "finding": say("audit.edited")}]
    shown = luoshu("audit", "verify")
    assert shown.code == 1
    title = "".join(shown.out.partition("┏")[0].split())
    assert (title, "receipt" in shown.out) == ("".join(say("output.damage", count=1).split()), True)


def test_the_checkup_names_what_it_looked_at_and_ends_with_1_on_a_fault(books, luoshu):
    good = luoshu("doctor", "--json")
    assert (good.code, {look["result"] for look in good.json} - {"注意"}) == (0, {"正常"})
    (books / "audit.key").chmod(0o644)
    bad = luoshu("doctor")
    assert bad.code == 1
    assert f"请运行 chmod 600 {books / 'audit.key'}" in bad.out.replace("\n", "")
    looks = {look["check"]: look["result"] for look in luoshu("doctor", "--json").json}
    assert looks["审计密钥"] == "有问题"


def test_the_checkup_of_an_empty_home_says_what_will_make_a_database(luoshu):
    looks = {look["check"]: look for look in luoshu("doctor", "--json").json}
    assert looks["数据库"]["result"] == "注意"
    assert is_said("doctor_database.doubtful", looks["数据库"]["finding"], "luoshu up")
    assert "运行" not in looks


def test_the_version_is_that_of_the_product(capsys):
    main.app.version_print()
    assert capsys.readouterr().out.strip() == version("luoshu")
