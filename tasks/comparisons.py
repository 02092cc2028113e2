"""What reports are held against: their plan, what their units said before and say elsewhere."""

from collections.abc import Collection, Sequence

from domain.checklist import Agrees, Outlier
from domain.checks import Context
from domain.content import Content
from domain.expansion import dues, members_day
from domain.form import Form
from domain.periods import Period
from domain.task import Milestone
from models.report import Span
from tasks.previous import all_before, last_before, saying
from tasks.register import Register

LOOK_BACK = ("no_decrease", "change", "outlier", "same_text", "unchanged")


def contexts(
    known: Register, form: Form, period: Period, units: Collection[str], leaning: Collection[str]
) -> dict[str, Context]:
    """The context of each unit's report on a form; only what its checks ask for is read.

    ``leaning`` are the units whose report says that something stands as it did.
    """
    classes = _classes(known, form, period)
    tasks = _tasks(known, form, period)
    milestones = _milestones(known, form)
    looks_back = any(check.kind in LOOK_BACK for check in form.checks)
    earlier = _earlier(known, form, period, units if looks_back else leaning)
    others = _others(known, form, period, units)
    return {
        unit: Context(
            period,
            classes.get(unit, form.unit_class or ""),
            previous=earlier[unit][-1] if unit in earlier else None,
            history=earlier.get(unit, ()),
            milestones={code: milestones.get(code, ()) for code in tasks.get(unit, ())},
            others=others.get(unit, {}),
            names=tasks.get(unit, {}),
        )
        for unit in units
    }


def _classes(known: Register, form: Form, period: Period) -> dict[str, str]:
    """The class of each unit, where the form is not of one class and a check asks."""
    if form.unit_class or not any(check.classes for check in form.checks):
        return {}
    members = known.members(members_day(known.rules, period))
    return {member.unit: member.class_code for member in members}


def _tasks(known: Register, form: Form, period: Period) -> dict[str, dict[str, str]]:
    """The titles of the live tasks each unit leads, where the form has a row for each."""
    if form.rows != "tasks":
        return {}
    plan = known.tasks
    titles = {task.code: task.title for task in plan.tasks}
    leads = plan.leads(form.office, members_day(known.rules, period))
    return {unit: {code: titles[code] for code in codes} for unit, codes in leads.items()}


def _milestones(known: Register, form: Form) -> dict[str, list[Milestone]]:
    found: dict[str, list[Milestone]] = {}
    if form.rows == "tasks":
        for milestone in known.milestones:
            found.setdefault(milestone.task, []).append(milestone)
    return found


def _earlier(
    known: Register, form: Form, period: Period, units: Collection[str]
) -> dict[str, Sequence[Content]]:
    """What units reported on this form before, oldest first; at least the last report."""
    due = dues(known.rules, form.office, period, known.workdays).get(form.code)
    if known.session is None or due is None or not units:
        return {}
    span = Span(before=due.nominal_due_at)
    if any(isinstance(check, Outlier) for check in form.checks):
        every = all_before(known.session, known.rules, form, units, span)
        return {unit: [last.content for last in saying(its)] for unit, its in every.items()}
    newest = last_before(known.session, known.rules, form, units, span)
    return {unit: [last.content] for unit, last in newest.items()}


def _others(
    known: Register, form: Form, period: Period, units: Collection[str]
) -> dict[str, dict[str, Content]]:
    """What units say of the same time on the other forms this one has to agree with."""
    found: dict[str, dict[str, Content]] = {}
    for code in {check.form for check in form.checks if isinstance(check, Agrees)}:
        if known.session is None:
            break
        other = known.rules.form(code)
        for unit, its in all_before(known.session, known.rules, other, units, Span()).items():
            same = [r.content for r in its if _meets(known.rules.period(r.occasion), period)]
            if same:
                found.setdefault(unit, {})[code] = same[-1]
    return found


def _meets(one: Period, other: Period) -> bool:
    """A week meets the month it lies in: they have a day in common."""
    return one.overlaps(other.start, other.end)
