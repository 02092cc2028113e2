"""Our own record of every pipeline run and stage; Prefect's history is trimmed, this is not."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.audit import Change, amend, record
from models.base import Base, Row


class Run(Base):
    """One run of a pipeline: what was asked, by whom and why, and how it ended."""

    __tablename__ = "run"
    id: Mapped[int] = mapped_column(primary_key=True)
    flow_run_id: Mapped[str] = mapped_column(index=True)
    attempt: Mapped[int]  # which try at the same flow run
    flow: Mapped[str]
    programme: Mapped[str]
    office: Mapped[str]
    occasion: Mapped[str]
    stages: Mapped[list[Any]]
    as_of: Mapped[datetime | None]
    reason: Mapped[str]
    asked_by: Mapped[str]
    code_version: Mapped[str]
    programme_version_id: Mapped[int | None] = mapped_column(ForeignKey("programme_version.id"))
    host: Mapped[str]
    pid: Mapped[int]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    outcome: Mapped[str]  # running, completed, failed, died
    counts: Mapped[dict[str, Any]]


class Step(Base):
    """One stage of a run, or one batch of it."""

    __tablename__ = "step"
    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), index=True)
    stage: Mapped[str]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    outcome: Mapped[str]
    counts: Mapped[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class RunOf:
    """A run that has not ended, as the reaper sees it."""

    id: int
    flow_run_id: str
    flow: str
    programme: str
    office: str
    host: str
    pid: int
    started_at: datetime


def begin_run(session: Session, change: Change, **values: Any) -> int:
    """Write down that a run begins; its id."""
    before = select(func.count()).where(Run.flow_run_id == values["flow_run_id"])
    row = {
        "attempt": (session.scalar(before) or 0) + 1,
        "started_at": change.at,
        "finished_at": None,
        "outcome": "running",
        "counts": {},
    }
    return int(record(session, change, Run, [row | values])[0]["id"])


def end_run(session: Session, change: Change, run: int, outcome: str, counts: Any) -> None:
    """Write down how a run ended."""
    values = {"finished_at": change.at, "outcome": outcome, "counts": counts}
    amend(session, change, Run, [run], values)


def begin_step(session: Session, change: Change, run: int, stage: str) -> int:
    """Write down that a stage begins; its id."""
    row = {
        "run_id": run,
        "stage": stage,
        "started_at": change.at,
        "finished_at": None,
        "outcome": "running",
        "counts": {},
    }
    return int(record(session, change, Step, [row])[0]["id"])


def end_step(session: Session, change: Change, step: int, outcome: str, counts: Any) -> None:
    """Write down how a stage ended."""
    values = {"finished_at": change.at, "outcome": outcome, "counts": counts}
    amend(session, change, Step, [step], values)


def unfinished(session: Session) -> list[RunOf]:
    """Runs that have begun and not ended, oldest first."""
    r = Run
    columns = (r.id, r.flow_run_id, r.flow, r.programme, r.office, r.host, r.pid, r.started_at)
    statement = select(*columns).where(r.outcome == "running").order_by(r.id)
    return [RunOf(*row) for row in session.execute(statement).tuples()]


def bury(session: Session, change: Change, run: int) -> bool:
    """Close a run that died, and the stages it left open; False when it has ended by itself."""
    running = select(Run.id).where(Run.id == run, Run.outcome == "running").with_for_update()
    if session.scalars(running).one_or_none() is None:
        return False
    left_open = select(Step.id).where(Step.run_id == run, Step.outcome == "running")
    for step in session.scalars(left_open).all():
        end_step(session, change, step, "died", {})
    end_run(session, change, run, "died", {})
    return True


def steps_of(session: Session, run: int) -> list[int]:
    """The stages of a run, by id."""
    return list(session.scalars(select(Step.id).where(Step.run_id == run).order_by(Step.id)))


def completed_since(session: Session, asked: Row, stages: Collection[str], since: datetime) -> bool:
    """Whether a run of all these stages, begun at or after ``since``, has completed.

    ``asked`` names flow, programme, office and occasion.
    """
    r = Run
    statement = select(r.stages).where(
        *(getattr(r, name) == value for name, value in asked.items()),
        r.as_of.is_(None),
        r.started_at >= since,
        r.outcome == "completed",
    )
    return any(set(stages) <= set(done) for done in session.scalars(statement))
