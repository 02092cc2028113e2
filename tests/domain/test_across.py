"""Checks against milestones and other forms of the same time."""

from datetime import date
from decimal import Decimal

import pytest

from domain.content import ONE, Content
from domain.task import Milestone
from tests.domain.forms import asking, findings, found, report

PLANNED = [
    Milestone("1", 1, date(2026, 6, 30), "方案获批"),
    Milestone("1", 2, date(2026, 11, 22), "主体封顶"),
    Milestone("1", 3, date(2026, 12, 31), "竣工投用"),
]


def said(field, value, **known):
    check = {"kind": "milestones", "fields": [field]}
    return found(check, {field: value}, milestones={"1": PLANNED}, **known)


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("done", 2, True),
        ("done", 1, False),
        ("done", "未报送", False),
        ("done", "不适用", True),
        ("started", "2026-11-20", True),
        ("started", "", False),
        ("progress", "方案获批，主体封顶", True),
        ("progress", "主体封顶", False),
        ("progress", "两个节点都已完成", True),
        ("progress", "未完成", False),
        ("progress", "正在招标", False),
    ],
)
def test_a_milestone_that_is_due_must_show(field, value, shown):
    assert said(field, value) == ([] if shown else [("checks.milestones", field, "warning")])


def test_a_milestone_shown_before_needs_no_sign_again():
    assert said("progress", "主体封顶", history=[{"progress": "方案获批"}]) == []


def test_only_the_milestones_that_do_not_show_are_named():
    asked = asking({"kind": "milestones", "fields": ["done"]})
    [wrong] = findings(asked, {"done": 1}, milestones={"1": PLANNED})
    assert wrong.detail["milestones"] == "主体封顶（2026-11-22）"


def test_a_row_answers_for_its_own_task_only():
    asked = asking({"kind": "milestones", "fields": ["started"]}, rows="tasks")
    sent = {"1": {"started": "2026-11-02"}, "2": {"started": ""}}
    assert findings(asked, sent, milestones={"1": PLANNED}) == []
    [wrong] = findings(asked, sent, milestones={"2": PLANNED}, names={"1": "一", "2": "旧城更新"})
    assert wrong.detail["row"] == "2 旧城更新"


def other(*values):
    rows = {ONE if n == 0 and len(values) == 1 else str(n): v for n, v in enumerate(values)}
    return {"monthly": Content({key: {"sum": Decimal(v)} for key, v in rows.items()})}


AGREES = {"kind": "agrees", "field": "done", "form": "monthly", "other": "sum"}


@pytest.mark.parametrize(
    ("how", "done", "theirs", "wrong"),
    [
        ("equal", 5, [5], False),
        ("equal", 5, [2, 3], False),
        ("equal", 5, [6], True),
        ("equal", "不适用", [6], False),
        ("equal", "", [6], False),
        ("at_most", 5, [6], False),
        ("at_most", 7, [6], True),
    ],
)
def test_two_forms_of_one_time_agree(how, done, theirs, wrong):
    expected = [(f"checks.agrees_{how}", "done", "error")] if wrong else []
    assert found({**AGREES, "how": how}, {"done": done}, others=other(*theirs)) == expected


def test_forms_agree_within_a_tolerance_and_when_the_other_is_not_there():
    assert found({**AGREES, "tolerance": "1"}, {"done": 5}, others=other(6)) == []
    assert found(AGREES, {"done": 5}) == []
    assert found({**AGREES, "severity": "warning"}, {"done": 5}, others=other(6))[0][2] == "warning"


def test_the_sum_of_many_rows_is_compared_once():
    asked = asking(AGREES, rows="many")
    sent = {"a": {"done": 2}, "b": {"done": 3}}
    assert findings(asked, sent, others=other(5)) == []
    assert len(findings(asked, sent, others=other(6))) == 1


def test_every_task_of_the_unit_has_a_row_and_no_other_has():
    asked = asking(rows="tasks")
    wrong = findings(asked, {"1": {"done": 1}, "9": {"done": 1}}, names={"1": "一", "2": "二"})
    assert [(f.rule, f.detail["row"]) for f in wrong] == [
        ("checks.row_unknown", "9"),
        ("checks.row_missing", "2 二"),
    ]
    assert findings(asked, {"1": {"done": 1}}) == []
    assert report(asked, {"1": {"done": 1}}).rows.keys() == {"1"}


def test_a_report_without_rows_is_asked_for_them_once():
    asked = asking(rows="tasks")
    [wrong] = findings(asked, {"done": 1}, names={"1": "一", "2": "二"})
    assert (wrong.rule, wrong.severity) == ("checks.no_tasks", "error")
    [wrong] = findings(asking(rows="many"), {"done": 1})
    assert wrong.rule == "checks.no_many"
    assert [f.rule for f in findings(asked, {"done": ""}, names={"1": "一"})] == ["checks.empty"]
