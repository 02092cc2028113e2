"""Checks on one row of a report by itself."""

from datetime import date
from decimal import Decimal

from domain.checklist import AtMost, Needs, NotAfter, NotBefore, Range, Required, Share, Sum
from domain.content import Cell
from domain.line import Found, Line, shown
from domain.sentences import say


def required(rule: Required, line: Line) -> Found:
    """Cells that were not reported."""
    for code in rule.fields:
        if line.value(code) is Cell.NOT_REPORTED:
            yield line.finding("check.required", code, rule.severity)


def within(rule: Range, line: Line) -> Found:
    """Numbers outside the bounds, and parts of what can only be counted."""
    for code in rule.fields:
        if (value := line.number(code)) is None:
            continue
        if rule.min is not None and value < rule.min:
            detail = {"value": value, "min": rule.min}
            yield line.finding("check.too_small", code, rule.severity, **detail)
        if rule.max is not None and value > rule.max:
            detail = {"value": value, "max": rule.max}
            yield line.finding("check.too_large", code, rule.severity, **detail)
        if rule.whole and value != value.to_integral_value():
            yield line.finding("check.not_whole", code, rule.severity, value=value)


def at_most(rule: AtMost, line: Line) -> Found:
    """A number above another."""
    value, limit = line.number(rule.field), line.number(rule.limit)
    if value is not None and limit is not None and value > limit:
        detail = {"value": value, "limit_label": line.label(rule.limit), "limit": limit}
        yield line.finding("check.at_most", rule.field, rule.severity, **detail)


def total(rule: Sum, line: Line) -> Found:
    """Parts that are not their total; silent while a part is not reported."""
    whole, parts = line.number(rule.total), [line.value(code) for code in rule.parts]
    if whole is None or Cell.NOT_REPORTED in parts:
        return
    reached = sum((part for part in parts if isinstance(part, Decimal)), Decimal(0))
    if abs(reached - whole) <= rule.tolerance:
        return
    short = reached < whole
    detail = {
        "value": whole,
        "parts": say("check_word.and").join(line.label(code) for code in rule.parts),
        "sum": reached,
        "gap": abs(whole - reached),
    }
    severity = (rule.short or rule.severity) if short else rule.severity
    yield line.finding(
        "checks.sum_short" if short else "checks.sum_over", rule.total, severity, **detail
    )


def share(rule: Share, line: Line) -> Found:
    """A part above so many percent of the whole (A1.19)."""
    value, whole = line.number(rule.field), line.number(rule.of)
    if value is None or whole is None or value * 100 <= whole * rule.percent:
        return
    detail = {
        "value": value,
        "of": line.label(rule.of),
        "whole": whole,
        "percent": rule.percent,
        "limit": whole * rule.percent / 100,
    }
    yield line.finding("checks.share", rule.field, rule.severity, **detail)


def not_before(rule: NotBefore, line: Line) -> Found:
    """A day before another."""
    value, (other, name) = line.day(rule.field), _other(rule, line)
    if value and other and value < other:
        detail = {"value": value, "other": name, "day": other}
        yield line.finding("checks.not_before", rule.field, rule.severity, **detail)


def not_after(rule: NotAfter, line: Line) -> Found:
    """A day after another."""
    value, (other, name) = line.day(rule.field), _other(rule, line)
    if value and other and value > other:
        detail = {"value": value, "other": name, "day": other}
        yield line.finding("checks.not_after", rule.field, rule.severity, **detail)


def _other(rule: NotBefore | NotAfter, line: Line) -> tuple[date | None, str]:
    """The day a date is held against, and what it is called."""
    if rule.other:
        return line.day(rule.other), say("check_word.field", label=line.label(rule.other))
    if rule.period:
        period = line.context.period
        found = period.start if rule.period == "start" else period.end
        return found, say(f"check_word.{rule.period}")
    return rule.day, say("check_word.day")


def needs(rule: Needs, line: Line) -> Found:
    """Something done that never began."""
    done, start = line.value(rule.done), line.value(rule.start)
    if done in (Cell.NOT_REPORTED, Cell.NOT_APPLICABLE, Decimal(0)):
        return
    if start in (Cell.NOT_REPORTED, Cell.NOT_APPLICABLE, Decimal(0)):
        detail = {"done": line.label(rule.done), "value": shown(done)}
        yield line.finding("checks.needs", rule.start, rule.severity, **detail)
