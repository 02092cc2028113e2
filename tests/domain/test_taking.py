"""Nothing to report, and nothing changed."""

from decimal import Decimal

import pytest

from domain.checks import Cell, Content, Context, content, examine
from domain.content import ONE, Words
from domain.sent import SAME
from tests.domain.forms import WEEK, asking, report

CHECKS = [
    {"kind": "required", "fields": ["progress", "done"]},
    {"kind": "same_text", "fields": ["progress"], "least": 1},
    {"kind": "unchanged"},
]
ASKED = asking(*CHECKS)
LAST = report(ASKED, {"progress": "完成招标并进场", "done": "5"})


def sent(rows=None, **flags):
    return Words(rows or {}, **flags)


def rules(words, previous=LAST, asked=ASKED):
    return [f.rule for f in examine(asked, words, Context(WEEK, previous=previous))[1]]


def test_a_nil_report_needs_no_fields():
    assert rules(sent(nil=True)) == []
    assert content(ASKED, sent({ONE: {"progress": ""}}, nil=True))[0].nil


def test_a_nil_report_that_says_something_is_taken_by_what_it_says():
    words = sent({ONE: {"progress": "完成基坑", "done": "6"}}, nil=True)
    assert rules(words) == ["checks.nil_but_filled"]
    assert not content(ASKED, words)[0].nil


def test_an_unchanged_report_says_what_the_last_one_said():
    read, found = examine(ASKED, sent(unchanged=True), Context(WEEK, previous=LAST))
    assert (read.rows, read.unchanged, found) == (LAST.rows, True, [])


def test_an_unchanged_report_may_repeat_the_cells():
    assert rules(sent({ONE: {"done": "5.0"}}, unchanged=True)) == []


def test_an_unchanged_report_with_another_cell_is_an_error():
    found = examine(
        ASKED, sent({ONE: {"done": "6"}}, unchanged=True), Context(WEEK, previous=LAST)
    )[1]
    assert [(f.rule, f.field, f.severity) for f in found] == [
        ("checks.not_unchanged", "done", "error")
    ]
    assert (found[0].detail["value"], found[0].detail["last"]) == ("6", "5")


def test_nothing_to_report_may_be_unchanged():
    nothing = Content({}, nil=True)
    read, found = examine(ASKED, sent(unchanged=True), Context(WEEK, previous=nothing))
    assert (read.nil, read.unchanged, found) == (True, True, [])
    assert rules(sent({ONE: {"done": "6"}}, unchanged=True), nothing) == [
        "check.required", "checks.not_unchanged",
    ]  # fmt: skip


def test_nothing_is_unchanged_before_the_first_report():
    assert "checks.no_previous" in rules(sent(unchanged=True), previous=None)


def test_a_report_that_equals_the_last_one_is_asked_to_say_so():
    words = sent({ONE: {"progress": "完成招标并进场", "done": "5"}})
    assert rules(words) == ["checks.same_text", "checks.unchanged"]


MANY = asking(CHECKS[0], rows="tasks")
ROWS = report(MANY, {"1": {"progress": "甲", "done": "1"}, "2": {"progress": "乙", "done": "2"}})


def test_a_single_row_may_be_unchanged():
    words = sent({"1": {SAME: "是"}, "2": {"progress": "丙", "done": "3"}})
    read, found = examine(MANY, words, Context(WEEK, previous=ROWS))
    assert found == []
    assert (read.rows["1"], read.rows["2"]["done"]) == (ROWS.rows["1"], Decimal(3))
    assert not read.unchanged


def test_a_report_of_unchanged_rows_is_unchanged():
    words = sent({"1": {SAME: "是"}, "2": {SAME: "是"}})
    assert examine(MANY, words, Context(WEEK, previous=ROWS))[0].unchanged


@pytest.mark.parametrize("word", ["", "否"])
def test_a_row_that_does_not_say_so_is_not_unchanged(word):
    read, _ = content(MANY, sent({"1": {SAME: word}}), WEEK, ROWS)
    assert read.rows["1"]["done"] is Cell.NOT_REPORTED


def test_many_rows_may_be_unchanged_without_repeating_one():
    read, found = examine(MANY, sent(unchanged=True), Context(WEEK, previous=ROWS))
    assert (read.rows, found) == (ROWS.rows, [])


def test_a_task_that_has_ended_since_does_not_stop_an_unchanged_report():
    known = Context(WEEK, previous=ROWS, names={"2": "乙"})
    assert examine(MANY, sent(unchanged=True), known)[1] == []
    typed = {key: {"progress": "丙", "done": "3"} for key in "12"}
    assert [f.rule for f in examine(MANY, sent(typed), known)[1]] == ["checks.row_unknown"]


def test_a_report_of_rows_without_one_is_an_error():
    assert rules(sent(), asked=MANY) == ["checks.empty"]
    assert rules(sent(nil=True), asked=MANY) == []


def test_a_form_in_one_row_that_says_nothing_lacks_what_is_required():
    assert rules(sent(), previous=None) == ["check.required", "check.required"]


def test_unchanged_chosen_by_mistake_is_told_once():
    fields = {"progress": "另一段文字", "done": "6", "started": "2026-11-02", "share": "90"}
    found = [
        f
        for f in examine(ASKED, sent({ONE: fields}, unchanged=True), Context(WEEK, previous=LAST))[
            1
        ]
        if f.rule.startswith("checks.not_unchanged")
    ]
    assert [(f.rule, f.detail["count"]) for f in found] == [("checks.not_unchanged_many", "4")]
    few = {"progress": "另一段文字", "done": "6"}
    assert rules(sent({ONE: few}, unchanged=True)).count("checks.not_unchanged") == 2
