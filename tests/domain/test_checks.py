"""Checks on what units send."""

from decimal import Decimal

import pytest

from domain.checks import Cell, Context, Finding, Words, examine, is_nil, passes, read, words
from domain.content import ONE
from domain.finding import told
from domain.form import Form
from domain.periods import parse
from domain.sentences import say
from tests.domain.build import SOURCE, form

FIELDS = [
    {"code": "progress", "label": "本周进展", **SOURCE},
    {"code": "done", "label": "已完成投资", "kind": "number", "unit": "万元", **SOURCE},
    {"code": "planned", "label": "计划投资", "kind": "number", "unit": "万元", **SOURCE},
]
CHECKS = [
    {"kind": "required", "fields": ["progress", "done"], **SOURCE},
    {"kind": "range", "fields": ["done", "planned"], "min": "0", "max": "99999", **SOURCE},
    {"kind": "at_most", "field": "done", "limit": "planned", "severity": "warning", **SOURCE},
]
FORM = Form.model_validate(form("county-weekly", "county", fields=FIELDS, checks=CHECKS))
GOOD = {"progress": "完成招标", "done": "120", "planned": "300"}
WEEK = parse("2026-W47")


def check(form, raw):
    return examine(form, words(raw), Context(WEEK))[1]


def found(**raw):
    return [(f.rule, f.field) for f in check(FORM, GOOD | raw)]


def cell(raw):
    return read(FORM, {"done": raw})[0]["done"]


def test_a_good_report_has_no_findings():
    assert found() == []


@pytest.mark.parametrize("empty", ["", "  ", None, "未报送"])
def test_an_empty_cell_is_not_reported_and_fails_required(empty):
    assert cell(empty) is Cell.NOT_REPORTED
    assert found(done=empty) == [("check.required", "done")]
    assert found(progress=empty) == [("check.required", "progress")]


def test_a_field_that_was_not_sent_at_all_fails_required():
    assert [f.field for f in check(FORM, {})] == ["progress", "done"]


def test_what_was_found_comes_in_the_order_of_the_form_however_it_was_found():
    assert found(progress="", done="-1", planned="约三百") == [
        ("check.required", "progress"),
        ("check.too_small", "done"),
        ("check.not_a_number", "planned"),
    ]


def test_not_applicable_satisfies_required_and_is_not_zero():
    assert cell(" 不适用 ") is Cell.NOT_APPLICABLE
    assert found(done="不适用") == []
    assert found(done="1", planned="不适用") == []


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("0", "0"),
        ("1,234,567.50", "1234567.50"),
        (" 12.30 ", "12.30"),
        ("-3", "-3"),
        ("１２", "12"),
        (1234, "1234"),
        (0.1, "0.1"),
    ],
)
def test_a_number_is_read_exactly(raw, number):
    assert str(cell(raw)) == number
    assert isinstance(cell(raw), Decimal)


@pytest.mark.parametrize(
    "raw", ["约120", "NaN", "sNaN", "Infinity", "-inf", "1.2.3", "1e999999999", "--"]
)
def test_what_is_not_a_number_is_said_so_once(raw):
    assert cell(raw) is Cell.NOT_REPORTED
    assert found(done=raw) == [("check.not_a_number", "done")]


@pytest.mark.parametrize(
    ("done", "rules"),
    [
        ("0", []),
        ("99999", []),
        ("-0.01", ["check.too_small"]),
        ("99999.01", ["check.too_large"]),
    ],
)
def test_a_range_includes_its_ends(done, rules):
    assert [rule for rule, _ in found(done=done, planned="不适用")] == rules


@pytest.mark.parametrize(
    ("done", "planned", "over"), [("300", "300", False), ("301", "300", True), ("1", "", False)]
)
def test_at_most_compares_only_what_was_reported(done, planned, over):
    assert found(done=done, planned=planned) == ([("check.at_most", "done")] if over else [])


def test_a_warning_passes_and_an_error_does_not():
    assert passes(check(FORM, GOOD | {"done": "301"}))
    assert not passes(check(FORM, GOOD | {"done": "-1"}))


@pytest.mark.parametrize("done", ["", "约120", "-1", "100000", "301"])
def test_every_finding_can_be_said_with_its_label(done):
    findings = check(FORM, GOOD | {"done": done})
    assert findings
    assert all("已完成投资" in say(f.rule, **f.detail) for f in findings)


def test_text_is_kept_as_it_was_written():
    cells, _ = read(FORM, GOOD | {"progress": " NaN，已进场 "})
    assert cells["progress"] == "NaN，已进场"


@pytest.mark.parametrize(
    ("raw", "nil"), [("无", True), (" 本周无 ", True), (True, True), ("", False), ("有", False)]
)
def test_nil_is_said_in_a_few_words(raw, nil):
    assert is_nil({"nil": raw}) is nil
    assert not is_nil({})


EVERY = Form.model_validate(
    form(
        "every",
        "county",
        fields=[
            {"code": "number", "label": "投资", "kind": "number", "unit": "万元", **SOURCE},
            {"code": "percent", "label": "进度", "kind": "percent", **SOURCE},
            {"code": "date", "label": "日期", "kind": "date", **SOURCE},
            {"code": "choice", "label": "阶段", "kind": "choice", "choices": ["在建"], **SOURCE},
        ],
    )
)


@pytest.mark.parametrize(
    ("code", "word", "rule"),
    [
        ("number", "三十", "reading.in_words"),
        ("number", "85%", "reading.percent_here"),
        ("number", "12万", "reading.which_unit"),
        ("number", "12平方米", "reading.other_unit"),
        ("percent", "八成", "reading.not_a_percent"),
        ("date", "近期", "reading.not_a_day"),
        ("date", "2026-02-30", "reading.no_such_day"),
        ("date", "2026年12月", "reading.month_only"),
        ("choice", "在建中", "reading.near_choice"),
        ("choice", "停", "reading.not_a_choice"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_cell_and_its_word(code, word, rule):
    sent = Words({ONE: {code: word}}, {ONE: {code: "周调度!C5"}})
    [wrong] = examine(EVERY, sent, Context(WEEK))[1]
    assert (wrong.rule, wrong.field, wrong.severity) == (rule, code, "error")
    assert told(wrong).startswith("周调度!C5：")
    assert f"“{word}”" in told(wrong)


@pytest.mark.parametrize("trouble", ["no_result", "error_value", "merged", "several"])
def test_a_cell_in_trouble_is_an_error_whatever_it_says(trouble):
    sent = Words({"": {"number": "5"}}, {}, {"": {"number": f"trouble.{trouble}"}})
    read, [wrong] = examine(EVERY, sent, Context(WEEK))
    assert (wrong.rule, wrong.severity) == (f"trouble.{trouble}", "error")
    assert read.rows[ONE]["number"] is Cell.NOT_REPORTED
    assert "“投资”" in told(wrong)


def test_a_finding_begins_with_its_cell_and_its_row():
    sent = Words({"3": {"number": "约5"}}, {"3": {"number": "台账!C5"}})
    names = {"3": "老旧小区改造"}
    [wrong] = examine(EVERY, sent, Context(WEEK, names=names))[1]
    assert told(wrong).startswith("台账!C5（3 老旧小区改造）：“投资”填的是“约5”")


def test_what_was_kept_before_places_were_known_is_still_a_sentence():
    assert told(Finding("check.required", "done", "error", {"label": "投资"})).startswith("“投资”")


def test_a_word_is_found_under_any_name_of_its_field():
    for head in ("done", "已完成投资", "已完成投资（万元）", " 已完成投资(万元) "):
        assert read(FORM, {head: "5"})[0]["done"] == Decimal(5)


@pytest.mark.parametrize(
    ("word", "asked"), [("0.85", True), ("0.85%", False), ("1", False), ("0", False), ("85", False)]
)
def test_a_bare_share_of_one_is_taken_and_asked_about(word, asked):
    share = {"code": "share", "label": "形象进度", "kind": "percent", **SOURCE}
    one = Form.model_validate(form("county-weekly", "county", fields=[share]))
    content, found = examine(one, words({"share": word}), Context(WEEK))
    assert content.rows[ONE]["share"] == Decimal(word.rstrip("%"))
    assert [f.severity for f in found] == ["warning"] * asked
    assert [told(f) for f in found] == [
        "“形象进度”填的是 0.85，按 0.85% 计；如果是 85%，请填 85%。"
    ][:asked]
