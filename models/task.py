"""Tasks of a plan, the units on them and their milestones; reports of leads hang on them (A2.2)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain import task as domain
from domain.enrolment import task_unit_edits
from models.audit import Change, amend_each, record
from models.base import Base, Row

# what a plan may come to say otherwise of a task it has named
SAID = ("office", "title", "starts_on", "due_on", "ongoing", "normalised", "ended_on")


class Task(Base):
    """One task of an office's plan; ``ended_on`` once it is done or withdrawn."""

    __tablename__ = "task"
    __table_args__ = (UniqueConstraint("programme", "code"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    programme: Mapped[str]
    code: Mapped[str]
    office: Mapped[str]
    title: Mapped[str]
    starts_on: Mapped[date]
    due_on: Mapped[date | None]
    ongoing: Mapped[bool]
    normalised: Mapped[bool]
    ended_on: Mapped[date | None]
    recorded_at: Mapped[datetime]


class TaskUnit(Base):
    """A unit on a task as the document names it; a group reference has a row for each unit."""

    __tablename__ = "task_unit"
    __table_args__ = (UniqueConstraint("task_id", "role", "printed", "unit_id", "valid_from"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    role: Mapped[str]  # lead, cooperating, responsible
    printed: Mapped[str]
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("unit.id"))  # None: nobody said who
    group_code: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    recorded_at: Mapped[datetime]


class Milestone(Base):
    """A date on the way of a task."""

    __tablename__ = "milestone"
    __table_args__ = (UniqueConstraint("task_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    number: Mapped[int]
    due_on: Mapped[date]
    label: Mapped[str]
    external: Mapped[bool]
    recorded_at: Mapped[datetime]


def keep_tasks(
    session: Session,
    change: Change,
    programme: str,
    tasks: domain.Tasks,
    milestones: Sequence[domain.Milestone],
    today: date,
) -> int:
    """Bring the stored tasks in line with a plan, from today on; how many were new."""
    new = record(session, change, Task, [_row(change, programme, t) for t in tasks.tasks])
    stored = _stored(session, programme)
    _keep_words(session, change, stored, {t.code: t for t in tasks.tasks})
    ids = {row.code: row.id for row in stored}
    units = _stored_units(session, programme)
    edits = task_unit_edits(units, tasks.units, today)
    ends = {units[old]: {"valid_to": u.valid_to} for old, u in edits if old is not None}
    amend_each(session, change, TaskUnit, ends)
    fresh = [_unit_row(change, ids[unit.task], unit) for old, unit in edits if old is None]
    record(session, change, TaskUnit, fresh)
    record(session, change, Milestone, [_milestone_row(change, ids, m) for m in milestones])
    return len(new)


def _keep_words(
    session: Session, change: Change, stored: Iterable[Task], wanted: Mapping[str, domain.Task]
) -> None:
    """What a plan says of a task now holds; a task never ends because it is left out."""
    changed: dict[int, Row] = {}
    for row in stored:
        if task := wanted.get(row.code):
            said = {name: getattr(task, name) for name in SAID}
            new = {name: value for name, value in said.items() if getattr(row, name) != value}
            changed |= {row.id: new} if new else {}
    amend_each(session, change, Task, changed)


def _stored(session: Session, programme: str) -> Sequence[Task]:
    statement = select(Task).where(Task.programme == programme).order_by(Task.id)
    return session.scalars(statement).all()


def _stored_units(session: Session, programme: str) -> dict[domain.TaskUnit, int]:
    u = TaskUnit
    columns = (u.role, u.printed, u.unit_id, u.group_code, u.valid_from, u.valid_to)
    statement = select(u.id, Task.code, *columns).join(Task, Task.id == u.task_id)
    rows = session.execute(statement.where(Task.programme == programme).order_by(u.id))
    return {domain.TaskUnit(*rest): id for id, *rest in rows}


def tasks_of(session: Session, programme: str) -> domain.Tasks:
    """The tasks of a programme with their units, as they stand."""
    tasks = tuple(_task(row) for row in _stored(session, programme))
    return domain.Tasks(tasks, tuple(_stored_units(session, programme)))


def _task(row: Task) -> domain.Task:
    return domain.Task(
        row.code,
        row.office,
        row.title,
        row.starts_on,
        row.due_on,
        row.ongoing,
        row.normalised,
        row.ended_on,
    )


def milestones_of(session: Session, programme: str) -> list[domain.Milestone]:
    """The milestones of a programme's tasks, by task and number."""
    m = Milestone
    statement = (
        select(Task.code, m.number, m.due_on, m.label, m.external)
        .join(Task, Task.id == m.task_id)
        .where(Task.programme == programme)
        .order_by(Task.id, m.number)
    )
    return [domain.Milestone(*row) for row in session.execute(statement)]


def _row(change: Change, programme: str, task: domain.Task) -> Row:
    return {
        "programme": programme,
        "code": task.code,
        "office": task.office,
        "title": task.title,
        "starts_on": task.starts_on,
        "due_on": task.due_on,
        "ongoing": task.ongoing,
        "normalised": task.normalised,
        "ended_on": task.ended_on,
        "recorded_at": change.at,
    }


def _unit_row(change: Change, task: int, unit: domain.TaskUnit) -> Row:
    return {
        "task_id": task,
        "role": unit.role,
        "printed": unit.printed,
        "unit_id": unit.unit,
        "group_code": unit.group,
        "valid_from": unit.valid_from,
        "valid_to": unit.valid_to,
        "recorded_at": change.at,
    }


def _milestone_row(change: Change, ids: dict[str, int], milestone: domain.Milestone) -> Row:
    return {
        "task_id": ids[milestone.task],
        "number": milestone.number,
        "due_on": milestone.due_on,
        "label": milestone.label,
        "external": milestone.external,
        "recorded_at": change.at,
    }
