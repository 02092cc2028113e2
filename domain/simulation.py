"""Made-up traffic by seed: who reports when and what. For demonstrations, tests and load."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Literal

from domain.content import ONE
from domain.form import Form
from domain.sentences import say

Habit = Literal["on_time", "late", "missing", "mended", "nil"]
HABITS: dict[Habit, int] = {"on_time": 76, "late": 7, "missing": 6, "mended": 8, "nil": 3}
HOUR = timedelta(hours=1)
MOST, MONEY, STEPS = 24, 30_000, 4  # the largest made-up count, sum in 万元, count of one task


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends made-up reports: its tasks, for forms that ask of each; the seed of its figures."""

    unit: str
    seed: str
    tasks: Sequence[str] = ()


Rows = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Report:
    """One made-up report: when it is sent, and the words under each label, of each row.

    A report without rows has nothing to say.
    """

    unit: str
    at: datetime
    rows: Rows


@dataclass(frozen=True, slots=True)
class Person:
    """A made-up person; the number belongs to no operator and the mailbox to no domain."""

    name: str
    email: str
    phone: str


def person(random: Random, number: int) -> Person:
    """A person by number, the same for the same seed."""
    surnames, given = say("simulate.surnames"), say("simulate.given")
    name = random.choice(surnames) + random.choice(given) + random.choice(given)
    return Person(name, f"officer{number:04d}@demo.invalid", f"100{random.randrange(10**8):08d}")


def reports(random: Random, form: Form, sender: Sender, due_at: datetime) -> Iterator[Report]:
    """What one unit sends for one occasion, oldest first."""
    habit = random.choices(list(HABITS), weights=list(HABITS.values()))[0]
    before = due_at - random.uniform(0.2, 30) * HOUR
    match habit:
        case "on_time":
            yield Report(sender.unit, before, _rows(random, form, sender, due_at))
        case "late":
            after = due_at + random.uniform(0.1, 20) * HOUR
            yield Report(sender.unit, after, _rows(random, form, sender, due_at))
        case "mended":
            right = _rows(random, form, sender, due_at)
            key, row = next(iter(right.items()))
            wrong = {**right, key: spoil(random, form, row)}
            yield Report(sender.unit, before - HOUR, wrong)
            yield Report(sender.unit, due_at + random.uniform(-0.1, 3) * HOUR, right)
        case "nil":
            yield Report(sender.unit, before, {})


def _rows(random: Random, form: Form, sender: Sender, due_at: datetime) -> Rows:
    """A full report. Counts grow over the year, as those of works do."""
    share = due_at.timetuple().tm_yday / 366
    keys = sender.tasks if form.rows == "tasks" else (ONE,)
    return {key: values(random, form, Random(f"{sender.seed}:{key}"), share) for key in keys}


def values(
    random: Random, form: Form, steady: Random | None = None, share: float = 1
) -> dict[str, str]:
    """A full row: prose from the catalogue, figures that agree with each other.

    ``steady`` gives the figures at the end of a year, ``share`` how much of it is over.
    """
    prose = say("simulate.prose").split("|")
    limits = {rule.field: rule.limit for rule in form.checks if rule.kind == "at_most"}
    steps = STEPS if form.rows == "tasks" else MOST
    figures: dict[str, float] = {}
    for field in form.fields:
        if field.kind == "number":
            limit = figures.get(limits.get(field.code, ""))
            most = share * (MONEY if field.unit == "万元" else steps) if limit is None else limit
            figures[field.code] = most * (steady or random).uniform(0.5, 1)
    words = {code: str(int(figure)) for code, figure in figures.items()}
    return {f.label: words.get(f.code) or random.choice(prose) for f in form.fields}


def spoil(random: Random, form: Form, right: Mapping[str, str]) -> dict[str, str]:
    """The same row with one thing wrong that a check finds."""
    required = [code for rule in form.checks if rule.kind == "required" for code in rule.fields]
    labels: Sequence[str] = [f.label for f in form.fields if f.code in required]
    return {**right, random.choice(labels): ""} if labels else dict(right)
