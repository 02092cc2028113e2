"""The case library keeps what units wrote as good practice, each text once, newest first."""

import re
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest

from documents.cases import Case, cases_page, cases_workbook, library, practice
from domain.content import Cell, Content
from domain.sentences import say
from tests.build import nov
from tests.documents.blanks import FIELDS, LAST, form

TITLE = "经验做法案例库"
CASE = Case(
    programme="洛阳市城市更新",
    form="周调度",
    unit="涧西区",
    group="中心城区",
    field="好的经验做法",
    text="片区统一招标，一家施工单位负责到底。",
    on=date(2026, 11, 6),
    occasion="2026-W45",
)
AGAIN = replace(CASE, on=date(2026, 11, 13), occasion="2026-W46")
OTHER = replace(
    CASE, unit="偃师区", text="先修路后开街", on=date(2026, 11, 20), occasion="2026-W47"
)


def page(*cases, demo=False):
    content = cases_workbook(TITLE, cases, nov(22), demo=demo)
    return openpyxl.load_workbook(BytesIO(content)).active


def test_only_fields_that_collect_good_practice_are_looked_at():
    fields = [{"code": "good", "label": "经验做法", "practice": True}, *FIELDS]
    content = Content(
        {
            "1-1": LAST | {"good": "先修路后开街"},
            "1-2": LAST | {"good": Cell.NOT_REPORTED},
            "1-3": LAST,
        }
    )
    assert practice(form("tasks", fields=fields), content) == [("经验做法", "先修路后开街")]
    assert practice(form(), content) == []


def test_the_same_text_of_a_unit_is_there_once_with_its_first_and_last_occasion():
    spaced = replace(AGAIN, text="片区统一招标， 一家施工单位负责到底。\n")
    [kept] = library([spaced, CASE])
    assert (kept.text, kept.on, kept.occasion) == (CASE.text, CASE.on, "2026-W45")
    assert (kept.times, kept.last) == (2, "2026-W46")


def test_the_same_text_of_two_units_is_there_twice():
    assert len(library([CASE, replace(CASE, unit="偃师区")])) == 2


def test_the_newest_come_first():
    assert [case.unit for case in library([CASE, OTHER, AGAIN])] == ["偃师区", "涧西区"]


@pytest.mark.parametrize("text", ["", " ", "无", "无。", "无 ", "不适用", "无事项", "未报送"])
def test_what_says_nothing_is_no_case(text):
    assert library([replace(CASE, text=text)]) == []


def test_a_text_that_begins_with_nothing_is_one():
    assert len(library([replace(CASE, text="无障碍设施随路同建")])) == 1


def test_the_workbook_has_a_row_a_text_under_a_filter():
    sheet = page(*library([CASE, AGAIN, OTHER]))
    rows = list(sheet.values)
    assert rows[0][0] == TITLE
    assert list(rows[1]) == say("cases.heads").split("|")
    assert rows[2][2:] == (
        "偃师区", "中心城区", "好的经验做法", "先修路后开街",
        datetime(2026, 11, 20), "2026-W47", 1, None,  # noqa: DTZ001
    )  # fmt: skip
    assert rows[3][6:] == (datetime(2026, 11, 6), "2026-W45", 2, "2026-W46")  # noqa: DTZ001
    assert sheet.auto_filter.ref == "A2:J4"
    assert sheet["G3"].number_format == "yyyy-mm-dd"


def test_what_a_unit_wrote_is_text():
    cell = page(replace(CASE, text="=HYPERLINK(1)"))["F3"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


def test_the_page_has_every_text_even_without_scripts_and_can_be_filtered():
    html = cases_page(TITLE, library([CASE, OTHER]), demo=False)
    assert html.count("<article") == 2
    assert "共 2 条，来自 2 个单位" in html
    assert 'data-unit="涧西区"' in html
    assert re.findall(r"<option>([^<]+)</option>", html) == [
        "偃师区", "涧西区", "好的经验做法", "2026-11",
    ]  # fmt: skip
    assert not re.search(r"https?:|@import|src=", html)


def test_what_a_unit_wrote_is_shown_and_never_run():
    html = cases_page(
        TITLE, [replace(CASE, text="<img src=x onerror=alert(1)>", unit='"><b>')], demo=False
    )
    assert "<img" not in html
    assert '"><b>' not in html


def test_a_library_without_a_text_says_so():
    assert "还没有单位报送经验做法" in cases_page(TITLE, [], demo=False)
    assert page().max_row == 2


def test_a_demonstration_says_so():
    assert page(CASE, demo=True)["A1"].value.startswith("【演示数据】")
    assert cases_page(TITLE, [CASE], demo=True).count("【演示数据】") == 2
    assert "演示" not in cases_page(TITLE, [CASE], demo=False)


def test_the_same_cases_give_the_same_bytes():
    found = [
        (
            cases_workbook(TITLE, library(its), nov(22), demo=False),
            cases_page(TITLE, library(its), demo=False),
        )
        for its in ([CASE, OTHER, AGAIN], [AGAIN, OTHER, CASE])
    ]
    assert found[0] == found[1]
