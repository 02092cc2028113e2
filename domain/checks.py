"""Checks on what a unit sent: each finding says where, what is wrong and what would be right."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Literal

from domain.form import AtMost, Check, Field, Form, Range, Required
from domain.sentences import say

Severity = Literal["error", "warning"]


class Cell(Enum):
    """The two values of a cell that are not a value; neither is ever taken for 0."""

    NOT_APPLICABLE = "不适用"
    NOT_REPORTED = "未报送"


Value = str | Decimal | Cell
GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")  # 1,234 is a number, 1,5 is a slip
MAX_DIGITS = 30


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a field: the catalogue key ``rule`` and the values that fill it."""

    rule: str
    field: str
    severity: Severity
    detail: Mapping[str, str]


def read(form: Form, raw: Mapping[str, object]) -> tuple[dict[str, Value], list[Finding]]:
    """The cells of a form from the words sent under codes or labels, and what could not be read."""
    cells: dict[str, Value] = {}
    findings: list[Finding] = []
    for field in form.fields:
        cells[field.code] = value = _cell(field, _sent(field, raw))
        if isinstance(value, str) and field.kind == "number":
            cells[field.code] = Cell.NOT_REPORTED
            detail = {"label": field.label, "value": value[:40]}
            findings.append(Finding("check.not_a_number", field.code, "error", detail))
    return cells, findings


def _sent(field: Field, raw: Mapping[str, object]) -> object:
    """What was sent for a field: under its code, its label, or the label with its unit."""
    with_unit = say("ledger.label_unit", label=field.label, unit=field.unit)
    return next((raw[head] for head in (field.code, field.label, with_unit) if head in raw), None)


def _cell(field: Field, raw: object) -> Value:
    text = "" if raw is None else str(raw).strip()
    if not text or text == Cell.NOT_REPORTED.value:
        return Cell.NOT_REPORTED
    if text == Cell.NOT_APPLICABLE.value:
        return Cell.NOT_APPLICABLE
    if field.kind == "text":
        return text
    try:
        number = Decimal(text.replace(",", "") if GROUPED.fullmatch(text) else text)
    except InvalidOperation:
        return text
    # a power such as 1e999999999 is finite and fills the memory once it is written out
    return number if number.is_finite() and abs(number.adjusted()) <= MAX_DIGITS else text


def check(form: Form, raw: Mapping[str, object]) -> list[Finding]:
    """Every finding on one report, unreadable cells first."""
    cells, findings = read(form, raw)
    unread = {f.field for f in findings}
    labels = {field.code: field.label for field in form.fields}
    for rule in form.checks:
        findings += [f for f in _findings(rule, cells, labels) if f.field not in unread]
    return findings


def _findings(
    rule: Check, cells: Mapping[str, Value], labels: Mapping[str, str]
) -> Iterator[Finding]:
    match rule:
        case Required():
            yield from _required(rule, cells, labels)
        case Range():
            yield from _range(rule, cells, labels)
        case AtMost():
            yield from _at_most(rule, cells, labels)


def _required(
    rule: Required, cells: Mapping[str, Value], labels: Mapping[str, str]
) -> Iterator[Finding]:
    for code in rule.fields:
        if cells[code] is Cell.NOT_REPORTED:
            yield Finding("check.required", code, rule.severity, {"label": labels[code]})


def _range(rule: Range, cells: Mapping[str, Value], labels: Mapping[str, str]) -> Iterator[Finding]:
    for code in rule.fields:
        value = cells[code]
        if not isinstance(value, Decimal):
            continue
        detail = {"label": labels[code], "value": f"{value:f}"}
        if rule.min is not None and value < rule.min:
            yield Finding("check.too_small", code, rule.severity, detail | {"min": str(rule.min)})
        if rule.max is not None and value > rule.max:
            yield Finding("check.too_large", code, rule.severity, detail | {"max": str(rule.max)})


def _at_most(
    rule: AtMost, cells: Mapping[str, Value], labels: Mapping[str, str]
) -> Iterator[Finding]:
    value, limit = cells[rule.field], cells[rule.limit]
    if isinstance(value, Decimal) and isinstance(limit, Decimal) and value > limit:
        detail = {
            "label": labels[rule.field],
            "value": f"{value:f}",
            "limit_label": labels[rule.limit],
            "limit": f"{limit:f}",
        }
        yield Finding("check.at_most", rule.field, rule.severity, detail)


def passes(findings: Iterable[Finding]) -> bool:
    """Whether a report with these findings is accepted: warnings are shown, errors return it."""
    return all(finding.severity != "error" for finding in findings)


NIL_WORDS: Sequence[str] = ("无", "本周无", "无事项")


def is_nil(raw: Mapping[str, object]) -> bool:
    """Whether the sender declared that there is nothing to report, and reported nothing (S14)."""
    declared = str(raw.get("nil", "")).strip() in (*NIL_WORDS, "True", "true", "1")
    return declared and not any(str(v).strip() for label, v in raw.items() if label != "nil")
