"""What a unit carries: a sheet a form, what stands now above what stood before."""

from io import BytesIO

import openpyxl

from documents.carry import CarrySheet, Stand, carry_workbook
from domain.content import Content
from domain.sentences import say
from tests.build import nov
from tests.documents.blanks import LAST, TASKS, form

STANDS = [
    Stand("2026-W46", "11月13日", Content({"1-1": LAST, "1-2": LAST | {"light": "绿灯"}})),
    Stand("2026-W45", "11月6日", Content({}, nil=True)),
    Stand("2026-W44", "10月30日", Content({"1-1": LAST})),
]


def book(*sheets):
    return openpyxl.load_workbook(BytesIO(carry_workbook(sheets, nov(16))))


def test_each_row_of_each_occasion_is_a_line_and_the_newest_are_green():
    page = book(CarrySheet("涧西区", form("tasks"), STANDS, TASKS))["周调度"]
    lines = [row for row in page.iter_rows(min_row=3) if str(row[0].value).startswith("2026")]
    assert [(row[0].value, row[2].value) for row in lines] == [
        ("2026-W46", "1-1"), ("2026-W46", "1-2"), ("2026-W45", "无事项"), ("2026-W44", "1-1"),
    ]  # fmt: skip
    assert {row[0].fill.fgColor.rgb for row in lines[:2]} == {"FFE2EFDA"}
    assert {row[0].fill.fill_type for row in lines[2:]} == {None}
    assert say("carry.legend") in {cell.value for cell in page["A"]}


def test_a_week_with_nothing_to_report_does_not_stand_in_the_way_of_what_was_said_before():
    page = book(CarrySheet("涧西区", form("tasks"), STANDS[1:], TASKS))["周调度"]
    told = {row[0].value: row[0].fill.fill_type for row in page.iter_rows(min_row=3, max_row=4)}
    assert told == {"2026-W45": None, "2026-W44": "solid"}


def test_two_forms_of_one_name_have_a_sheet_each():
    found = book(*(CarrySheet("涧西区", form(), STANDS[2:], {}) for _ in range(2)))
    assert found.sheetnames == ["1 周调度", "2 周调度"]


def test_the_same_stands_give_the_same_bytes():
    sheet = CarrySheet("涧西区", form("tasks"), STANDS, TASKS)
    assert carry_workbook([sheet], nov(16)) == carry_workbook([sheet], nov(16))
