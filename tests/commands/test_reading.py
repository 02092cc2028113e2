"""A file looked at from the command line before it is sent: what is read, and what it needs."""

from io import BytesIO

import openpyxl
import pytest

from domain.sentences import say
from models import head_match
from models.base import writing
from tests.build import SLUG, change, sql
from tests.commands.wording import is_said
from tests.desk import ENOUGH, TELEPHONE, blank, filled

WEEK = "2026-W47"


@pytest.fixture
def sent(tmp_path_factory):
    place = tmp_path_factory.mktemp("sent")

    def put(content, name="周调度.xlsx"):
        (place / name).write_bytes(content)
        return str(place / name)

    return put


def test_a_good_file_is_looked_at_and_nothing_is_stored(luoshu, desk, sent):
    file = sent(filled(blank("涧西区", "2026-W46"), ENOUGH | {"investment-to-date": 9000.5}))
    before = sql("SELECT count(*) FROM receipt"), sql("SELECT count(*) FROM audit_event")
    answer = luoshu("ledger", "read", file, "--json")
    told = answer.json
    assert (answer.code, told["verdict"], told["certain"]) == (0, "good", True)
    assert (told["unit"], told["occasion"], told["form"]) == ("涧西区", "2026-W46", "weekly-county")
    assert told["rows"][""]["investment-to-date"] == {"value": "9000.5", "cell": "周调度!D16"}
    assert told["mapping"]["projects"]["sure"] == 1
    # held against the week before, as it would be when it comes in
    assert [found["rule"] for found in told["findings"]] == ["checks.change"]
    assert before == (sql("SELECT count(*) FROM receipt"), sql("SELECT count(*) FROM audit_event"))


def test_a_file_that_would_come_back_ends_with_1_and_says_why(luoshu, desk, sent):
    file = sent(filled(blank("涧西区", "2026-W46"), {"projects": f"见{TELEPHONE}"}))
    answer = luoshu("ledger", "read", file)
    assert answer.code == 1
    assert say("desk.verdict_bad") in answer.out
    assert "【要改】周调度!D5：“节点目标任务完成情况”没有填写" in answer.out
    assert TELEPHONE not in answer.out


def test_a_file_of_ones_own_is_read_as_far_as_its_heads_are_known(luoshu, home, sent):
    book = openpyxl.Workbook()
    rows = (["项目开竣工情况", "节点目标完成情况", "接待批次"], ["三个开工", "均按期", "2"])
    for row in rows:
        book.active.append(row)
    buffer = BytesIO()
    book.save(buffer)
    file = sent(buffer.getvalue(), "自制.xlsx")
    words = ("--programme", SLUG, "--form", "weekly-county", "--unit", "涧西区", "--occasion", WEEK)
    answer = luoshu("ledger", "read", file, *words)
    assert answer.code == 1
    assert say("desk.verdict_doubtful") in answer.out
    assert say("desk.ignored") in answer.out
    assert not (home / "luoshu.db").exists()


def own(unit="", occasion=""):
    """A table of a unit's own with heads of the form, and lines above that say whose it is."""
    book = openpyxl.Workbook()
    for label, word in (("报送单位", unit), ("期", occasion)):
        if word:
            book.active.append([f"{label}：{word}"])
    book.active.append(["项目开竣工情况", "节点目标任务完成情况"])
    book.active.append(["三个开工", "均按期"])
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_file_tried_for_another_unit_than_it_names_says_so(luoshu, home, sent):
    words = ("--programme", SLUG, "--form", "weekly-county", "--unit", "伊川县")
    file = sent(own("涧西区", WEEK), "自制.xlsx")
    answer = luoshu("ledger", "read", file, *words)
    assert say("desk.other_unit", other="涧西区", unit="伊川县") in answer.out
    assert luoshu("ledger", "read", file, *words, "--json").json["notes"]
    same = luoshu("ledger", "read", sent(own("伊川县", WEEK), "自制.xlsx"), *words, "--json")
    assert not same.json["notes"]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (own(occasion="2026-W46"), "intake.no_unit"),
        (own("火星区", "2026-W46"), "intake.unknown_unit"),
        (own("涧西区"), "intake.no_occasion"),
        (own("涧西区", "2026-W99"), "intake.not_owed"),
    ],
)
def test_a_file_that_would_be_left_lying_is_not_called_good(luoshu, desk, sent, content, key):
    file = sent(content, "自制.xlsx")
    answer = luoshu("ledger", "read", file, "--programme", SLUG, "--form", "weekly-county")
    assert answer.code == 1
    assert say(key) in answer.out
    assert say("desk.verdict_astray") in answer.out
    told = luoshu("ledger", "read", file, "--programme", SLUG, "--json").json
    assert (told["verdict"], say(key) in told["problems"]) == ("astray", True)


def test_heads_the_office_has_confirmed_are_read_as_they_would_be(luoshu, desk, sent):
    content = own("涧西区", "2026-W46")
    book = openpyxl.load_workbook(BytesIO(content))
    book.active["B3"] = "节点目标完成情况"
    buffer = BytesIO()
    book.save(buffer)
    words = ("ledger", "read", sent(buffer.getvalue(), "自制.xlsx"), "--programme", SLUG, "--json")
    assert luoshu(*words).json["verdict"] == "doubtful"
    with writing() as session:
        heads = {"节点目标完成情况": "milestones"}
        head_match.confirm(session, change(SLUG, "office"), "weekly-county", heads)
    assert luoshu(*words).json["verdict"] == "good"


def test_what_cannot_be_read_is_refused_with_a_remedy(luoshu, home, sent):
    for name, content, key in (
        ("空.xlsx", b"", "preflight.empty"),
        ("报告.docx", b"PK", "preflight.suffix"),
    ):
        answer = luoshu("ledger", "read", sent(content, name), "--programme", SLUG)
        assert (answer.code, is_said(key, answer.err, name)) == (1, True)
    gone = luoshu("ledger", "read", "没有.xlsx", "--programme", SLUG)
    assert (gone.code, is_said("desk.no_file", gone.err)) == (1, True)
    when = ("--programme", SLUG, "--occasion", "2026-W54")
    week = luoshu(
        "ledger",
        "read",
        sent("项目开竣工情况,节点目标任务完成情况\n开工,按期\n".encode(), "表.csv"),
        *when,
    )
    assert (week.code, is_said("period.unknown", week.err, "2026-W54")) == (1, True)
    whose = luoshu("ledger", "read", sent("栏,二\n1,2\n".encode(), "表.csv"))
    assert (whose.code, is_said("desk.which_programme", whose.err, SLUG)) == (1, True)
