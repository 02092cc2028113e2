"""Reading tasks.csv and milestones.csv: a programme's tasks, their units and the dates on the way.

Units are words as printed, resolved here: a known word becomes its units, an open list or an open
group stays a word without a unit (A2.3), anything else is refused with what it may have meant.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

from domain.form import Code, Data, Name
from domain.lexicon import Lexicon
from domain.resolution import Resolution, resolve_list
from domain.sentences import say
from domain.task import Milestone, Task, TaskRole, Tasks, TaskUnit
from programmes.cells import On, Until, Yes
from programmes.reading import refused, rows


class TaskRow(Data):
    """A row of tasks.csv; no ``starts`` is the programme's first day (A2.2, A2.5)."""

    code: Code
    office: Code
    title: Name
    leads: str
    cooperating: str
    responsible: str
    starts: Until
    due: Until
    ongoing: Yes
    normalised: Yes
    ended: Until
    source: Name


class MilestoneRow(Data):
    """A row of milestones.csv; ``external`` when somebody outside has to approve (A2.5)."""

    task: Code
    due: On
    label: Name
    external: Yes
    source: Name


def read_tasks(home: Path, offices: Collection[str], since: date, known: Lexicon) -> Tasks:
    """The tasks of a folder, begun ``since`` unless they say; none when it has no tasks.csv."""
    file = home / "tasks.csv"
    tasks: dict[str, Task] = {}
    units: list[TaskUnit] = []
    for place, row in rows(file, TaskRow, optional=True):
        if row.office not in offices:
            told = {"value": row.office, "allowed": "、".join(offices)}
            raise refused("registry.no_office", file, f"{place} office", **told)
        if row.code in tasks:
            raise refused("registry.code_twice", file, f"{place} code", value=row.code)
        tasks[row.code] = _task(file, place, row, since)
        units += task_units(file, place, row, known)
    return Tasks(tuple(tasks.values()), tuple(units))


def read_milestones(home: Path, tasks: Tasks) -> list[Milestone]:
    """The dates on the way, numbered within each task as they are written."""
    file, codes = home / "milestones.csv", {task.code for task in tasks.tasks}
    found: list[Milestone] = []
    numbers = Counter[str]()
    for place, row in rows(file, MilestoneRow, optional=True):
        if row.task not in codes:
            raise refused("registry.no_task", file, f"{place} task", value=row.task)
        numbers[row.task] += 1
        found.append(Milestone(row.task, numbers[row.task], row.due, row.label, row.external))
    return found


def task_units(file: Path, place: str, row: TaskRow, known: Lexicon) -> Iterator[TaskUnit]:
    """The units a task names, each once in a role; without a unit what nobody has expanded."""
    lists: tuple[tuple[str, TaskRole, str], ...] = (
        ("leads", "lead", row.leads),
        ("cooperating", "cooperating", row.cooperating),
        ("responsible", "responsible", row.responsible),
    )
    for column, role, words in lists:
        seen: set[str | None] = set()
        for found in resolve_list(words, known):
            if found.how == "unknown":
                close = "、".join(found.proposals) or say("registry.nothing_close")
                told = {"value": found.printed, "allowed": close}
                raise refused("registry.unknown_word", file, f"{place} {column}", **told)
            for unit in _named(found):
                if unit is None or unit not in seen:
                    yield TaskUnit(row.code, role, found.printed, unit, found.group)
                seen.add(unit)


def _named(found: Resolution) -> Iterator[str | None]:
    yield from found.units
    if found.etc or found.how == "open":
        yield None


def _task(file: Path, place: str, row: TaskRow, since: date) -> Task:
    starts = row.starts or since
    if row.ended and row.ended < starts:
        raise refused("registry.task_days", file, f"{place} ended", value=row.ended, allowed=starts)
    return Task(
        row.code, row.office, row.title, starts, row.due, row.ongoing, row.normalised, row.ended
    )
