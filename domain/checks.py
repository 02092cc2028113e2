"""Checks on what a unit sent: words become content, content becomes findings."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from domain import across, against, within
from domain.checklist import Unchanged
from domain.content import ONE, Cell, Content, Value, Words
from domain.figure import Slip, shifted
from domain.finding import Finding, named, passes
from domain.folding import fold, plain
from domain.form import Field, Form
from domain.line import Context, Line, finding, shown
from domain.periods import Period
from domain.reading import value
from domain.sent import is_nil, payload, words
from domain.taking import heads, taken_over

__all__ = [
    "Cell", "Content", "Context", "Finding", "Value", "Words", "check", "content", "examine",
    "is_nil", "passes", "payload", "read", "words",
]  # fmt: skip

CHECKS: Mapping[str, Callable[[Any, Line], Iterator[Finding]]] = {
    "required": within.required,
    "range": within.within,
    "at_most": within.at_most,
    "sum": within.total,
    "share": within.share,
    "not_before": within.not_before,
    "not_after": within.not_after,
    "needs": within.needs,
    "no_decrease": against.no_decrease,
    "change": against.change,
    "outlier": against.outlier,
    "same_text": against.same_text,
    "milestones": across.milestones,
    "agrees": across.agrees,
}


def content(
    form: Form, words: Words, period: Period | None = None, previous: Content | None = None
) -> tuple[Content, list[Finding]]:
    """What a report says, and what of it could not be read.

    A nil report says nothing. What is declared unchanged says what ``previous``, the last accepted
    report, said; an error where there is none, or where something else stands in its cells.
    """
    if is_nil(payload(words)):
        return Content({}, nil=True), []
    words = _as_before(form, words, previous)
    found: list[Finding] = []
    rows: dict[str, dict[str, Value]] = {}
    for key, sent in (words.rows or {ONE: {}} if form.rows == "one" else words.rows).items():
        if key == ONE and form.rows != "one":  # sent without rows, as for another form
            if any(word.strip() for word in sent.values()):
                rule = f"checks.no_{form.rows}"
                found.append(Finding(rule, form.fields[0].code, "error", {"label": form.label}))
            continue
        rows[key] = {}
        for field, word in heads(form, sent):
            rows[key][field.code], slip = _cell(form, field, word, words, key, period)
            found += [slip] if slip else []
    read = Content(rows, words.places, unchanged=words.unchanged)
    if not (rows or found or words.unchanged):
        found.append(Finding("checks.empty", form.fields[0].code, "error", {"label": form.label}))
    if words.nil:
        found.append(
            Finding("checks.nil_but_filled", form.fields[0].code, "warning", {"label": form.label})
        )
    whole, more = taken_over(form, read, words, previous)
    return whole, found + more


def _as_before(form: Form, words: Words, previous: Content | None) -> Words:
    """Rows under the keys they had last time, where only width, case or blanks differ."""
    if form.rows != "many" or previous is None:
        return words
    known = {fold(key): key for key in previous.rows}
    parts = (words.rows, words.places, words.troubles)
    rows, places, troubles = ({known.get(fold(k), k): r for k, r in p.items()} for p in parts)
    return replace(words, rows=rows, places=places, troubles=troubles)


def _cell(
    form: Form, field: Field, word: str, words: Words, key: str, period: Period | None
) -> tuple[Value, Finding | None]:
    """The value of a cell, and why it has none."""
    trouble = words.troubles.get(key, {}).get(field.code)
    found = Slip(trouble) if trouble else value(field, word, period)
    where = {"row": key, "cell": words.places.get(key, {}).get(field.code, "")}
    if not isinstance(found, Slip):
        return found, _doubt(form, field, word, found, where)
    detail = {"value": shown(word), "unit": field.unit, **found.detail}
    return Cell.NOT_REPORTED, finding(form, found.rule, field.code, "error", detail, **where)


def _doubt(
    form: Form, field: Field, word: str, found: Value, where: Mapping[str, str]
) -> Finding | None:
    """A bare 0.85 in percent points is most often meant as 85 %: it is taken, and asked about."""
    if field.kind != "percent" or not isinstance(found, Decimal) or "%" in plain(word):
        return None
    if not 0 < found < 1:
        return None
    detail = {"value": found, "times": shifted(found, 2)}
    return finding(form, "reading.small_percent", field.code, "warning", detail, **where)


def check(form: Form, content: Content, context: Context) -> list[Finding]:
    """What the checks of the form find in a report; a nil report needs nothing."""
    return [named(f, context.names) for f in _checked(form, content, context)]


def _checked(form: Form, content: Content, context: Context) -> Iterator[Finding]:
    if content.nil:
        return
    yield from across.rows(form, content, context)
    for rule in form.checks:
        if rule.classes and context.unit_class not in rule.classes:
            continue
        if isinstance(rule, Unchanged):
            yield from against.unchanged(rule, form, content, context)
            continue
        for key in content.rows:
            yield from CHECKS[rule.kind](rule, Line(form, key, content, context))


def examine(form: Form, words: Words, context: Context) -> tuple[Content, list[Finding]]:
    """A report read and checked; nothing more is said of a cell that could not be read.

    What was found comes in the order of the form: row by row, field by field.
    """
    read, found = content(form, words, context.period, context.previous)
    silent = {(f.field, f.detail.get("row")) for f in found if f.severity == "error"}
    found += [
        f for f in _checked(form, read, context) if (f.field, f.detail.get("row")) not in silent
    ]
    return read, [named(f, context.names) for f in _in_order(form, read, found)]


def _in_order(form: Form, read: Content, found: list[Finding]) -> list[Finding]:
    """As somebody who goes down the form comes upon them; what is about no row comes first."""
    rows = {key: number for number, key in enumerate(read.rows)}
    fields = {field.code: number for number, field in enumerate(form.fields)}

    def place(one: Finding) -> tuple[int, int]:
        row = one.detail.get("row", "")
        return rows.get(row, len(rows) if row else -1), fields.get(one.field, len(fields))

    return sorted(found, key=place)


def read(form: Form, raw: Mapping[str, Any]) -> tuple[dict[str, Value], list[Finding]]:
    """The cells of a report that has no rows, and what of it could not be read."""
    found, findings = content(form, words(raw))
    return dict(found.rows.get(ONE, {})), findings
