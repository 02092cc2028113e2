"""What went wrong that an operator must know of: once each, on record."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.audit import Change, record
from models.base import Base, Row


class Alert(Base):
    """One alert: ``rule`` is the catalogue key of its sentence, ``detail`` what fills it."""

    __tablename__ = "alert"
    __table_args__ = (UniqueConstraint("key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    programme: Mapped[str]
    office: Mapped[str]
    rule: Mapped[str]
    detail: Mapped[dict[str, Any]]
    recorded_at: Mapped[datetime]
    step_id: Mapped[int | None]


def raise_new(session: Session, change: Change, rows: Sequence[Row]) -> list[Row]:
    """Keep alerts; those raised before are left out of the answer."""
    stamp = {"recorded_at": change.at, "step_id": change.step}
    return record(session, change, Alert, [dict(row) | stamp for row in rows])


def raised_at(session: Session, programme: str, at: datetime) -> list[tuple[str, dict[str, Any]]]:
    """The alerts of a programme raised at an instant: rule and detail."""
    a = Alert
    statement = select(a.rule, a.detail).where(a.programme == programme, a.recorded_at == at)
    return list(session.execute(statement.order_by(a.id)).tuples())
