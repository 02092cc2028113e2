"""From a programme and its members to who owes which form for an occasion (S1, S10, S13)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.clock import REACH, Due, due
from domain.deadline import Deadline
from domain.form import Form
from domain.periods import DAY, Period, matter, periods
from domain.programme import Programme
from domain.task import Tasks
from domain.unit import Member
from domain.workdays import Workdays

LONGEST_BREAK = 21  # days by which a holiday may put a deadline off


@dataclass(frozen=True, slots=True)
class Owing:
    """One unit that owes one form; ``group`` is the one it is compared in."""

    form: str
    unit: str
    group: str


def owing(
    programme: Programme, office: str, period: Period, members: Sequence[Member], tasks: Tasks
) -> list[Owing]:
    """Every unit with every form it owes the office for a period, by form and unit.

    A unit owes what its class does, what the leads of the office's live tasks do, and what it is
    listed for; each form once (S10).
    """
    day = members_day(programme, period)
    groups = {m.unit: m.group_code for m in members}
    found = [
        Owing(form.code, unit, groups.get(unit, ""))
        for form in programme.forms_for(office, period)
        for unit in sorted(_debtors(form, members, tasks, day))
    ]
    return sorted(found, key=lambda pair: pair.form)


def debtors(
    programme: Programme, office: str, members: Sequence[Member], tasks: Tasks, day: date
) -> set[str]:
    """Every unit that owes the office something on a day, whatever its clock."""
    forms = programme.forms_of(office)
    return {unit for form in forms for unit in _debtors(form, members, tasks, day)}


def _debtors(form: Form, members: Iterable[Member], tasks: Tasks, day: date) -> set[str]:
    if form.unit_class:
        return {m.unit for m in members if m.class_code == form.unit_class}
    return set(tasks.leads(form.office, day)) if form.lead_units else set(form.units)


def members_day(programme: Programme, period: Period) -> date:
    """The day whose members owe a period: its first, or the programme's own in its first one."""
    return max(period.start, programme.begins)


def dues(programme: Programme, office: str, period: Period, workdays: Workdays) -> dict[str, Due]:
    """When each form of the office is due for a period; a matter says that itself."""
    if period.kind == "matter":
        return {}
    forms = programme.forms_for(office, period)
    return {form.code: due(programme.clock(form), period, workdays) for form in forms}


def has_begun(programme: Programme, period: Period, now: datetime) -> bool:
    """Whether obligations of a period may be opened: it has begun, while the programme lives."""
    today = now.astimezone(programme.zone).date()
    return period.overlaps(programme.begins, programme.active_to) and period.start <= today


def running(programme: Programme, office: str, now: datetime, workdays: Workdays) -> str:
    """The occasion an office is collecting now, of its most frequent clock.

    That is the oldest one not yet due: after a long holiday the one before it may still be. Of an
    office with one-off matters only, the first of the day; "" when it collects nothing.
    """
    today = now.astimezone(programme.zone).date()
    forms = programme.forms_of(office)
    clocks = [clock for f in forms if (clock := programme.clock(f)).every != "matter"]
    if not clocks:
        return matter(today, 1).id if forms else ""
    most = min(clocks, key=lambda clock: REACH[clock.every]).every
    current = max(
        (clock.period_on(today) for clock in clocks if clock.every == most), key=lambda p: p.start
    )
    since = today - (REACH[most] + LONGEST_BREAK) * DAY
    for period in periods(most, since, current.start, programme.month_cut):
        at = [due.due_at for due in dues(programme, office, period, workdays).values()]
        if any(due_at and due_at >= now for due_at in at):
            return period.id
    return current.id


def deadlines(programme: Programme, year: int, workdays: Workdays) -> Iterator[Deadline]:
    """Every deadline whose nominal instant lies in a year, a row an office, form and occasion."""
    for form in programme.forms:
        clock = programme.clock(form)
        if clock.every == "matter":
            continue
        for period in clock.periods_due(date(year, 1, 1), date(year, 12, 31)):
            found = due(clock, period, workdays)
            if found.nominal_due_at.year == year and form in programme.forms_for(
                form.office, period
            ):
                yield _deadline(programme, form, found)


def _deadline(programme: Programme, form: Form, due: Due) -> Deadline:
    return Deadline(
        programme=programme.slug,
        office=form.office,
        form=form.code,
        debtors=form.debtors,
        occasion=due.period.id,
        period_start=due.period.start,
        period_end=due.period.end,
        nominal_due_at=due.nominal_due_at,
        due_at=due.due_at,
        shift_days=due.shift_days,
        reason=due.reason,
        status=due.status,
    )
