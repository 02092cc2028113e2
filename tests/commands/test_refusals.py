"""What is refused: in a Chinese sentence on stderr; with 1, or 2 for a slip of the pen."""

import re

import pytest

from domain.sentences import catalogue
from migrations import migrate
from models.base import engine
from tests.build import SLUG, WEEK, sql
from tests.commands.wording import is_said

FAR = "2999-01-01T00:00:00"
READS = {
    "who": ("who", SLUG),
    "export": ("ledger", "export", SLUG),
    "calendars": ("deadlines", SLUG, "--ics", "日历"),
    "accept": ("ledger", "accept", "1"),
    "return": ("ledger", "return", "1", "--reason", "x"),
    "reply": ("ledger", "reply", "1"),
    "show": ("ledger", "show", "1"),
    "history": ("ledger", "history", SLUG, "涧西区"),
    "cases": ("ledger", "cases", SLUG),
    "carry": ("ledger", "carry", SLUG, "涧西区"),
    "verify": ("audit", "verify"),
    "import": ("officers", "import", "名单.csv"),
    "list": ("officers", "list", SLUG),
    "check": ("officers", "check", SLUG),
    "confirm": ("officers", "confirm", "涧西区"),
    "delegate": ("officers", "delegate", "涧西区"),
    "simulate": ("simulate", SLUG),
    "weekly": ("run", "weekly", SLUG),
    "dispatch": ("run", "dispatch"),
    "planner": ("run", "planner"),
    "reaper": ("run", "reaper"),
}
REFUSED = {
    "an unknown programme": (("obligations", "luoyang"), "programme.no_folder"),
    "an unknown programme in who": (("who", "luoyang"), "programme.no_folder"),
    "an unknown programme in export": (("ledger", "export", "luoyang"), "programme.no_folder"),
    "an unknown programme in run": (("run", "weekly", "luoyang"), "programme.no_folder"),
    "an unknown programme in simulate": (("simulate", "luoyang"), "programme.no_folder"),
    "deadlines of no programme": (("deadlines", "--year", "2026"), "deadlines.which"),
    "calendars of no programme": (("deadlines", "--ics", "日历"), "deadlines.which"),
    "an unknown programme in deadlines": (("deadlines", "luoyang"), "programme.no_folder"),
    "an unknown office in deadlines": (
        ("deadlines", SLUG, "--office", "annex-9"),
        "office.unknown",
    ),
    "a year of two digits": (("deadlines", SLUG, "--year", "26"), "deadlines.year"),
    "a page of a year without deadlines": (
        ("deadlines", "luoyang-estates", "--year", "2026", "--chart", "挂图.html"),
        "deadlines.ended",
    ),
    "a table where none can be written": (
        ("deadlines", SLUG, "--year", "2026", "--xlsx", "/dev/null/全年.xlsx"),
        "deadlines.not_written",
    ),
    "a bad occasion": (("obligations", SLUG, "--occasion", "第46周"), "period.unknown"),
    "a week that is not": (("obligations", SLUG, "--occasion", "2026-W54"), "period.unknown"),
    "a bad occasion in export": (
        ("ledger", "export", SLUG, "--occasion", "2026-46"),
        "period.unknown",
    ),
    "a bad occasion in run": (
        ("run", "weekly", SLUG, "--occasion", "2026-46"),
        "period.unknown",
    ),
    "the future in obligations": (("obligations", SLUG, "--as-of", FAR), "run.future"),
    "the future in export": (("ledger", "export", SLUG, "--as-of", FAR), "run.future"),
    "the future in run": (("run", "weekly", SLUG, "--as-of", FAR), "run.future"),
    "an unknown office": (("who", SLUG, "--office", "annex-9"), "office.unknown"),
    "an unknown office in export": (
        ("ledger", "export", SLUG, "--office", "annex-9"),
        "office.unknown",
    ),
    "no office where there are several": (("ledger", "export", "luoyang-351"), "office.which"),
    "a ledger of nothing": (
        ("ledger", "export", SLUG, "--occasion", "2026-W10"),
        "ledger.nothing_owed",
    ),
    "heads of no programme": (("match", "list", "没有"), "programme.no_folder"),
    "an unknown office in run": (
        ("run", "weekly", SLUG, "--office", "annex-9"),
        "office.unknown",
    ),
    "a bad stage": (("run", "weekly", SLUG, "--stages", "collect,paint"), "run.unknown_stage"),
    "planning without a server": (("run", "planner"), "run.no_server"),
    "looking for dead runs without a server": (("run", "reaper"), "run.no_server"),
    "an unknown receipt": (("ledger", "accept", "999"), "ledger.no_receipt"),
    "an unknown receipt sent back": (
        ("ledger", "return", "999", "--reason", "x"),
        "ledger.no_receipt",
    ),
    "a second acceptance": (("ledger", "accept", "1"), "obligation.transition"),
    "a list that is not there": (("officers", "import", "没有.csv"), "officers.no_file"),
    "an unknown unit": (("officers", "confirm", "涧东区"), "officers_fault.unknown_unit"),
    "an unknown role": (
        ("officers", "confirm", "涧西区", "--role", "组长"),
        "officers_fault.unknown_role",
    ),
    "nobody in a role": (
        ("officers", "confirm", "涧西区", "--role", "operator"),
        "officers.nobody",
    ),
    "a second confirmation": (("officers", "confirm", "涧西区"), "officers.nothing_to_confirm"),
    "a stand-in without a reason": (
        ("officers", "delegate", "涧西区", "--to-officer", "head@ly-jianxi.example"),
        "officers.no_reason",
    ),
    "a stand-in nobody named": (
        ("officers", "delegate", "涧西区", "--reason", "出差"),
        "officers.who",
    ),
    "a stand-in nobody knows": (
        ("officers", "delegate", "涧西区", "--to-officer", "x@y.example", "--reason", "出差"),
        "officers.unknown_person",
    ),
    "standing in for oneself": (
        (
            "officers",
            "delegate",
            "涧西区",
            "--to-officer",
            "liaison@ly-jianxi.example",
            "--reason",
            "x",
        ),
        "officers.himself",
    ),
    "the end of no delegation": (
        ("officers", "delegate", "涧西区", "--cancel"),
        "officers.not_delegated",
    ),
    "a template nobody owes": (
        ("ledger", "template", SLUG, "--occasion", "2026-11"),
        "desk.nothing_owed",
    ),
    "a template of no unit": (("ledger", "template", SLUG, "涧东区"), "unit.unknown"),
    "a unit like no other": (("ledger", "template", SLUG, "火星基地"), "unit.unknown_far"),
    "a file that is not there": (("ledger", "read", "没有.xlsx"), "desk.no_file"),
    "a receipt nobody has": (("ledger", "show", "999"), "ledger.no_receipt"),
    "a reply to nothing": (("ledger", "reply", "999"), "ledger.no_receipt"),
    "a history of nothing": (("ledger", "history", SLUG, "市财政局"), "desk.no_history"),
    "a form that is not": (
        ("ledger", "history", SLUG, "涧西区", "--form", "月报"),
        "office.unknown_form",
    ),
    "a history of another form": (
        ("ledger", "history", SLUG, "涧西区", "--form", "weekly-member"),
        "desk.no_history_form",
    ),
    "cases of no unit": (("ledger", "cases", "luoyang-351"), "desk.no_practice"),
    "nothing to carry": (("ledger", "carry", SLUG, "市财政局"), "desk.nothing_carried"),
    "a simulation among real data": (("simulate", SLUG), "simulate.not_demo"),
}


@pytest.mark.parametrize("command", READS)
def test_without_a_database_it_says_how_to_make_one(command, luoshu, home):
    answer = luoshu(*READS[command])
    assert (answer.code, answer.out) == (1, "")
    assert is_said("database.missing", answer.err, home, "luoshu up", "var/demo")
    assert not (home / "luoshu.db").exists()


@pytest.mark.parametrize("command", READS)
def test_an_outdated_database_is_not_touched(command, luoshu, books):
    sql("UPDATE alembic_version SET version_num = '0000'")
    answer = luoshu(*READS[command])
    assert (answer.code, answer.out) == (1, "")
    assert is_said("database.outdated", answer.err, "0000", migrate.head(), "luoshu up")


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_in_a_sentence(case, luoshu, books):
    words, key = REFUSED[case]
    answer = luoshu(*words)
    assert (answer.code, answer.out) == (1, "")
    assert is_said(key, answer.err)
    assert answer.err.count("\n") == 1


def test_to_a_program_a_refusal_is_json_too(luoshu, books):
    answer = luoshu("obligations", SLUG, "--occasion", "x", "--json")
    assert answer.code == 1
    assert answer.json["error"] == "period.unknown"
    assert answer.err.strip() == answer.json["message"]


def test_a_receipt_is_not_sent_back_without_a_reason(luoshu, books):
    assert luoshu("ledger", "return", "1").code != 0
    empty = luoshu("ledger", "return", "1", "--reason", " ")
    assert (empty.code, is_said("ledger.no_reason", empty.err)) == (1, True)
    assert sql("SELECT count(*) FROM obligation_event WHERE kind = 'returned'") == [(0,)]


def test_a_simulation_refused_among_real_data_has_made_nobody_up(luoshu, books):
    before = sql("SELECT count(*) FROM officer"), sql("SELECT count(*) FROM unit")
    assert luoshu("simulate", SLUG, "--units", "5").code == 1
    assert (sql("SELECT count(*) FROM officer"), sql("SELECT count(*) FROM unit")) == before
    sql("DELETE FROM appointment")
    sql("DELETE FROM officer")
    assert luoshu("simulate", SLUG, "--units", "5").code == 1
    assert sql("SELECT count(*) FROM officer") == [(0,)]
    assert not (books / "inbox").exists()
    engine().dispose()


def test_a_refused_verdict_leaves_no_trace(luoshu, books):
    before = sql("SELECT count(*) FROM obligation_event")
    assert luoshu("ledger", "accept", "1").code == 1
    assert sql("SELECT count(*) FROM obligation_event") == before
    assert luoshu("obligations", SLUG, "--occasion", WEEK).code == 0


USAGE = {
    "a missing argument": (("obligations",), "usage.missing"),
    "an unknown option": (("obligations", SLUG, "--colour", "red"), "usage.option"),
    "an unknown command": (("ledgers",), "usage.command"),
    "a word where a number belongs": (("ledger", "accept", "first"), "usage.value"),
    "a date that is none": (("obligations", SLUG, "--as-of", "昨天"), "usage.value"),
}


@pytest.mark.parametrize("case", USAGE)
def test_what_was_typed_wrong_is_said_in_chinese(case, luoshu, books):
    words, key = USAGE[case]
    answer = luoshu(*words)
    assert (answer.code, answer.out) == (2, "")
    fixed = max(re.split(r"\{\w+\}", catalogue()[key]), key=len)
    assert fixed in answer.err
