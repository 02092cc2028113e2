"""Checks on a report against those the unit sent before."""

from decimal import Decimal
from statistics import median

from domain.checklist import Change, NoDecrease, Outlier, SameText, Unchanged
from domain.content import Cell, Content
from domain.finding import Finding
from domain.folding import bare, overlap
from domain.form import Form
from domain.line import Context, Found, Line


def no_decrease(rule: NoDecrease, line: Line) -> Found:
    """A running total that has fallen."""
    for code in rule.fields:
        value, last = line.number(code), line.last_number(code)
        if value is not None and last is not None and value < last:
            detail = {"value": value, "last": last}
            yield line.finding("checks.no_decrease", code, rule.severity, **detail)


def change(rule: Change, line: Line) -> Found:
    """A number that has moved further since the last report than is usual; a share of 0 is none."""
    for code in rule.fields:
        value, last = line.number(code), line.last_number(code)
        if value is None or last is None:
            continue
        moved = abs(value - last)
        far = rule.amount is not None and moved > rule.amount
        if rule.percent is not None and last:
            far = far or moved * 100 > abs(last) * rule.percent
        if far:
            detail = {"value": value, "last": last, "moved": moved}
            yield line.finding("checks.change", code, rule.severity, **detail)


def outlier(rule: Outlier, line: Line) -> Found:
    """A number far from the unit's own: by the median of the distances from their median.

    Where most reports say the same, the median distance is 0 and nothing is said to be far.
    """
    for code in rule.fields:
        value = line.number(code)
        own = [last for last in line.history(code) if isinstance(last, Decimal)]
        if value is None or len(own) < rule.least:
            continue
        middle = median(own)
        spread = median(abs(last - middle) for last in own)
        if spread and abs(value - middle) > rule.times * spread:
            detail = {"value": value, "count": len(own), "middle": middle}
            yield line.finding("checks.outlier", code, rule.severity, **detail)


def same_text(rule: SameText, line: Line) -> Found:
    """A text that is last time's; not said of a report that is declared unchanged."""
    if line.report.unchanged:
        return
    for code in rule.fields:
        value, last = line.value(code), line.last(code)
        if not isinstance(value, str) or not isinstance(last, str):
            continue
        new, old = bare(value), bare(last)
        if len(new) >= rule.least and Decimal(overlap(new, old)) * 100 >= rule.percent:
            yield line.finding("checks.same_text", code, rule.severity, value=value)


def unchanged(rule: Unchanged, form: Form, report: Content, context: Context) -> Found:
    """A report that equals the last one without saying so."""
    last = context.previous
    if last is None or report.unchanged or not filled(report) or report.rows != last.rows:
        return
    code = form.fields[0].code
    yield Finding("checks.unchanged", code, rule.severity, {"label": form.label})


def filled(report: Content) -> bool:
    """Whether anything at all stands in a report."""
    cells = (value for row in report.rows.values() for value in row.values())
    return any(value is not Cell.NOT_REPORTED for value in cells)
