"""The rows of tasks and projects: which is whose, and which are none."""

from decimal import Decimal

import pytest

from tests.domain.sheets import HEADS, ROW, SAID, sheet
from tests.domain.test_layout import MANY, TASKS, read, rules, said

PLAN = {"1": "新建口袋公园", "2-1": "湖滨公园改造", "3": "老旧小区改造"}
NAMED = ["项目名称", *HEADS]


def tasks(*rows, heads=("任务编号", "任务"), **keys):
    return read(sheet([*heads, *HEADS], *rows, **keys), form=TASKS, tasks=PLAN)


def many(*rows, **keys):
    return read(sheet(NAMED, *rows, **keys), form=MANY)


@pytest.mark.parametrize(
    ("begin", "key"),
    [
        ((Decimal(1), "新建口袋公园"), "1"),
        (("２-１", None), "2-1"),
        ((None, "湖滨公园改造"), "2-1"),
        ((None, " 湖滨 公园改造"), "2-1"),
        (("老旧小区改造", None), "3"),
    ],
)
def test_a_row_is_the_tasks_by_code_or_by_title(begin, key):
    found = tasks([*begin, *ROW])
    assert (said(found, key), found.certain) == (SAID, True)


def test_a_title_that_is_only_alike_is_proposed():
    found = tasks([None, "湖滨公园改造工程", *ROW])
    assert (said(found, "2-1"), found.certain) == (SAID, False)
    assert rules(found.problems) == ["layout.row_near"]


def test_a_row_of_no_task_is_a_problem():
    assert rules(tasks(["9", "桥梁", *ROW]).problems) == ["layout.row_unknown"]


def test_a_row_without_a_key_is_a_problem():
    found = tasks([None, None, *ROW])
    assert [(p.rule, p.detail["cell"]) for p in found.problems] == [("layout.no_key", "周调度!A2")]
    assert rules(many([None, *ROW]).problems) == ["layout.no_key"]


def test_one_key_on_two_rows_is_a_problem():
    assert rules(many(["甲", *ROW], ["甲", *ROW]).problems) == ["layout.key_twice"]


@pytest.mark.parametrize("word", ["合计", " 总 计 ", "小计"])
def test_totals_are_not_read(word):
    found = many(["甲", *ROW], ["乙", *ROW], [word, *ROW])
    assert list(found.words.rows) == ["甲", "乙"]
    assert (rules(found.notes), found.certain) == (["layout.total_row"], True)


def test_empty_rows_and_rows_that_are_only_numbered_are_not_read():
    found = read(
        sheet(
            ["序号", *NAMED], [Decimal(1), "甲", *ROW], [], [Decimal(2)], [Decimal(3), "乙", *ROW]
        ),
        form=MANY,
    )
    assert list(found.words.rows) == ["甲", "乙"]
    assert found.certain


def test_a_task_row_that_is_not_filled_in_is_kept():
    assert said(tasks(["1", "新建口袋公园"]), "1") == {}


def test_several_rows_of_one_key_are_one_record():
    found = many(
        ["甲", "进场", *ROW[1:]], [None, "打桩", *[None] * 4], ["乙", *ROW], merged=[(1, 0, 2, 0)]
    )
    assert list(found.words.rows) == ["甲", "乙"]
    assert said(found, "甲") == {"project": "甲", **SAID, "progress": "进场\n打桩"}
    assert found.certain


def test_several_figures_of_one_record_are_not_added_up():
    found = many(["甲", *ROW], [None, None, Decimal(7)], merged=[(1, 0, 2, 0)])
    assert found.words.troubles == {"甲": {"done": "trouble.several"}}


def test_a_figure_merged_over_several_records_is_nobodys():
    merged = [(1, 2, 2, 2), (1, 1, 2, 1)]
    found = many(["甲", *ROW], ["乙", None, None, *ROW[2:]], merged=merged)
    assert found.words.troubles == {
        "甲": {"done": "trouble.merged"},
        "乙": {"done": "trouble.merged"},
    }
    assert said(found, "乙")["progress"] == "进场"  # words hold for all they span


def test_nothing_to_report_may_be_said_above_the_rows():
    flag = ["无事项（本期没有需要报送的内容）", "是"]
    found = read(sheet(["周调度"], flag, ["任务编号", *HEADS], ["1"]), form=TASKS, tasks=PLAN)
    assert found.words.nil


def test_without_a_plan_a_row_is_known_by_its_own_words():
    found = read(sheet(["任务编号", *HEADS], ["7", *ROW]), form=TASKS)
    assert (said(found, "7"), found.certain) == (SAID, True)


def test_the_only_task_of_a_unit_needs_no_number():
    found = read(sheet(HEADS, ROW), form=TASKS, tasks={"3": "老旧小区改造"})
    assert (said(found, "3"), found.certain) == (SAID, True)
    assert rules(read(sheet(HEADS, ROW), form=TASKS, tasks=PLAN).problems) == ["layout.no_key"]


def test_heads_that_come_again_on_another_page_are_no_row_and_no_other_table():
    found = many(["甲", *ROW], NAMED, ["乙", *ROW])
    assert list(found.words.rows) == ["甲", "乙"]
    assert found.certain


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (["1", "2", "3", "4", "5"], "120"),
        (["—", "万元", "万元", "%", "—"], "120"),
        (["—", "亿元", "万元", "%", None], "120亿元"),
    ],
)
def test_a_row_below_the_heads_may_number_them_or_say_their_units(line, word):
    found = read(sheet(HEADS, line, ROW))
    assert (said(found), found.certain) == (SAID | {"done": word}, True)


def test_a_row_of_small_figures_is_not_taken_for_column_numbers():
    found = read(sheet(HEADS, ["1", "2", "3", "4", "5"]))
    assert said(found)["done"] == "2"


def test_a_line_of_text_below_the_rows_is_no_row():
    found = read(sheet(HEADS, ROW, ["以上数据截至11月20日"], merged=[(2, 0, 2, 4)]))
    assert (said(found), found.certain) == (SAID, True)
    assert rules(read(sheet(HEADS, ROW, ["以上数据"])).problems) == ["layout.many_rows"]
