"""Who takes part in a programme and who owes what, on which calendar.

Read from the database, or from the programme's folder where there is no database yet: a year can
be looked at before anything is set up.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from domain.expansion import Owing, members_day, owing, running
from domain.periods import Period
from domain.programme import Programme
from domain.task import Milestone, Tasks
from domain.unit import DatedName, Member, name_on
from domain.workdays import Workdays, calendar_of
from intake.holidays import published
from migrations import migrate
from models.base import Session, reading
from models.matter import open_matters
from models.task import milestones_of, tasks_of
from models.unit import members_on, printed_names
from tasks.work import calendar, loaded


@dataclass(frozen=True, slots=True)
class Register:
    """What is known of a programme: its rules, and where the facts about it are read."""

    rules: Programme
    session: Session | None

    def owing(self, office: str, period: Period) -> list[Owing]:
        """Who owes the office which form for a period."""
        members = self.members(members_day(self.rules, period))
        return owing(self.rules, office, period, members, self.tasks)

    def members(self, day: date) -> list[Member]:
        """The members of the programme on a day."""
        if self.session:
            return members_on(self.session, self.rules.slug, day)
        return [member for member in loaded(self.rules.slug).members if member.holds(day)]

    @property
    def tasks(self) -> Tasks:
        """The tasks of the programme's plan, with their units."""
        if self.session:
            return tasks_of(self.session, self.rules.slug)
        return loaded(self.rules.slug).tasks

    @property
    def milestones(self) -> Sequence[Milestone]:
        """The milestones of these tasks."""
        if self.session:
            return milestones_of(self.session, self.rules.slug)
        return loaded(self.rules.slug).milestones

    def names(self, period: Period) -> Mapping[str, str]:
        """The name each unit bears at the end of a period."""
        if self.session:
            return printed_names(self.session, period.end)
        printed = [name for name, kind in loaded(self.rules.slug).names if kind == "name"]
        its: dict[str, list[DatedName]] = {}
        for name in printed:
            its.setdefault(name.unit, []).append(name)
        return {unit: name_on(names, unit, period.end) for unit, names in its.items()}

    @property
    def workdays(self) -> Workdays:
        """The calendar of the programme."""
        if self.session:
            return calendar(self.session, self.rules)
        return self.rules.calendar(calendar_of(published()))


def collecting(rules: Programme, office: str, now: datetime) -> str:
    """The occasion an office is collecting at an instant; "" when it collects nothing.

    Of an office with one-off matters only, the most pressing that is open.
    """
    with register(rules) as known:
        found = running(rules, office, now, known.workdays)
        if known.session and found and not rules.kinds(office):
            its = (m for m in open_matters(known.session, rules.slug, now) if m.office == office)
            return next((matter.occasion for matter in its), found)
    return found


@contextmanager
def register(rules: Programme) -> Iterator[Register]:
    """The register of a programme; of its folder when there is no database."""
    if not migrate.exists():
        yield Register(rules, None)
        return
    with reading() as session:
        yield Register(rules, session)
