"""From a programme and its members to who owes which form for an occasion (S1, S13)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from domain.periods import Due, Period, due
from domain.programme import Programme
from domain.unit import Member
from domain.workdays import Workdays


@dataclass(frozen=True, slots=True)
class Owing:
    """One unit that owes one form."""

    form: str
    unit: str
    group: str


def owing(programme: Programme, office: str, members: Iterable[Member]) -> list[Owing]:
    """Every unit with every form its class owes the office, by form and unit."""
    forms: dict[str, list[str]] = {}
    for form in programme.forms_of(office):
        forms.setdefault(form.unit_class, []).append(form.code)
    pairs = [
        Owing(form, m.unit, m.group_code) for m in members for form in forms.get(m.class_code, ())
    ]
    return sorted(pairs, key=lambda pair: (pair.form, pair.unit))


def members_day(programme: Programme, period: Period) -> date:
    """The day whose members owe a period: its first, or the programme's own in its first week."""
    return max(period.start, programme.valid_from)


def dues(programme: Programme, office: str, period: Period, workdays: Workdays) -> dict[str, Due]:
    """When each form of the office is due for a period."""
    forms = programme.forms_of(office)
    return {form.code: due(programme.clock(form), period, workdays) for form in forms}


def has_begun(programme: Programme, period: Period, now: datetime) -> bool:
    """Whether obligations of a period may be opened: it has begun, under a valid programme."""
    today = now.astimezone(programme.zone).date()
    return programme.valid_from <= period.end and period.start <= today
