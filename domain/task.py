"""Tasks of a plan: who leads them, until when they live, and the dates on the way (A2.2, A2.3)."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from domain.timeline import holds
from domain.timing import moved

TaskRole = Literal["lead", "cooperating", "responsible"]


@dataclass(frozen=True, slots=True)
class TaskUnit:
    """A unit on a task, as the document names it; dated, for leads change.

    ``unit`` is None while the words are an open list or a group nobody has expanded; ``group`` is
    the group reference the unit came from, empty when it is named itself.
    """

    task: str
    role: TaskRole
    printed: str
    unit: str | None
    group: str = ""
    valid_from: date = date.min
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Milestone:
    """A date on the way; ``external`` when it waits for somebody outside the programme (A2.5)."""

    task: str
    number: int
    due_on: date
    label: str
    external: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """One task of an office's plan; it lives from ``starts_on`` until it is done or withdrawn.

    ``ongoing`` has no end (长期坚持), ``normalised`` goes on after its date (常态化).
    """

    code: str
    office: str
    title: str
    starts_on: date
    due_on: date | None = None
    ongoing: bool = False
    normalised: bool = False
    ended_on: date | None = None  # done or withdrawn: no longer live from this day

    def lives_on(self, day: date) -> bool:
        """Whether the task is live on a day, overdue or not."""
        return self.starts_on <= day and (self.ended_on is None or day < self.ended_on)


@dataclass(frozen=True, slots=True)
class Tasks:
    """The tasks of a programme with their units."""

    tasks: tuple[Task, ...] = ()
    units: tuple[TaskUnit, ...] = ()

    def leads(self, office: str, day: date) -> dict[str, list[str]]:
        """Every unit that leads a live task of the office on a day, with the codes of its tasks.

        Co-leads are each in it (A2.2).
        """
        live = {t.code for t in self.tasks if t.office == office and t.lives_on(day)}
        found: dict[str, list[str]] = {}
        for unit in self.units:
            if unit.unit and unit.role == "lead" and unit.task in live and holds(unit, day):
                found.setdefault(unit.unit, []).append(unit.task)
        return found

    def unassigned(self, office: str, day: date) -> list[Task]:
        """The office's live tasks without a lead: to be decided by a person."""
        led = {code for codes in self.leads(office, day).values() for code in codes}
        return [
            t for t in self.tasks if t.office == office and t.lives_on(day) and t.code not in led
        ]

    def open_words(self, day: date) -> list[TaskUnit]:
        """The words on live tasks that nobody has expanded to units yet (A2.3, A4.7)."""
        live = {t.code for t in self.tasks if t.lives_on(day)}
        return [u for u in self.units if u.unit is None and u.task in live and holds(u, day)]

    def moved(self, years: int) -> "Tasks":
        """The tasks with every day of theirs some years on."""
        return Tasks(
            tuple(
                replace(
                    t,
                    starts_on=moved(t.starts_on, years),
                    due_on=t.due_on and moved(t.due_on, years),
                    ended_on=t.ended_on and moved(t.ended_on, years),
                )
                for t in self.tasks
            ),
            self.units,  # those of a plan hold from its beginning on
        )
