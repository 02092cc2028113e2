"""A template is made for one debtor and occasion, and what is typed into it reads back the same."""

import shutil
import subprocess
from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from documents.template import places, template
from domain.content import ONE, Cell, Content
from domain.identity import SHEET, identity_of, version_of
from domain.sentences import say
from tests.documents.blanks import FIELDS, LAST, TASKS, by_task, form, many, spec, upright

HIDDEN = [say("template.before_sheet"), say("template.dictionary_sheet"), SHEET]
SHAPES = [upright, by_task, many]
YES = say("template.yes")


def book(of):
    return openpyxl.load_workbook(BytesIO(template(of)))


def page(of):
    return book(of)[of.form.label]


def rules(sheet):
    """The data validation of each block of cells."""
    return {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}


def colours(sheet):
    """The formulas that colour each block of cells."""
    return {
        str(found.sqref): [r.formula[0] for r in found.rules]
        for found in sheet.conditional_formatting
    }


def test_an_upright_form_has_a_title_a_line_a_head_and_a_row_a_field():
    rows = list(page(upright()).values)
    assert rows[0][0] == "洛阳市城市更新　周调度"
    assert rows[1][0].split("\n")[0].split("　　") == [
        "报送单位：涧西区", "报送期：2026-W47（11月16日—11月22日）",
        "报送时限：11月20日（周五）16:00",
    ]  # fmt: skip
    assert rows[2] == ("序号", "填报项目", "计量单位", "本期填报", "上期填报", "说明")
    assert [row[1] for row in rows[3:9]] == [field["label"] for field in FIELDS]
    assert [row[1] for row in rows[9:]] == [say("template.unchanged"), say("template.nil")]
    assert {row[3] for row in rows[3:]} == {None}


def test_an_upright_form_shows_what_was_said_last_time_beside_the_empty_cell():
    before = [row[4] for row in page(upright()).iter_rows(min_row=4, max_row=9, values_only=True)]
    assert before[2:4] == [12, 61.5]
    assert before[4].date() == date(2026, 12, 20)
    assert (before[0], before[1], before[5]) == (LAST["projects"], None, "黄灯")


def test_a_form_with_tasks_has_a_row_for_each_with_last_times_values_in_the_cells():
    rows = list(page(by_task()).values)
    assert rows[2][0] == say("template.nil")
    assert rows[3] == (
        "任务编号", "任务", "项目开竣工情况", "需要协调解决的事项", "累计开工项目数（个）",
        "年度投资完成率（%）", "预计完工日期", "进度", "本期无变化",
    )  # fmt: skip
    assert [row[:2] for row in rows[4:]] == list(TASKS.items())
    assert [(row[4], row[7]) for row in rows[4:]] == [(12, "黄灯"), (12, "绿灯"), (None, None)]


def test_a_form_with_many_rows_begins_with_those_of_last_time_and_has_thirty_to_spare():
    rows = list(page(many()).values)
    assert rows[3][0] == "项目名称"
    assert [row[0] for row in rows[4:]] == ["管网改造"] + [None] * 30
    assert len(list(page(spec(form("many", "projects"))).values)) == 34


@pytest.mark.parametrize("made", SHAPES)
def test_only_cells_to_fill_can_be_typed_into_and_no_password_is_asked(made):
    sheet = page(made())
    free = {c.coordinate for row in sheet.iter_rows() for c in row if not c.protection.locked}
    assert set(places(made()).values()) <= {f"周调度!{cell}" for cell in free}
    assert (sheet.protection.sheet, sheet.protection.password) == (True, None)
    forbidden = [getattr(sheet.protection, k) for k in ("sort", "autoFilter", "formatColumns")]
    assert forbidden == [False] * 3
    heads = {c.coordinate for row in sheet.iter_rows(max_row=2) for c in row}
    assert not free & heads


def test_the_codes_and_titles_of_tasks_are_locked():
    sheet = page(by_task())
    assert all(sheet[cell].protection.locked for cell in ("A5", "B5", "A4", "C4", "I4"))
    assert not sheet["I5"].protection.locked


def test_the_file_knows_whose_it_is_and_hides_it_well():
    made = book(upright())
    assert {name: made[name].sheet_state for name in HIDDEN} == {
        HIDDEN[0]: "hidden", HIDDEN[1]: "hidden", SHEET: "veryHidden",
    }  # fmt: skip
    assert identity_of(dict(made[SHEET].values)) == upright().identity


def test_an_identity_without_one_of_its_lines_is_none():
    words = dict(upright().identity.rows())
    assert identity_of(words) == upright().identity
    assert identity_of(words | {"unit": " "}) is None
    assert identity_of({}) is None


def test_the_version_is_that_of_what_the_fields_ask_not_of_how_it_is_explained():
    explained = [
        {**field, "hint": "请写清楚", "aliases": (f"别名{n}",)} for n, field in enumerate(FIELDS)
    ]
    longer = [*FIELDS, {"code": "more", "label": "另有"}]
    assert version_of(form(fields=explained)) == version_of(form())
    assert version_of(form(fields=longer)) != version_of(form())
    assert version_of(form("tasks")) != version_of(form())


def test_a_choice_is_taken_from_a_list_on_a_hidden_sheet():
    made = book(upright())
    rule = rules(made["周调度"])["D9"]
    listed = made.defined_names[rule.formula1].attr_text
    assert listed == "'字典'!$B$1:$B$4"
    assert [row[0].value for row in made["字典"]["B1:B4"]] == ["红灯", "黄灯", "绿灯", "不适用"]
    assert (rule.type, rule.showErrorMessage) == ("list", True)


@pytest.mark.parametrize(
    ("cell", "formula"),
    [
        ("D6", 'OR(D6="不适用",AND(ISNUMBER(D6),D6>=0))'),
        ("D7", 'OR(D7="不适用",AND(ISNUMBER(D7),D7>=0,D7<=100))'),
        ("D8", 'OR(D8="不适用",AND(ISNUMBER(D8),D8>=36526,D8<=73051))'),
    ],
)
def test_figures_and_dates_are_checked_as_they_are_typed_and_may_be_not_applicable(cell, formula):
    rule = rules(page(upright()))[cell]
    assert (rule.type, rule.formula1) == ("custom", formula)
    assert "不适用" in rule.prompt
    assert "不适用" in rule.error
    assert rule.errorTitle == say("template.error")


def test_a_limit_that_only_warns_stops_nobody():
    warned = {
        "kind": "range",
        "fields": ("started",),
        "min": 5,
        "severity": "warning",
        "source": ["A0.11"],
    }
    of = spec(form(checks=[warned]))
    assert rules(page(of))["D6"].formula1 == 'OR(D6="不适用",AND(ISNUMBER(D6)))'


def test_long_hints_labels_and_lists_keep_within_what_excel_shows():
    choices = tuple(f"第{number}种情形及其说明文字" for number in range(60))
    long = {"code": "long", "label": "很长的栏目名称" * 6, "hint": "请按最新口径填写。" * 40}
    fields = [{**long, "kind": "number"}, {**long, "code": "c", "label": "选", "kind": "choice"}]
    fields[1]["choices"] = choices
    made = book(spec(form(fields=fields, checks=[])))
    found = rules(made["周调度"])
    assert [len(found[cell].prompt) for cell in ("D4", "D5")] == [255, 255]
    assert len(found["D4"].promptTitle) == 32
    assert len(found["D4"].error) <= 255
    assert made.defined_names[found["D5"].formula1].attr_text.endswith("$B$61")


def test_the_same_list_of_words_is_kept_once():
    lights = {"kind": "choice", "choices": ("红灯", "绿灯")}
    fields = [{"code": c, "label": c, **lights} for c in ("one", "two")]
    made = book(spec(form(fields=fields, checks=[])))
    assert {rule.formula1 for rule in rules(made["周调度"]).values()} == {
        "luoshu_choices_1", "luoshu_yes",
    }  # fmt: skip


def test_the_two_answers_are_yes_or_nothing():
    made = page(upright())
    found = rules(made)
    assert {found[cell].formula1 for cell in ("D10", "D11")} == {"luoshu_yes"}
    assert rules(page(by_task()))["I5:I7"].formula1 == "luoshu_yes"
    assert rules(page(by_task()))["C3"].formula1 == "luoshu_yes"


def test_a_cell_that_differs_from_last_time_is_marked_and_one_without_a_last_time_is_not():
    found = colours(page(upright()))
    assert found["D6"] == ['AND(D6<>"",D6&""<>INDEX(luoshu_before,ROW(),COLUMN())&"")']
    assert all(
        "INDEX" not in formula for block in colours(page(spec())).values() for formula in block
    )
    kept = book(upright())[HIDDEN[0]]
    assert (kept["D6"].value, kept["D9"].value, kept["D5"].value) == (12, "黄灯", None)


def test_in_rows_a_cell_that_was_emptied_is_marked_too():
    assert colours(page(by_task()))["E5:E7"] == ['E5&""<>INDEX(luoshu_before,ROW(),COLUMN())&""']
    assert book(by_task())[HIDDEN[0]]["E6"].value == 12


def test_lights_are_red_yellow_and_green():
    assert colours(page(upright()))["E9"] == [f'E9="{word}"' for word in ("红灯", "黄灯", "绿灯")]
    assert colours(page(by_task()))["H5:H7"][:3] == [
        f'H5="{word}"' for word in ("红灯", "黄灯", "绿灯")
    ]


def test_a_field_with_a_hint_has_a_note_with_an_example():
    notes = {
        c.coordinate: c.comment.text
        for row in page(upright()).iter_rows()
        for c in row
        if c.comment
    }
    assert notes == {
        "B4": "写本周新开工、新竣工的项目，各一句话。\n例：涧河路管网改造本周开工。",
        "B8": "按最新计划填。",
    }


@pytest.mark.parametrize(("made", "frozen", "head", "shape"), [
    (upright, "C4", "$3:$3", "portrait"), (by_task, "C5", "$4:$4", "landscape"),
    (many, "B5", "$4:$4", "landscape"),
])  # fmt: skip
def test_it_prints_on_a4_one_page_wide_with_its_head_on_every_page(made, frozen, head, shape):
    sheet = page(made())
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation or "portrait") == (9, shape)
    assert (sheet.freeze_panes, sheet.print_title_rows) == (frozen, head)
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"


@pytest.mark.parametrize("made", SHAPES)
def test_the_same_values_give_the_same_bytes(made):
    assert template(made()) == template(made())
    assert template(made()) != template(made(unit="偃师区"))


def test_a_demonstration_says_so():
    assert page(upright(demo=True))["A1"].value.startswith("【演示数据】")
    assert page(by_task(demo=True))["A1"].value.startswith("【演示数据】")


@pytest.mark.parametrize("words", ["=1+1", "+1", "@a", "007", "3-5", "x" * 40000])
def test_what_was_written_last_time_stays_text(words):
    cell = page(upright(before=Content({ONE: LAST | {"projects": words}})))["E4"]
    assert (cell.value, cell.data_type, cell.number_format) == (words[:32767], "s", "@")


def test_a_row_is_as_high_as_its_text_and_grows_with_what_is_typed():
    of = upright(before=Content({ONE: LAST | {"projects": "很长的进展。" * 30}}))
    sheet = page(of)
    assert 408 > sheet.row_dimensions[4].height > 2 * sheet.row_dimensions[5].height
    part = ZipFile(BytesIO(template(of))).read("xl/worksheets/sheet1.xml").decode()
    assert 'ht="' in part
    assert "customHeight" not in part  # which would say that a person chose it


def test_what_was_read_stands_in_the_cells():
    now = Content(
        {ONE: LAST | {"started": Decimal(13), "rate": Cell.NOT_APPLICABLE}}, unchanged=True
    )
    sheet = page(upright(now=now))
    assert [sheet[cell].value for cell in ("D5", "D6", "D7", "D10", "D11")] == [
        None, 13, "不适用", YES, None,
    ]  # fmt: skip
    rows = Content({"1-2": LAST, "9-9": LAST}, nil=True)
    sheet = page(by_task(now=rows))
    assert [sheet[cell].value for cell in ("E5", "E6", "A8", "C3")] == [None, 12, "9-9", YES]


def test_the_place_of_every_field_is_known():
    assert places(upright())[ONE, "light"] == "周调度!D9"
    assert places(by_task())["1-3", "light"] == "周调度!H7"
    assert places(many())["管网改造", "name"] == "周调度!A5"


def typed(of, tmp_path):
    """A template with something typed into the cells of its first row, saved by an office suite."""
    made = book(of)
    wanted = dict(zip([f.code for f in of.form.fields], TYPED, strict=False))
    key = next(iter(of.keys()))
    for code, value in wanted.items():
        made["周调度"][places(of)[key, code].split("!")[1]] = value
    made.save(tmp_path / "sent.xlsx")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    convert = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir"]
    out = tmp_path / "saved"
    command = [*convert, str(out), str(tmp_path / "sent.xlsx")]
    subprocess.run(command, check=True, capture_output=True)
    return out / "sent.xlsx"


TYPED = ["两个项目开工", "无", 14, 85, date(2026, 11, 30), "绿灯"]


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize(("made", "row", "first"), [(upright, 4, "D"), (by_task, 5, "C")])
def test_it_survives_being_filled_in_and_saved_by_another_office_suite(made, row, first, tmp_path):
    of = made()
    saved = typed(of, tmp_path)
    plain = CalamineWorkbook.from_path(saved)
    seen = {s.name: s.visible for s in plain.sheets_metadata}
    assert [name for name, state in seen.items() if state is SheetVisibleEnum.Visible] == ["周调度"]
    rows = plain.get_sheet_by_name("周调度").to_python(skip_empty_area=False)
    spots = [places(of)[next(iter(of.keys())), f.code].split("!")[1] for f in of.form.fields]
    found = [rows[int(spot[1:]) - 1][ord(spot[0]) - 65] for spot in spots]
    assert found == TYPED
    words = plain.get_sheet_by_name(SHEET).to_python()
    assert identity_of({str(k): str(v) for k, v in words}) == of.identity
    made_again = openpyxl.load_workbook(saved)
    sheet = made_again["周调度"]
    assert sheet.protection.sheet
    assert not sheet[f"{first}{row}"].protection.locked
    assert sheet["A1"].protection.locked
    kinds = [rule.type for rule in sheet.data_validations.dataValidation if rule.formula1]
    assert kinds.count("list") >= 2
    assert kinds.count("custom") == 3
    assert {"luoshu_before", "luoshu_yes", "luoshu_choices_1"} <= set(made_again.defined_names)
    assert sum("INDEX" in f for found in colours(sheet).values() for f in found) >= 5
