"""The ledger reads back as it was meant: lights, words as words, the same bytes every time."""

from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest

from documents.ledger import LIGHTS, LedgerRow, LedgerSheet, workbook
from documents.sheet import width
from domain.sentences import say
from tests.build import nov

AT = nov(13, "16:00")
TITLE = "洛阳市城市更新周调度台账　2026-W46（11月9日—11月15日）　县区"


def row(state="on_time", *cells):
    return LedgerRow("中心城区", "涧西区", state, "", "11月13日（周五）16:00", "", cells)


def sheet(*rows, labels=("项目开竣工情况",)):
    return LedgerSheet("县区", TITLE, labels, rows)


def reread(*sheets):
    return openpyxl.load_workbook(BytesIO(workbook(sheets, AT)))


def test_a_sheet_has_its_title_its_heads_and_a_row_for_every_unit():
    page = reread(sheet(row("on_time", "开工3个"), row("missing", "")))["县区"]
    rows = list(page.values)
    assert rows[0][0] == TITLE
    assert rows[1] == (*say("ledger.heads").split("|"), "项目开竣工情况")
    assert rows[2][:3] == ("中心城区", "涧西区", "按时")
    assert (rows[2][-1], rows[3][2], len(rows)) == ("开工3个", "未报", 4)


@pytest.mark.parametrize("state", LIGHTS)
def test_every_state_has_its_light(state):
    cell = reread(sheet(row(state)))["县区"]["C3"]
    assert cell.value == say(f"state.{state}")
    assert cell.fill.start_color.rgb == "FF" + LIGHTS[state].removeprefix("#")


@pytest.mark.parametrize(
    "words",
    ["=1+1", "+1", "-1", "@a", "{=1}", "http://a.example", "007", "1e5", "\x0b", "x" * 32767],
)
def test_what_a_unit_wrote_stays_text(words):
    cell = reread(sheet(row("on_time", words)))["县区"]["G3"]
    assert (cell.value.replace("_x000B_", "\x0b"), cell.data_type) == (words, "s")
    assert cell.hyperlink is None


def test_what_no_cell_holds_is_cut_not_left_out():
    assert len(reread(sheet(row("on_time", "长" * 40_000)))["县区"]["G3"].value) == 32767


def test_the_same_sheets_give_the_same_bytes():
    sheets = [sheet(row("late", "开工3个")), LedgerSheet("成员单位", TITLE, (), [row()])]
    assert workbook(sheets, AT) == workbook(sheets, AT)


def test_sheets_come_in_the_order_given():
    others = LedgerSheet("成员单位", TITLE, (), [row()])
    assert reread(sheet(row()), others).sheetnames == ["县区", "成员单位"]


def test_instants_and_heads_are_not_torn_apart_and_pages_are_counted():
    label = "截至本周应完成节点数（个）"
    late = replace(row("late", 3), due="11月13日（周五）16:00", received="11月13日（周五）17:13:19")
    page = reread(sheet(late, labels=(label,)))["县区"]
    room = {letter: page.column_dimensions[letter].width for letter in "EFG"}
    assert room["E"] > width(late.due)
    assert room["F"] > width(late.received)
    assert 2 * (room["G"] - 1) >= width(label)
    assert page.oddFooter.center.text == say("template.footer").removeprefix("&C")


def test_a_ledger_without_sheets_is_still_a_file():
    assert len(reread().sheetnames) == 1


def test_what_no_office_has_confirmed_stands_below_the_rows_outside_the_filter():
    noted = replace(sheet(row()), notes=["暂按首次合格"])
    page = reread(noted)["县区"]
    assert [cell.value for cell in page["A"]][3:] == [None, say("undecided.head"), "暂按首次合格"]
    assert page.auto_filter.ref == reread(sheet(row()))["县区"].auto_filter.ref
    assert workbook([noted], AT) == workbook([noted], AT)
