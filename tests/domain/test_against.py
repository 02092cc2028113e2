"""Checks against what the unit sent before."""

import pytest

from tests.domain.forms import asking, findings, found, report

NO_DECREASE = {"kind": "no_decrease", "fields": ["done"]}
PERCENT = {"kind": "change", "fields": ["done"], "percent": "50"}
AMOUNT = {"kind": "change", "fields": ["done"], "amount": "10"}
OUTLIER = {"kind": "outlier", "fields": ["done"]}
SAME = {"kind": "same_text", "fields": ["progress"]}
UNCHANGED = {"kind": "unchanged"}
NA = "不适用"
TEXT = "三号地块完成招标，施工单位进场，围挡已经搭设。"
NEXT = "三号地块完成基坑支护，四号地块开始土方开挖。"
ONCE = {"progress": "a", "done": 5}
MOVED = ("checks.change", "done", "warning")
AGAIN = ("checks.same_text", "progress", "warning")
EQUAL = ("checks.unchanged", "progress", "warning")

CASES = {
    "grown": (NO_DECREASE, {"done": 6}, {"done": 5}, None),
    "the same": (NO_DECREASE, {"done": 5}, {"done": 5}, None),
    "fallen": (NO_DECREASE, {"done": 4}, {"done": 5}, ("checks.no_decrease", "done", "error")),
    "not reported now": (NO_DECREASE, {}, {"done": 5}, None),
    "not applicable now": (NO_DECREASE, {"done": NA}, {"done": 5}, None),
    "not reported then": (NO_DECREASE, {"done": 1}, {}, None),
    "first of all": (NO_DECREASE, {"done": 1}, None, None),
    "half more": (PERCENT, {"done": 15}, {"done": 10}, None),
    "half more and a bit": (PERCENT, {"done": "15.1"}, {"done": 10}, MOVED),
    "half less and a bit": (PERCENT, {"done": "4.9"}, {"done": 10}, MOVED),
    "from nothing": (PERCENT, {"done": 1000}, {"done": 0}, None),
    "a little": (AMOUNT, {"done": 20}, {"done": 10}, None),
    "a lot": (AMOUNT, {"done": 21}, {"done": 10}, MOVED),
    "a lot from nothing": (AMOUNT, {"done": 21}, {"done": 0}, MOVED),
    "change of what does not apply": (AMOUNT, {"done": 21}, {"done": NA}, None),
    "new words": (SAME, {"progress": NEXT}, {"progress": TEXT}, None),
    "last week's words": (SAME, {"progress": TEXT}, {"progress": TEXT}, AGAIN),
    "but for a stop": (SAME, {"progress": TEXT[:-1] + "！"}, {"progress": TEXT}, AGAIN),
    "few words": (SAME, {"progress": "正常推进。"}, {"progress": "正常推进"}, None),
    "words not reported": (SAME, {}, {"progress": TEXT}, None),
    "words do not apply": (SAME, {"progress": NA}, {"progress": NA}, None),
    "no words before": (SAME, {"progress": TEXT}, None, None),
    "all the same": (UNCHANGED, ONCE, {**ONCE, "done": "5.0"}, EQUAL),
    "one cell differs": (UNCHANGED, {**ONCE, "done": 6}, ONCE, None),
    "both empty": (UNCHANGED, {}, {}, None),
}  # fmt: skip


@pytest.mark.parametrize(("check", "sent", "before", "wrong"), CASES.values(), ids=CASES)
def test_a_report_is_held_against_the_last_accepted_one(check, sent, before, wrong):
    assert found(check, sent, previous=before) == ([wrong] if wrong else [])


@pytest.mark.parametrize("check", [NO_DECREASE, AMOUNT, SAME, UNCHANGED])
@pytest.mark.parametrize("severity", ["error", "warning"])
def test_how_severe_it_is_says_the_form(check, severity):
    previous = {"progress": TEXT, "done": 50}
    sent = previous if check in (SAME, UNCHANGED) else {"progress": TEXT, "done": 5}
    [(_, _, said)] = found({**check, "severity": severity}, sent, previous=previous)
    assert said == severity


def history(*values):
    return [{"done": value} for value in values]


USUAL = (10, 11, 9, 10, 12)


@pytest.mark.parametrize(
    ("before", "done", "far"),
    [
        (USUAL, 15, False),
        (USUAL, 16, True),
        (USUAL, 4, True),
        (USUAL, NA, False),
        (USUAL[:4], 1000, False),
        ((*USUAL[:4], NA), 1000, False),
        ((10, 10, 10, 10, 10), 11, False),
    ],
)
def test_a_number_far_from_the_units_own_is_pointed_out(before, done, far):
    expected = [("checks.outlier", "done", "warning")] if far else []
    assert found(OUTLIER, {"done": done}, history=history(*before)) == expected


def test_rows_are_held_against_the_row_of_the_same_key():
    asked = asking(NO_DECREASE, rows="many")
    before = report(asked, {"a": {"done": 5}, "b": {"done": 9}})
    sent = {"b": {"done": 8}, "a": {"done": 8}, "c": {"done": 0}}
    [wrong] = findings(asked, sent, previous=before)
    assert (wrong.detail["row"], wrong.detail["last"]) == ("b", "9")
