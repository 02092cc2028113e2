"""A form with rows has a line a row in the ledger, with the unit on each and what to ask about."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from io import BytesIO

import openpyxl

from documents.ledger import LedgerRow, LedgerSheet, workbook
from documents.ledgerlines import heads_of, lines_of
from domain.content import ONE, Cell, Content
from domain.sentences import say
from tests.build import nov
from tests.documents.blanks import LAST, TASKS, form

LINE = LedgerRow("中心城区", "涧西区", "on_time", "", "11月13日（周五）16:00", "", ())


def lines(of, content, **keys):
    return lines_of(LINE, of, content, **{"tasks": TASKS, "warnings": {}} | keys)


def page(*rows, labels=()):
    found = workbook([LedgerSheet("县区", "台账", labels, rows)], nov(13, "16:00"))
    return openpyxl.load_workbook(BytesIO(found))["县区"]


def test_a_form_with_tasks_begins_with_their_codes_and_titles():
    assert heads_of(form("tasks"))[:3] == ["任务编号", "任务", "项目开竣工情况"]
    assert heads_of(form())[0] == "项目开竣工情况"
    assert heads_of(form())[2] == "累计开工项目数（个）"


def test_each_row_is_a_line_of_its_own_with_the_unit_on_it():
    found = lines(form("tasks"), Content({"1-1": LAST, "1-2": LAST | {"started": Decimal(3)}}))
    assert [row.cells[:2] for row in found] == [[c, TASKS[c]] for c in ("1-1", "1-2")]
    assert [row.cells[4] for row in found] == [12, 3]
    sheet = page(*found, labels=heads_of(form("tasks")))
    assert [row[:3] for row in list(sheet.values)[2:]] == [("中心城区", "涧西区", "按时")] * 2
    assert sheet.auto_filter.ref == "A2:N4"


def test_a_form_without_rows_has_one_line():
    [row] = lines(form(), Content({ONE: LAST}))
    assert row.cells[2:] == [12, Decimal("61.5"), LAST["finish"], "黄灯"]


def test_who_sent_nothing_has_one_line_without_a_figure():
    for content in (None, Content({}, nil=True)):
        [row] = lines(form(), content)
        assert set(row.cells) == {""}
    [row] = lines(form("tasks"), None)
    assert len(row.cells) == len(heads_of(form("tasks")))


def test_not_applicable_is_said_and_not_reported_is_empty():
    values = LAST | {"started": Cell.NOT_REPORTED, "rate": Cell.NOT_APPLICABLE}
    [row] = lines(form(), Content({ONE: values}))
    assert row.cells[2:4] == ["", "不适用"]


def test_warnings_stand_in_the_last_column_of_their_row():
    content = Content({"1-1": LAST, "1-2": LAST})
    warned = {"1-2": "比上期低；请核对。", "": "全部与上期相同。"}
    found = lines(form("tasks"), content, warnings=warned)
    assert [row.warnings for row in found] == ["全部与上期相同。", "比上期低；请核对。"]
    sheet = page(*found, labels=heads_of(form("tasks")))
    assert [cell.value for cell in sheet["O"][1:]] == [
        say("ledger_rows.warnings"), "全部与上期相同。", "比上期低；请核对。",
    ]  # fmt: skip
    assert sheet.auto_filter.ref == "A2:O4"


def test_a_ledger_without_warnings_has_no_column_for_them():
    [row] = lines(form(), Content({ONE: LAST}))
    heads = [cell.value for cell in page(row, labels=heads_of(form()))[2]]
    assert say("ledger_rows.warnings") not in heads
    warned = page(replace(row, warnings="请核对。"), labels=heads_of(form()))
    assert warned.max_column == len(heads) + 1


def test_a_date_is_a_date():
    [row] = lines(form(), Content({ONE: LAST}))
    cell = page(row, labels=heads_of(form()))["K3"]
    assert (cell.value, cell.number_format) == (datetime(2026, 12, 20), "yyyy-mm-dd")  # noqa: DTZ001
