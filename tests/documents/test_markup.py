"""What comes back to its sender is the sender's own file, with what is wrong written into it."""

import shutil
import subprocess
import time
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from documents.markup import Unmarkable, filled, marked
from documents.package import repacked
from documents.remarks import Remark, Returned
from documents.result import FILLS
from documents.template import template
from domain.content import ONE, Cell, Content
from domain.sentences import say
from tests.documents.blanks import LAST, by_task, upright

NAME = say("markup.sheet")
WRONG = Remark(
    "error", "“累计开工项目数”填的是“十二”，不是数字；请只填数字。", "台账!C3", ONE, "started"
)
DOUBT = Remark("warning", "“年度投资完成率”比上期低；请核对。", "台账!D3", ONE, "rate")
NOWHERE = Remark("error", "没有写报送单位；请补上。")


def returned(*remarks, **keys):
    told = {"number": "000123", "received_at": "11月20日（周五）15:12", "sha256": "ab" * 32}
    return Returned(**told, remarks=remarks, **keys)


def own():
    """A file a unit made itself: two lines of title, merged cells, a formula, rules of its own."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "台账"
    page["A1"] = "涧西区周台账"
    page.merge_cells("A1:D1")
    page.append(["项目", "进展", "累计开工项目数", "年度投资完成率"])
    page.append(["管网改造", "已开工", "十二", 0.61])
    page["E3"] = "=D3*100"
    page["D3"].number_format = "0%"
    page["C3"].fill = PatternFill("solid", fgColor="FF00B0F0")
    page["B3"].comment = Comment("去年的口径", "区里")
    rule = DataValidation("list", formula1='"已开工,未开工"')
    rule.add("B3:B9")
    page.add_data_validation(rule)
    page.conditional_formatting.add(
        "D3", FormulaRule(["D3>1"], fill=PatternFill(bgColor="FFFF0000"))
    )
    page.freeze_panes = "B3"
    book.create_sheet("备注").sheet_state = "hidden"
    return saved(book)


def saved(book):
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(content):
    return openpyxl.load_workbook(BytesIO(content))


def values(page):
    return [[cell.value for cell in row] for row in page.iter_rows()]


def colour(cell):
    return cell.fill.fgColor.rgb if cell.fill.fill_type else None


def test_each_cell_says_what_is_wrong_with_it_and_is_red_or_yellow():
    page = read(marked(own(), returned(WRONG, DOUBT)))["台账"]
    assert page["C3"].comment.text == f"【要改】{WRONG.sentence}"
    assert page["D3"].comment.text == f"【请核对】{DOUBT.sentence}"
    assert (colour(page["C3"]), colour(page["D3"])) == (FILLS["error"], FILLS["warning"])


def test_nothing_else_is_changed():
    before, after = read(own())["台账"], read(marked(own(), returned(WRONG)))["台账"]
    assert values(after) == values(before)
    assert after["E3"].value == "=D3*100"
    assert after["D3"].number_format == "0%"
    assert after["B3"].comment.text == "去年的口径"
    assert str(after.merged_cells) == str(before.merged_cells)
    assert [str(r.sqref) for r in after.data_validations.dataValidation] == ["B3:B9"]
    assert after.conditional_formatting["D3"][0].formula == ["D3>1"]
    assert after.freeze_panes == "B3"
    assert read(marked(own(), returned(WRONG)))["备注"].sheet_state == "hidden"


def test_nothing_is_said_of_doubts_where_there_are_none():
    page = read(marked(own(), returned(WRONG)))[NAME]
    assert page["A4"].value.startswith("有 1 处要改。")
    assert "请核对" not in page["A4"].value


def test_the_first_sheet_lists_everything_with_the_receipt_and_links():
    book = read(marked(own(), returned(WRONG, DOUBT, NOWHERE)))
    page = book[NAME]
    assert (book.sheetnames[0], book.active.title) == (NAME, NAME)
    text = [row[0] for row in page.iter_rows(max_row=5, values_only=True)]
    assert "000123" in text[1]
    assert "15:12" in text[1]
    assert "ab" * 32 in text[2]
    assert text[3].startswith("有 2 处要改，1 处请核对。")
    rows = [row[1:] for row in page.iter_rows(min_row=7, values_only=True)]
    assert rows == [
        ("要改", "台账!C3", WRONG.sentence),
        ("请核对", "台账!D3", DOUBT.sentence),
        ("要改", None, NOWHERE.sentence),
    ]
    assert page["C7"].hyperlink.location == "'台账'!C3"
    assert page["C9"].hyperlink is None
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == [NAME]


@pytest.mark.parametrize(
    ("remarks", "key"), [((DOUBT,), "accepted"), ((), "clean"), ((WRONG,), "returned")]
)
def test_it_says_whether_it_must_be_sent_again(remarks, key):
    line = read(marked(own(), returned(*remarks)))[NAME]["A4"].value
    errors, warnings = (sum(r.severity == s for r in remarks) for s in ("error", "warning"))
    assert line == say(f"markup.{key}", errors=errors, warnings=warnings)


def test_two_remarks_on_a_cell_are_both_in_its_note_and_an_error_makes_it_red():
    second = replace(DOUBT, place="台账!C3")
    cell = read(marked(own(), returned(second, WRONG)))["台账"]["C3"]
    assert cell.comment.text.count("【") == 2
    assert colour(cell) == FILLS["error"]


def test_a_note_that_was_there_stays_below_ours():
    cell = read(marked(own(), returned(replace(WRONG, place="台账!B3"))))["台账"]["B3"]
    assert cell.comment.text.startswith("【要改】")
    assert cell.comment.text.endswith("去年的口径")


def test_of_merged_cells_the_first_is_marked():
    page = read(marked(own(), returned(replace(WRONG, place="台账!C1"))))["台账"]
    assert page["A1"].comment.text.startswith("【要改】")


@pytest.mark.parametrize(
    "place", ["别的表!C3", "台账!C0", "C3", "", "台账!", "台账!第3行", "台账!C3:D4"]
)
def test_a_place_that_is_none_is_listed_without_a_link(place):
    book = read(marked(own(), returned(replace(WRONG, place=place))))
    assert book[NAME]["D7"].value == WRONG.sentence
    assert book[NAME]["C7"].hyperlink is None
    assert book["台账"].max_row == 3


def test_a_copy_that_comes_back_mended_is_marked_anew():
    once = marked(own(), returned(WRONG, replace(DOUBT, place="台账!B3")))
    page = read(marked(once, returned(DOUBT)))
    assert page.sheetnames == [NAME, "台账", "备注"]
    assert [row[2] for row in page[NAME].iter_rows(min_row=7, values_only=True)] == ["台账!D3"]
    assert page["台账"]["C3"].comment is None
    assert page["台账"]["B3"].comment.text == "去年的口径"
    assert (colour(page["台账"]["C3"]), colour(page["台账"]["D3"])) == (None, FILLS["warning"])


def test_a_sheet_of_the_senders_own_with_our_name_stays():
    book = read(own())
    book.create_sheet(NAME)["A1"] = "我区自查情况"
    names = read(marked(saved(book), returned(WRONG))).sheetnames
    assert len(names) == 4
    assert names[-1] == NAME


def test_what_a_remark_quotes_is_never_a_formula():
    page = read(marked(own(), returned(Remark("error", "=1+1", "=cmd"))))[NAME]
    assert [page[cell].data_type for cell in ("C7", "D7")] == ["s", "s"]


@pytest.mark.parametrize("content", [b"", b"PK", template(upright())[:4000]])
def test_a_file_that_cannot_be_opened_is_said_to_be_so(content):
    with pytest.raises(Unmarkable):
        marked(content, returned(WRONG))


def test_a_file_with_a_style_that_is_wrong_is_said_to_be_so():
    def spoil(name, part):
        return part.replace(b"<fills", b"<fills><nonsense/>") if name == "xl/styles.xml" else part

    with pytest.raises(Unmarkable):
        marked(repacked(own(), spoil), returned(WRONG))


def test_the_same_file_and_remarks_give_the_same_bytes():
    content = own()
    first = marked(content, returned(WRONG))
    time.sleep(1.1)  # openpyxl writes the second it saves in
    assert marked(content, returned(WRONG)) == first
    assert marked(content, returned(DOUBT)) != first


def test_our_own_template_keeps_its_drop_downs_locks_and_hidden_sheets():
    before = read(template(upright()))
    after = read(marked(template(upright()), returned(replace(WRONG, place="周调度!D6"))))
    assert after.sheetnames == [NAME, *before.sheetnames]
    assert [s.sheet_state for s in after][1:] == [s.sheet_state for s in before]
    assert {*after.defined_names} == {*before.defined_names}
    old, new = before["周调度"], after["周调度"]
    rules = [
        [(str(r.sqref), r.type, r.formula1, r.error) for r in page.data_validations.dataValidation]
        for page in (old, new)
    ]
    assert rules[0] == rules[1]
    assert len(new.conditional_formatting["D6"]) == len(old.conditional_formatting["D6"]) + 1
    assert (new.protection.sheet, new["D6"].protection.locked) == (True, False)
    assert new.print_title_rows == old.print_title_rows
    assert new["B4"].comment.text == old["B4"].comment.text


def test_our_colour_is_seen_where_a_rule_of_the_sheet_would_give_another():
    once = marked(own(), returned(DOUBT))
    page = read(once)["台账"]
    [ours, theirs] = sorted(page.conditional_formatting["D3"], key=lambda rule: rule.priority)
    assert (ours.stopIfTrue, ours.dxf.fill.bgColor.rgb) == (True, FILLS["warning"])
    assert theirs.formula == ["D3>1"]
    again = read(marked(once, returned(WRONG)))["台账"].conditional_formatting
    assert {str(block.sqref): len(block.rules) for block in again} == {"D3": 1, "C3": 1}


def test_a_report_that_was_no_workbook_comes_back_in_our_template():
    now = Content({ONE: LAST | {"started": Cell.NOT_REPORTED, "rate": Decimal(40)}})
    book = read(filled(upright(), now, returned(replace(WRONG, place="C2"), DOUBT, NOWHERE)))
    page = book["周调度"]
    assert page["D4"].value == LAST["projects"]
    assert page["D7"].value == 40
    assert page["D6"].comment.text == f"【要改】{WRONG.sentence}"
    assert colour(page["D7"]) == FILLS["warning"]
    assert [row[2] for row in book[NAME].iter_rows(min_row=7, values_only=True)] == [
        "周调度!D6", "周调度!D7", None,
    ]  # fmt: skip


def test_a_row_of_tasks_is_marked_in_its_own_row():
    now = Content({"1-2": LAST, "9-9": LAST})
    found = returned(replace(WRONG, row="9-9"), replace(DOUBT, row="1-2"))
    page = read(filled(by_task(), now, found))["周调度"]
    assert page["E8"].comment.text.endswith(WRONG.sentence)
    assert page["F6"].comment.text.endswith(DOUBT.sentence)


def test_a_demonstration_says_so():
    assert read(marked(own(), returned(demo=True)))[NAME]["A1"].value == "【演示数据】校验结果"


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice (soffice) is not installed")
def test_another_office_suite_opens_it_with_every_note(tmp_path):
    (tmp_path / "back.xlsx").write_bytes(marked(own(), returned(WRONG, DOUBT)))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    out = str(tmp_path / "out")
    convert = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", out]
    subprocess.run([*convert, str(tmp_path / "back.xlsx")], check=True, capture_output=True)
    page = openpyxl.load_workbook(tmp_path / "out" / "back.xlsx")["台账"]
    assert WRONG.sentence in page["C3"].comment.text
    assert page["E3"].value == "=D3*100"
    assert colour(page["C3"]) == FILLS["error"]
