"""What a report of one unit is held against: its plan, what it said before and says elsewhere."""

from collections.abc import Mapping, Sequence

from domain.checklist import Agrees
from domain.checks import Context
from domain.content import Content
from domain.expansion import dues, members_day
from domain.form import Form
from domain.task import Milestone
from models.base import Session
from models.report import Span
from tasks.blanks import Facts
from tasks.previous import all_before


def compared_with(told: Facts, form: Form, unit: str) -> Context:
    """The context of a report of a unit for an occasion; without a unit, its period alone."""
    if not unit:
        return Context(told.period, form.unit_class or "")
    members = told.known.members(members_day(told.known.rules, told.period))
    classes = {member.unit: member.class_code for member in members}
    tasks = told.leads(form.office).get(unit, {})
    earlier = _earlier(told, form, unit)
    return Context(
        told.period,
        classes.get(unit, form.unit_class or ""),
        previous=earlier[-1] if earlier else None,
        history=earlier,
        milestones=_milestones(told, tasks),
        others=_others(told, form, unit),
        names=tasks if form.rows == "tasks" else {},
    )


def _earlier(told: Facts, form: Form, unit: str) -> list[Content]:
    """What the unit has reported on this form for the occasions before, oldest first."""
    session, rules = told.known.session, told.known.rules
    due = dues(rules, form.office, told.period, told.known.workdays).get(form.code)
    if session is None or due is None:
        return []
    span = Span(before=due.nominal_due_at)
    return [last.content for last in all_before(session, rules, form, [unit], span).get(unit, [])]


def _milestones(told: Facts, tasks: Mapping[str, str]) -> dict[str, Sequence[Milestone]]:
    found: dict[str, list[Milestone]] = {}
    for milestone in told.known.milestones:
        if milestone.task in tasks:
            found.setdefault(milestone.task, []).append(milestone)
    return dict(found)


def _others(told: Facts, form: Form, unit: str) -> dict[str, Content]:
    """What the unit says of the same time on the other forms this one has to agree with."""
    named = {check.form for check in form.checks if isinstance(check, Agrees)}
    if told.known.session is None or not named:
        return {}
    return {code: said for code in named if (said := _said(told.known.session, told, code, unit))}


def _said(session: Session, told: Facts, code: str, unit: str) -> Content | None:
    rules = told.known.rules
    reports = all_before(session, rules, rules.form(code), [unit], Span()).get(unit, [])
    return next((r.content for r in reports if r.occasion == told.period.id), None)
