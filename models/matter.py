"""One-off matters: an occasion opened by the office, with a due instant of its own (A3.7)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.audit import Change, record
from models.base import Base


class MatterRow(Base):
    """A matter some units are to report on at once; ``occasion`` is its id in the programme."""

    __tablename__ = "matter"
    __table_args__ = (UniqueConstraint("programme", "occasion"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    programme: Mapped[str]
    office: Mapped[str]
    form: Mapped[str]
    occasion: Mapped[str]
    title: Mapped[str]
    units: Mapped[list[Any]]
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime]
    recorded_at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter as a plain value."""

    programme: str
    office: str
    form: str
    occasion: str
    title: str
    units: Sequence[str]
    opened_at: datetime
    due_at: datetime


def enter(session: Session, change: Change, matter: Matter) -> bool:
    """Enter a matter; whether it was new."""
    row = {name: getattr(matter, name) for name in Matter.__dataclass_fields__}
    row |= {"units": list(matter.units), "recorded_at": change.at}
    return bool(record(session, change, MatterRow, [row]))


def of_occasion(session: Session, programme: str, occasion: str) -> Matter | None:
    """The matter with this id, if there is one."""
    m = MatterRow
    found = session.scalars(select(m).where(m.programme == programme, m.occasion == occasion))
    return next(map(_value, found), None)


def open_matters(session: Session, programme: str, since: datetime) -> list[Matter]:
    """The matters due after an instant, the most pressing first."""
    m = MatterRow
    statement = select(m).where(m.programme == programme, m.due_at > since).order_by(m.due_at, m.id)
    return [_value(row) for row in session.scalars(statement)]


def titles(session: Session, programme: str, occasions: Collection[str]) -> dict[str, str]:
    """What each of these occasions is about, where it is a matter."""
    m = MatterRow
    statement = select(m.occasion, m.title).where(m.programme == programme)
    return dict(session.execute(statement.where(m.occasion.in_(occasions))).tuples().all())


def count_of_day(session: Session, programme: str, day: str) -> int:
    """How many matters were opened on a day, an ISO date."""
    m = MatterRow
    statement = select(func.count()).where(m.programme == programme)
    return session.scalars(statement.where(m.occasion.startswith(f"{day}-M"))).one()


def _value(row: MatterRow) -> Matter:
    values = {name: getattr(row, name) for name in Matter.__dataclass_fields__}
    return Matter(**values | {"units": tuple(row.units)})
