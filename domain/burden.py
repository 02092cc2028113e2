"""What a programme's forms cost those who fill them in: cells and person-hours a year (C40, D10).

Counted is whoever owes a form for each occasion of a year that is not exempt; a form for one-off
matters is not, for nobody knows how often it will be asked for.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.effort import ESTIMATED, Effort
from domain.form import Form
from domain.programme import Programme
from domain.task import Tasks
from domain.unit import Member
from domain.workdays import Workdays
from domain.workload import Workload, workload

HOUR = 60  # minutes
Spent = Mapping[str, Decimal]  # minutes by unit or by office


@dataclass(frozen=True, slots=True)
class FormBurden:
    """What one form costs in a year: ``reports`` over its ``occasions``, and the cells in them.

    ``fields`` are its labels; ``minutes`` those of each unit that owes it.
    """

    office: str
    form: str
    label: str
    fields: Sequence[str]
    occasions: int
    reports: int
    cells: int
    minutes: Spent

    @property
    def hours(self) -> Decimal:
        """Person-hours of all its debtors together."""
        return hours(self.minutes.values())


@dataclass(frozen=True, slots=True)
class Burden:
    """What the forms of a programme cost in a year, by the estimates of ``effort``."""

    programme: str
    year: int
    effort: Effort
    forms: Sequence[FormBurden]

    @property
    def hours(self) -> Decimal:
        """Person-hours of everybody."""
        return hours(minutes for form in self.forms for minutes in form.minutes.values())

    @property
    def reports(self) -> int:
        """Reports of everybody."""
        return sum(form.reports for form in self.forms)

    @property
    def cells(self) -> int:
        """Cells of everybody."""
        return sum(form.cells for form in self.forms)

    def offices(self) -> dict[str, Decimal]:
        """The person-hours each office asks for, the most first."""
        return _most((form.office, sum(form.minutes.values())) for form in self.forms)

    def debtors(self) -> dict[str, Decimal]:
        """The person-hours each unit spends, the most first."""
        return _most(spent for form in self.forms for spent in form.minutes.items())


@dataclass(frozen=True, slots=True)
class Change:
    """What a form costs more in the second of two versions, or less where it is negative.

    ``added`` and ``removed`` are the labels of fields that only one of them has.
    """

    office: str
    form: str
    label: str
    added: Sequence[str]
    removed: Sequence[str]
    reports: int
    cells: int
    hours: Decimal


def hours(minutes: Iterable[Decimal]) -> Decimal:
    """Minutes as hours, to a tenth."""
    return (sum(minutes, Decimal(0)) / HOUR).quantize(Decimal("0.1"))


def burden(
    programme: Programme, year: int, members: Sequence[Member], tasks: Tasks, workdays: Workdays
) -> Burden:
    """What a programme costs in a year; occasions are those whose nominal instant lies in it.

    ``members`` are those of all time with their dates.
    """
    effort = programme.effort or ESTIMATED
    owed = workload(programme, year, members, tasks, workdays)
    forms = [form for form in programme.forms if programme.clock(form).every != "matter"]
    return Burden(programme.slug, year, effort, [_of(form, effort, owed) for form in forms])


def _of(form: Form, effort: Effort, owed: Workload) -> FormBurden:
    reports = owed.reports.get(form.code, Counter())
    rows = {unit: _rows(form, effort, owed, unit) for unit in reports}
    each, opening = effort.of_report(form, 1) - effort.opening, effort.opening
    return FormBurden(
        office=form.office,
        form=form.code,
        label=form.label,
        fields=[f.label for f in form.fields],
        occasions=owed.occasions[form.code],
        reports=reports.total(),
        cells=sum(rows.values()) * len(form.fields),
        minutes={unit: reports[unit] * opening + rows[unit] * each for unit in sorted(reports)},
    )


def _rows(form: Form, effort: Effort, owed: Workload, unit: str) -> int:
    """The rows a unit fills in during the year."""
    if form.rows == "tasks":
        return owed.tasks[form.code][unit]
    return owed.reports[form.code][unit] * (effort.rows if form.rows == "many" else 1)


def change(before: Burden, after: Burden) -> list[Change]:
    """The forms that cost more or less in ``after``, or ask for other fields; those alone."""
    nothing = FormBurden("", "", "", (), 0, 0, 0, {})
    old, new = ({f.form: f for f in one.forms} for one in (before, after))
    pairs = [(old.get(code, nothing), new.get(code, nothing)) for code in {**old, **new}]
    return [_change(was, now) for was, now in pairs if was != now]


def _change(was: FormBurden, now: FormBurden) -> Change:
    named = now if now.form else was
    minutes = [*now.minutes.values(), *(-spent for spent in was.minutes.values())]
    return Change(
        office=named.office,
        form=named.form,
        label=named.label,
        added=[label for label in now.fields if label not in was.fields],
        removed=[label for label in was.fields if label not in now.fields],
        reports=now.reports - was.reports,
        cells=now.cells - was.cells,
        hours=hours(minutes),
    )


def _most(spent: Iterable[tuple[str, Decimal | int]]) -> dict[str, Decimal]:
    found: dict[str, list[Decimal]] = {}
    for name, minutes in spent:
        found.setdefault(name, []).append(Decimal(minutes))
    totals: Iterator[tuple[str, Decimal]] = ((name, hours(its)) for name, its in found.items())
    return dict(sorted(totals, key=lambda pair: (-pair[1], pair[0])))
