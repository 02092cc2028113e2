"""Tasks of a plan, the units on them and their milestones; reports of leads hang on them (A2.2)."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain import task as domain
from models.audit import Change, amend, record
from models.base import Base, Row


class Task(Base):
    """One task of an office's plan; ``ended_on`` is set once, when it is done or withdrawn."""

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


def enter_tasks(
    session: Session,
    change: Change,
    programme: str,
    tasks: domain.Tasks,
    milestones: Sequence[domain.Milestone],
) -> int:
    """Enter what a plan says that is not there yet, and end what has ended; the tasks new."""
    new = record(session, change, Task, [_row(change, programme, t) for t in tasks.tasks])
    stored = _stored(session, programme)
    ids = {row.code: row.id for row in stored}
    wanted = {t.code: t.ended_on for t in tasks.tasks}
    for row in stored:
        if row.ended_on is None and (ended := wanted.get(row.code)):
            amend(session, change, Task, [row.id], {"ended_on": ended})
    known = _known_units(session, programme)
    units = [_unit_row(change, ids[u.task], u) for u in tasks.units]
    record(session, change, TaskUnit, [u for u in units if _key(u) not in known])
    record(session, change, Milestone, [_milestone_row(change, ids, m) for m in milestones])
    return len(new)


def _known_units(session: Session, programme: str) -> set[tuple[object, ...]]:
    u = TaskUnit
    columns = (u.task_id, u.role, u.printed, u.unit_id, u.valid_from)
    statement = select(*columns).join(Task, Task.id == u.task_id)
    return {tuple(row) for row in session.execute(statement.where(Task.programme == programme))}


def _key(row: Row) -> tuple[object, ...]:
    return tuple(row[name] for name in ("task_id", "role", "printed", "unit_id", "valid_from"))


def _stored(session: Session, programme: str) -> Sequence[Task]:
    statement = select(Task).where(Task.programme == programme).order_by(Task.id)
    return session.scalars(statement).all()


def tasks_of(session: Session, programme: str) -> domain.Tasks:
    """The tasks of a programme with their units, as they stand."""
    t, u = Task, TaskUnit
    columns = (u.role, u.printed, u.unit_id, u.group_code, u.valid_from, u.valid_to)
    units = session.execute(
        select(t.code, *columns)
        .join(t, t.id == u.task_id)
        .where(t.programme == programme)
        .order_by(u.id)
    )
    return domain.Tasks(
        tuple(_task(row) for row in _stored(session, programme)),
        tuple(domain.TaskUnit(*row) for row in units),
    )


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
