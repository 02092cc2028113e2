"""What the blank form of one debtor is made of: names, tasks, what it last reported."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time

from documents.blank import Spec
from domain.errors import Refused
from domain.expansion import members_day
from domain.identity import Identity, version_of
from domain.lexicon import find
from domain.periods import Period
from domain.resolution import resolve_list
from domain.sentences import say
from domain.task import Tasks
from domain.wording import say_deadline, say_period
from models.installation import is_demo
from tasks.matching import units_named
from tasks.previous import Last
from tasks.register import Register
from tasks.work import loaded, words_of


@dataclass(frozen=True, slots=True)
class Due:
    """One debtor that owes a form to an office; ``nominal_due_at`` says what came before it."""

    office: str
    form: str
    unit: str
    nominal_due_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Facts:
    """What the blank forms of an occasion have in common."""

    known: Register
    period: Period
    names: Mapping[str, str]
    plan: Tasks
    demo: bool

    def name(self, unit: str) -> str:
        """What a unit is called in this period."""
        return self.names.get(unit, unit)

    def leads(self, office: str) -> dict[str, dict[str, str]]:
        """The live tasks of each unit that leads some, with their titles."""
        titles = {task.code: task.title for task in self.plan.tasks}
        day = members_day(self.known.rules, self.period)
        return {
            unit: {code: titles[code] for code in sorted(codes, key=list(titles).index)}
            for unit, codes in self.plan.leads(office, day).items()
        }

    def spec(self, due: Due, tasks: Mapping[str, str], last: Last | None) -> Spec:
        """The blank form of a debtor; a last report without a row fills nothing in."""
        rules, told = self.known.rules, last if last and last.content.rows else None
        form = rules.form(due.form)
        ids = (rules.slug, due.office, due.form, due.unit, self.period.id, version_of(form))
        return Spec(
            identity=Identity(*ids),
            form=form,
            programme=rules.name,
            unit=self.name(due.unit),
            period=say_period(self.period),
            due=say_deadline(due.due_at, rules.zone),
            created=datetime.combine(self.period.start, time(0), rules.zone),
            tasks=tasks if form.rows == "tasks" else {},
            before=told.content if told else None,
            before_of=told.occasion if told else "",
            demo=self.demo,
        )


def facts(known: Register, occasion: str) -> Facts:
    """What is known of an occasion; raises PeriodRefused."""
    period = known.rules.period(occasion)
    demo = known.session is not None and is_demo(known.session)
    return Facts(known, period, known.names(period), known.tasks, demo)


def units_meant(known: Register, words: Iterable[str]) -> list[str]:
    """The units some words name, by the register or by the folder alone; else Refused."""
    asked, slug = list(words), known.rules.slug
    if known.session:
        return list(units_named(known.session, slug, asked).values())
    ids = {name.unit for name, _ in loaded(slug).names}
    return [word if word in ids else _unit(slug, word) for word in asked]


def _unit(slug: str, word: str) -> str:
    sense = find(word, words_of(slug))
    if sense and sense.units and not sense.group:
        return sense.units[0]
    near = [name for found in resolve_list(word, words_of(slug)) for name in found.proposals]
    said = say("desk.and").join(near)
    raise Refused("unit.unknown" if near else "unit.unknown_far", word=word, near=said)
