"""Our own record of runs and stages, around whatever a flow does."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from importlib.metadata import version
from socket import gethostname
from uuid import UUID, uuid4

from prefect import get_run_logger
from prefect.client.orchestration import get_client
from prefect.runtime import flow_run

from domain.errors import Refused
from models import run as record
from models import verify
from models.audit import Change
from models.base import Session, reading, writing
from models.programme import keep_version, version_of
from settings import Settings
from tasks.work import Work, now, programme

PLANNED = "计划"  # the tag of runs the planner made


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run was asked for; ``as_of`` is None for the present."""

    flow: str
    programme: str = ""
    office: str = ""
    occasion: str = ""
    stages: tuple[str, ...] = ()
    as_of: datetime | None = None
    reason: str = ""


@dataclass(slots=True)
class Run:
    """A run under way: its record, the instant it works at, and what it has done so far."""

    id: int
    asked: Asked
    now: datetime
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def looks_back(self) -> bool:
        """Whether the run only looks at the past: it sends nothing and writes no fact."""
        return self.asked.as_of is not None and self.asked.as_of < self.now

    @contextmanager
    def step(self, stage: str) -> Iterator[Work]:
        """One stage, written down with its counts however it ends."""
        asked, at = self.asked, now()
        change = Change("runs", "clock", at)
        with writing() as session:
            id = record.begin_step(session, change, self.id, stage)
        before, outcome = Counter(self.counts), "failed"
        try:
            yield Work(asked.programme, asked.office, asked.occasion, at, id)
            outcome = "completed"
        finally:
            done = self.counts - before
            with writing() as session:
                record.end_step(session, Change("runs", "clock", now()), id, outcome, dict(done))


@contextmanager
def recorded(asked: Asked) -> Iterator[Run]:
    """Write a run down before it begins and after it ends; a future ``as_of`` is refused."""
    at = now()
    if asked.as_of and asked.as_of > at:
        raise Refused("run.future")
    run = Run(_begin(asked, at), asked, at)
    outcome = "failed"
    try:
        yield run
        outcome = "completed"
    finally:
        _end(run, outcome)


def _begin(asked: Asked, at: datetime) -> int:
    change = Change("runs", "clock", at)
    with writing() as session:
        return record.begin_run(
            session,
            change,
            flow_run_id=str(flow_run.get_id() or uuid4()),
            flow=asked.flow,
            programme=asked.programme,
            office=asked.office,
            occasion=asked.occasion,
            stages=list(asked.stages),
            as_of=asked.as_of,
            reason=asked.reason,
            asked_by="planner" if PLANNED in (flow_run.get_tags() or []) else "operator",
            code_version=version("luoshu"),
            programme_version_id=_version(session, change, asked),
            host=gethostname(),
            pid=os.getpid(),
        )


def _version(session: Session, change: Change, asked: Asked) -> int | None:
    """The version of the programme a run works by; a look back writes no fact, not even that."""
    if not asked.programme:
        return None
    rules = programme(asked.programme)
    looks_back = asked.as_of is not None and asked.as_of < change.at
    own = replace(change, stream=rules.slug)
    return version_of(session, rules) if looks_back else keep_version(session, own, rules)


def _end(run: Run, outcome: str) -> None:
    at = now()
    with writing() as session:
        change = Change("runs", "clock", at)
        record.end_run(session, change, run.id, outcome, dict(run.counts))
    anchor(at)


def anchor(at: datetime) -> None:
    """Write the heads of the audit down outside the database."""
    with reading() as session:
        heads = verify.heads(session)
    verify.anchor(Settings().folder("audit"), f"{at:%Y-%m-%d}", heads)


def rename(name: str) -> None:
    """Give the run under way a name that says how things stand."""
    get_run_logger().info(name)
    if id := flow_run.get_id():
        with get_client(sync_client=True) as client:
            client.update_flow_run(UUID(id), name=name)
