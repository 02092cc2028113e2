"""The days on which the plain working week does not hold; our own table, by holiday notice."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import UniqueConstraint, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain.workdays import Workdays, calendar_of
from models.audit import Change, record
from models.base import Base


class WorkdayOverride(Base):
    """What a notice says of one day; of several words on a day the newest holds."""

    __tablename__ = "workday_override"
    __table_args__ = (UniqueConstraint("day", "recorded_at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    working: Mapped[bool]
    source: Mapped[str]
    recorded_at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Override:
    """A day, whether it is worked, and the notice that says so."""

    day: date
    working: bool
    source: str


def enter(session: Session, change: Change, overrides: Iterable[Override]) -> int:
    """Enter overrides; how many were new."""
    rows = [
        {"day": o.day, "working": o.working, "source": o.source, "recorded_at": change.at}
        for o in overrides
    ]
    return len(record(session, change, WorkdayOverride, rows))


def workdays(session: Session, as_of: datetime | None = None) -> Workdays:
    """The calendar in force, or as it was known at ``as_of``: of each day the newest word holds.

    What the database was begun with had been published: it counts as known at any instant.
    """
    w = WorkdayOverride
    statement = select(w.day, w.working).order_by(w.id)
    if as_of:
        first = select(func.min(w.recorded_at)).scalar_subquery()
        statement = statement.where(or_(w.recorded_at <= as_of, w.recorded_at == first))
    return calendar_of(session.execute(statement).tuples())
