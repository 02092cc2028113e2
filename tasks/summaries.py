"""The summary of an occasion as known at an instant: counts, and who is missing."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from prefect import task
from prefect.cache_policies import NO_CACHE

from domain.form import Form
from domain.obligation import Standing, State
from domain.programme import Programme
from domain.sentences import say
from models import obligation
from models.base import Session, reading
from models.obligation import Owed
from models.unit import printed_names
from tasks.standings import standings_of
from tasks.work import Work, programme

PAGE = 5000  # obligations folded at a time


@dataclass(frozen=True, slots=True)
class Line:
    """One obligation as the summary sees it."""

    owed: Owed
    standing: Standing
    unit: str


@dataclass(slots=True)
class Summary:
    """What an operator wants to know of an occasion; unit names, never people's."""

    counts: Counter[str] = field(default_factory=Counter)
    groups: dict[str, Counter[str]] = field(default_factory=dict)
    named: dict[str, list[str]] = field(default_factory=dict)
    flagged: dict[str, list[str]] = field(default_factory=dict)
    due_at: datetime | None = None

    def add(self, line: Line, group: str) -> None:
        """Count one obligation in."""
        state = line.standing.state
        self.counts[state] += 1
        self.groups.setdefault(group, Counter())[state] += 1
        self.named.setdefault(state, []).append(line.unit)
        for flag in line.standing.flags:
            self.flagged.setdefault(flag, []).append(line.unit)
        self.due_at = self.due_at or line.standing.due_at

    @property
    def total(self) -> int:
        """How many obligations there are."""
        return self.counts.total()

    @property
    def reported(self) -> int:
        """How many have come in, in time or late."""
        return self.counts[State.ON_TIME] + self.counts[State.LATE]


def lines(session: Session, work: Work, rules: Programme, as_of: datetime) -> Iterator[Line]:
    """Every obligation of the occasion with its state as known at ``as_of``, a page at a time."""
    names = printed_names(session, rules.period(work.occasion).end)
    owed = obligation.of_occasion(session, work.programme, work.office, work.occasion, as_of)
    for start in range(0, len(owed), PAGE):
        page = owed[start : start + PAGE]
        standings = standings_of(session, rules, page, as_of)
        for o in page:
            yield Line(o, standings[o.id], names.get(o.debtor, o.debtor))


def group_names(rules: Programme) -> dict[str, str]:
    """What a line is counted under: its comparison group, or its class when it has none."""
    groups = {group.code: group.name for group in rules.groups}
    classes = {c.code: c.name for c in rules.classes}
    return groups | {form.code: debtors_name(form, classes) for form in rules.forms}


def debtors_name(form: Form, classes: Mapping[str, str]) -> str:
    """What the units that owe a form are called: their class, or what they are on it."""
    if form.unit_class:
        return classes[form.unit_class]
    return say(f"debtors.{form.debtors or 'matter'}")  # a matter says itself who owes it


@task(task_run_name=say("task.summarise"), cache_policy=NO_CACHE)
def summarise(work: Work, as_of: datetime) -> Summary:
    """Count the occasion as known at ``as_of``."""
    return count(work, as_of)


def count(work: Work, as_of: datetime) -> Summary:
    """The summary of an occasion as known at ``as_of``."""
    rules, summary = programme(work.programme), Summary()
    names = group_names(rules)
    with reading() as session:
        for line in lines(session, work, rules, as_of):
            summary.add(line, names.get(code := line.owed.group_code or line.owed.form, code))
    return summary
