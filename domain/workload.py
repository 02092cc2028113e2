"""Who owes each form of a programme how often in a year, and with how many rows in all."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from domain.expansion import deadlines, members_day, owing
from domain.programme import Programme
from domain.task import Tasks
from domain.unit import Member
from domain.workdays import Workdays


@dataclass(frozen=True, slots=True)
class Workload:
    """By form: its occasions, and each unit's reports and live tasks over all of them."""

    occasions: Counter[str] = field(default_factory=Counter)
    reports: dict[str, Counter[str]] = field(default_factory=dict)
    tasks: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, form: str, unit: str, tasks: int) -> None:
        """One more report of a unit, about so many tasks."""
        self.reports.setdefault(form, Counter())[unit] += 1
        self.tasks.setdefault(form, Counter())[unit] += tasks


def workload(
    programme: Programme, year: int, members: Sequence[Member], tasks: Tasks, workdays: Workdays
) -> Workload:
    """Everything owed in a year for occasions that are not exempt; ``members`` with their dates."""
    found = Workload()
    asked: dict[tuple[str, str], set[str]] = {}
    for deadline in deadlines(programme, year, workdays):
        if deadline.status != "exempt":
            found.occasions[deadline.form] += 1
            asked.setdefault((deadline.office, deadline.occasion), set()).add(deadline.form)
    for (office, occasion), codes in asked.items():
        period = programme.period(occasion)
        day = members_day(programme, period)
        present, leads = [m for m in members if m.holds(day)], tasks.leads(office, day)
        for one in owing(programme, office, period, present, tasks):
            if one.form in codes:
                found.add(one.form, one.unit, len(leads.get(one.unit, ())))
    return found
