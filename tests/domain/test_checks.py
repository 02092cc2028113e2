"""Checks on what units send."""

from decimal import Decimal

import pytest

from domain.checks import Cell, Context, examine, is_nil, passes, read, words
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


def check(form, raw):
    return examine(form, words(raw), Context(parse("2026-W47")))[1]


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
