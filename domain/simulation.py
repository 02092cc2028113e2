"""Made-up traffic by seed: who reports when and what. For demonstrations, tests and load."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Literal

from domain.form import Form
from domain.sentences import say

Habit = Literal["on_time", "late", "missing", "mended", "nil"]
HABITS: dict[Habit, int] = {"on_time": 76, "late": 7, "missing": 6, "mended": 8, "nil": 3}
HOUR = timedelta(hours=1)
MOST, MONEY = 24, 30_000  # the largest made-up count, and sum in 万元


@dataclass(frozen=True, slots=True)
class Report:
    """One made-up report: when it is sent, and the words sent under each label."""

    unit: str
    at: datetime
    values: dict[str, str]


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


def reports(random: Random, form: Form, unit: str, due_at: datetime) -> Iterator[Report]:
    """What one unit sends for one occasion, oldest first."""
    habit = random.choices(list(HABITS), weights=list(HABITS.values()))[0]
    before = due_at - random.uniform(0.2, 30) * HOUR
    match habit:
        case "on_time":
            yield Report(unit, before, values(random, form))
        case "late":
            after = due_at + random.uniform(0.1, 20) * HOUR
            yield Report(unit, after, values(random, form))
        case "mended":
            right = values(random, form)
            yield Report(unit, before - HOUR, spoil(random, form, right))
            yield Report(unit, due_at + random.uniform(-0.1, 3) * HOUR, right)
        case "nil":
            yield Report(unit, before, {"无事项": "无"})


def values(random: Random, form: Form) -> dict[str, str]:
    """A full report: prose from the catalogue, figures that agree with each other."""
    prose = say("simulate.prose").split("|")
    limits = {rule.field: rule.limit for rule in form.checks if rule.kind == "at_most"}
    figures: dict[str, int] = {}
    for field in form.fields:
        if field.kind == "number":
            most = figures.get(limits.get(field.code, ""), MONEY if field.unit == "万元" else MOST)
            figures[field.code] = random.randint(most // 2, most)
    return {f.label: str(figures.get(f.code, random.choice(prose))) for f in form.fields}


def spoil(random: Random, form: Form, right: dict[str, str]) -> dict[str, str]:
    """The same report with one thing wrong that a check finds."""
    required = [code for rule in form.checks if rule.kind == "required" for code in rule.fields]
    labels: Sequence[str] = [f.label for f in form.fields if f.code in required]
    return right | {random.choice(labels): ""} if labels else right
