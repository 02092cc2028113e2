"""Checks on one row by itself: right, wrong, not reported, not applicable, and how severe."""

from datetime import date

import pytest

from domain.finding import told
from tests.domain.forms import asking, findings, found

REQUIRED = {"kind": "required", "fields": ["progress"]}
RANGE = {"kind": "range", "fields": ["done"], "min": "0", "max": "100"}
AT_MOST = {"kind": "at_most", "field": "done", "limit": "planned"}
WHOLE = {"kind": "range", "fields": ["done"], "whole": True}
SUM = {"kind": "sum", "parts": ["central", "local"], "total": "planned"}
SHARE = {"kind": "share", "field": "central", "of": "planned", "percent": "90"}
BEFORE = {"kind": "not_before", "field": "finished", "other": "started"}
SINCE = {"kind": "not_before", "field": "started", "day": date(2026, 1, 1)}
START = {"kind": "not_before", "field": "started", "period": "start"}
END = {"kind": "not_after", "field": "finished", "period": "end"}
AFTER = {"kind": "not_after", "field": "started", "other": "finished"}
NEEDS = {"kind": "needs", "done": "done", "start": "started"}
NA, NR = "不适用", "未报送"

CASES = {
    "filled": (REQUIRED, {"progress": "完成招标"}, None),
    "filled with nothing applies": (REQUIRED, {"progress": NA}, None),
    "empty": (REQUIRED, {}, ("check.required", "progress")),
    "inside": (RANGE, {"done": 100}, None),
    "below": (RANGE, {"done": "-0.01"}, ("check.too_small", "done")),
    "above": (RANGE, {"done": "100.01"}, ("check.too_large", "done")),
    "range of nothing": (RANGE, {"done": NA}, None),
    "range not reported": (RANGE, {"done": NR}, None),
    "as much": (AT_MOST, {"done": 3, "planned": 3}, None),
    "more": (AT_MOST, {"done": 4, "planned": 3}, ("check.at_most", "done")),
    "limit not reported": (AT_MOST, {"done": 4}, None),
    "limit not applicable": (AT_MOST, {"done": 4, "planned": NA}, None),
    "adds up": (SUM, {"central": 44, "local": 6, "planned": 50}, None),
    "falls short": (
        SUM,
        {"central": 44, "local": 5, "planned": 50},
        ("checks.sum_short", "planned"),
    ),
    "is more": (SUM, {"central": 44, "local": 7, "planned": 50}, ("checks.sum_over", "planned")),
    "a part not reported": (SUM, {"central": 44, "planned": 50}, None),
    "a part not applicable": (SUM, {"central": 50, "local": NA, "planned": 50}, None),
    "no total": (SUM, {"central": 44, "local": 6}, None),
    "within its share": (SHARE, {"central": 90, "planned": 100}, None),
    "above its share": (SHARE, {"central": "90.01", "planned": 100}, ("checks.share", "central")),
    "a share of nothing": (SHARE, {"central": 1, "planned": 0}, ("checks.share", "central")),
    "share not applicable": (SHARE, {"central": NA, "planned": 100}, None),
    "whole not reported": (SHARE, {"central": 100}, None),
    "in order": (BEFORE, {"started": "2026-11-01", "finished": "2026-11-01"}, None),
    "out of order": (
        BEFORE,
        {"started": "2026-11-02", "finished": "2026-11-01"},
        ("checks.not_before", "finished"),
    ),
    "one day missing": (BEFORE, {"finished": "2026-11-01"}, None),
    "other not applicable": (BEFORE, {"finished": "2026-11-01", "started": NA}, None),
    "on the fixed day": (SINCE, {"started": "2026-01-01"}, None),
    "a whole number": (WHOLE, {"done": "12.0"}, None),
    "part of a project": (WHOLE, {"done": "0.85"}, ("check.not_whole", "done")),
    "a count not reported": (WHOLE, {}, None),
    "before the fixed day": (SINCE, {"started": "2025-12-31"}, ("checks.not_before", "started")),
    "on the first day": (START, {"started": "2026-11-16"}, None),
    "before the period": (START, {"started": "2026-11-15"}, ("checks.not_before", "started")),
    "on the last day": (END, {"finished": "2026-11-22"}, None),
    "in the future": (END, {"finished": "2026-11-23"}, ("checks.not_after", "finished")),
    "future not reported": (END, {}, None),
    "begun after its end": (
        AFTER,
        {"started": "2026-11-02", "finished": "2026-11-01"},
        ("checks.not_after", "started"),
    ),
    "done and begun": (NEEDS, {"done": 5, "started": "2026-11-02"}, None),
    "done, never begun": (NEEDS, {"done": 5}, ("checks.needs", "started")),
    "done, beginning not applicable": (
        NEEDS,
        {"done": 5, "started": NA},
        ("checks.needs", "started"),
    ),
    "nothing done": (NEEDS, {"done": 0}, None),
    "not reported as done": (NEEDS, {}, None),
    "done not applicable": (NEEDS, {"done": NA}, None),
}


@pytest.mark.parametrize(("check", "sent", "wrong"), CASES.values(), ids=CASES)
@pytest.mark.parametrize("severity", ["error", "warning"])
def test_a_check_finds_what_is_wrong_and_is_silent_otherwise(check, sent, wrong, severity):
    expected = [(*wrong, severity)] if wrong else []
    assert found({**check, "severity": severity}, sent) == expected


def test_parts_that_fall_short_may_be_less_severe_than_parts_that_exceed():
    """A1.18: the areas listed for 2021 make 44 of 50."""
    check = {**SUM, "short": "warning"}
    assert found(check, {"central": 40, "local": 4, "planned": 50})[0][2] == "warning"
    assert found(check, {"central": 48, "local": 4, "planned": 50})[0][2] == "error"


@pytest.mark.parametrize(("local", "right"), [("49.5", True), ("49.4", False)])
def test_a_sum_may_differ_by_its_tolerance(local, right):
    sent = {"central": 0, "local": local, "planned": 50}
    assert (found({**SUM, "tolerance": "0.5"}, sent) == []) is right


def test_a_check_for_some_classes_is_not_asked_of_others():
    check = {**REQUIRED, "classes": ["county"]}
    assert found(check, {"done": "1"}, unit_class="county")
    assert not found(check, {"done": "1"}, unit_class="utility")


@pytest.mark.parametrize("case", [name for name, (_, _, wrong) in CASES.items() if wrong])
def test_every_finding_is_a_sentence_with_the_label_of_its_field(case):
    check, sent, (_, code) = CASES[case]
    asked = asking(check)
    [finding] = findings(asked, sent)
    assert asked.field(code).label in told(finding)
    assert told(finding).endswith("。")
