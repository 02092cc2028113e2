"""The office's desk from the command line: templates, a look at a file, replies, histories."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from domain.sentences import say
from models import head_match
from models.base import writing
from tests.build import SLUG, change, sql
from tests.commands.wording import is_said
from tests.desk import ENOUGH, TELEPHONE, WARNED, blank, filled, weeks

WEEK = "2026-W47"


@pytest.fixture
def desk(own_copy):
    own_copy(SLUG, WARNED)
    return weeks()


def test_templates_are_made_before_anything_is_set_up(luoshu, home, tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    asked = ("ledger", "template", SLUG, "涧西区", "偃师市", "--occasion", WEEK)
    rows = luoshu(*asked, "--out", str(out), "--json").json
    assert [(row["unit"], row["before_of"]) for row in rows] == [
        ("ly-jianxi", None),
        ("ly-yanshi", None),
    ]
    assert sorted(path.name for path in out.iterdir()) == [
        f"{WEEK} 偃师区 周调度.xlsx", f"{WEEK} 涧西区 周调度.xlsx",
    ]  # fmt: skip
    assert not (home / "luoshu.db").exists()


def test_a_template_has_what_was_last_accepted(luoshu, desk, tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    [row] = luoshu(
        "ledger", "template", SLUG, "涧西区", "--occasion", WEEK, "--out", str(out), "--json"
    ).json
    assert row["before_of"] == "2026-W46"
    page = openpyxl.load_workbook(row["file"])["周调度"]
    shown = {
        cells[1].value: (cells[3].value, cells[4].value) for cells in page.iter_rows(min_row=4)
    }
    assert shown["累计竣工项目数"] == (None, 5)
    assert shown["累计完成投资"] == (None, 9000)
    told = luoshu("ledger", "template", SLUG, "涧西区", "--occasion", WEEK, "--out", str(out)).out
    assert is_said("desk.templates", told, 1, out)


def test_every_debtor_gets_a_template_and_progress_is_not_mixed_into_what_is_printed(
    luoshu, desk, tmp_path_factory
):
    out = tmp_path_factory.mktemp("out")
    answer = luoshu("ledger", "template", SLUG, "--occasion", "2026-W46", "--out", str(out))
    owed = sql("SELECT count(*) FROM obligation WHERE occasion = '2026-W46'")[0][0]
    assert len(list(out.iterdir())) == owed > 20
    assert is_said("desk.templates", answer.out, owed, out)


def test_a_unit_that_owes_nothing_is_told_where_to_look(luoshu, desk):
    answer = luoshu("ledger", "template", SLUG, "涧西区", "--occasion", "2026-11")
    assert (answer.code, is_said("desk.nothing_owed", answer.err, "2026-11")) == (1, True)


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


def test_a_reply_is_the_senders_own_file_marked(luoshu, desk, tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    told = luoshu("ledger", "reply", str(desk["bad"]), "--out", str(out), "--json").json
    assert told["own"] is True
    copy, page = told["files"]
    book = openpyxl.load_workbook(copy)
    assert book.sheetnames[0] == say("markup.sheet")
    assert "不应超过" in book["周调度"]["D13"].comment.text
    assert book["周调度"]["D13"].value == 15
    assert told["sha256"] in Path(page).read_text("utf-8")
    shown = luoshu("ledger", "reply", str(desk["bad"]), "--out", str(out)).out
    assert all(word in shown for word in (told["number"], told["sha256"], say("desk.marked")))


def test_a_receipt_is_shown_as_it_was_read(luoshu, desk):
    told = luoshu("ledger", "show", str(desk["bad"]), "--json").json
    assert (told["verdict"], told["unit"]) == ("returned", "涧西区")
    assert told["rows"][""]["projects-completed"] == {"value": "15", "cell": "周调度!D13"}
    assert [found["cell"] for found in told["findings"] if found["severity"] == "error"] == [
        "周调度!D13"
    ]
    shown = luoshu("ledger", "show", str(desk["bad"])).out
    assert "【要改】周调度!D13" in shown
    assert TELEPHONE not in shown + str(told)


def test_a_history_says_what_each_version_corrected(luoshu, desk):
    rows = luoshu("ledger", "history", SLUG, "涧西区", "--json").json
    assert [(row["occasion"], row["verdict"], row["version"]) for row in rows] == [
        ("2026-W45", "accepted", 1), ("2026-W46", "returned", 1), ("2026-W46", "accepted", 2),
    ]  # fmt: skip
    assert rows[2]["corrections"] == [
        {"row": "", "field": "累计竣工项目数", "was": "15", "now": "5"}
    ]
    shown = luoshu("ledger", "history", SLUG, "涧西区", "--form", "weekly-county").out
    assert say("desk.correction", field="累计竣工项目数", was="15", now="5") in shown
    assert "退回" in shown
    none = luoshu("ledger", "history", SLUG, "偃师区")
    assert (none.code, is_said("desk.no_history", none.err, "偃师区")) == (1, True)


def test_the_case_library_is_written_as_a_workbook_and_a_page(luoshu, desk):
    told = luoshu("ledger", "cases", SLUG, "--json").json
    assert told["cases"] == 1  # sent twice, told once
    book, page = told["files"]
    sheet = openpyxl.load_workbook(book).active
    assert [cell.value for cell in sheet[3]][5:9] == [
        "一街一策，先地下后地上。（***）", sheet["G3"].value, "2026-W45", 2,
    ]  # fmt: skip
    assert "一街一策" in Path(page).read_text("utf-8")
    assert TELEPHONE not in Path(page).read_text("utf-8")
    none = luoshu("ledger", "cases", SLUG, "--since", WEEK)
    assert (none.code, is_said("desk.no_cases", none.err, WEEK)) == (1, True)


def test_what_a_unit_carries_over_the_year_is_one_file(luoshu, desk):
    file = luoshu("ledger", "carry", SLUG, "涧西区", "--year", "2026", "--json").json["file"]
    sheet = openpyxl.load_workbook(file)["周调度"]
    heads = [cell.value for cell in sheet[2]]
    done = heads.index("累计竣工项目数（个）")
    assert [(row[0].value, row[done].value) for row in sheet.iter_rows(min_row=3, max_row=4)] == [
        ("2026-W46", 5), ("2026-W45", 3),
    ]  # fmt: skip
    assert TELEPHONE not in str([*sheet.values])
    none = luoshu("ledger", "carry", SLUG, "涧西区", "--year", "2025")
    assert (none.code, is_said("desk.nothing_carried", none.err, "2025")) == (1, True)


def test_the_ledger_has_a_column_of_what_to_ask_about(luoshu, desk):
    file = luoshu("ledger", "export", SLUG, "--occasion", "2026-W46", "--json").json["file"]
    book = openpyxl.load_workbook(file)
    [page] = [p for p in book if any(row[1] == "涧西区" for row in p.values)]
    heads = list(page.values)[1]
    [row] = [dict(zip(heads, row, strict=True)) for row in page.values if row[1] == "涧西区"]
    assert row["累计竣工项目数（个）"] == 5
    assert "变动较大" in row[say("ledger_rows.warnings")]


@pytest.mark.parametrize("words", [("show", "999"), ("reply", "999")])
def test_a_number_nobody_has_is_refused(words, luoshu, desk):
    answer = luoshu("ledger", *words)
    assert (answer.code, is_said("ledger.no_receipt", answer.err, "000999")) == (1, True)


def test_what_answers_nothing_is_listed(luoshu, desk):
    assert say("unmatched.none") in luoshu("ledger", "unmatched", SLUG).out
    sql("UPDATE receipt SET problem = 'intake.no_unit', obligation_id = NULL WHERE id = 1")
    [row] = luoshu("ledger", "unmatched", SLUG, "--json").json
    assert (row["number"], row["problem"]) == ("000001", say("intake.no_unit"))
    shown = luoshu("ledger", "unmatched", SLUG).out
    assert "000001" in shown
    answer = luoshu("ledger", "show", "1")
    assert (answer.code, is_said("ledger.stuck", answer.err, "000001")) == (1, True)


def test_the_desk_keeps_the_trail_whole(luoshu, desk):
    assert luoshu("audit", "verify", "--json").json == []
