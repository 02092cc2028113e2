"""The office's desk from the command line: templates, replies, histories, cases."""

from pathlib import Path

import openpyxl
import pytest

from domain.sentences import say
from tests.build import SLUG, sql
from tests.commands.wording import is_said
from tests.desk import TELEPHONE

WEEK = "2026-W47"


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
