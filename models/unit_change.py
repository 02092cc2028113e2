"""Units that became others: renamed, merged or split on a day (S11)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain import unit as domain
from models.audit import Change, record
from models.base import Base


class UnitChange(Base):
    """One change; ``before`` and ``after`` hold unit ids."""

    __tablename__ = "unit_change"
    __table_args__ = (UniqueConstraint("key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    kind: Mapped[str]
    before: Mapped[list[Any]]
    after: Mapped[list[Any]]
    changed_on: Mapped[date]
    recorded_at: Mapped[datetime]


def enter_changes(session: Session, change: Change, changes: Iterable[domain.UnitChange]) -> int:
    """Enter unit changes that are not there yet; how many were new."""
    rows = [
        {
            "key": f"{c.on} {c.kind} {'|'.join(c.before)} > {'|'.join(c.after)}",
            "kind": c.kind,
            "before": list(c.before),
            "after": list(c.after),
            "changed_on": c.on,
            "recorded_at": change.at,
        }
        for c in changes
    ]
    return len(record(session, change, UnitChange, rows))


def unit_changes(session: Session) -> list[domain.UnitChange]:
    """Every change that is known, by day."""
    rows = session.scalars(select(UnitChange).order_by(UnitChange.changed_on, UnitChange.id))
    return [
        domain.UnitChange(row.kind, tuple(row.before), tuple(row.after), row.changed_on)  # type: ignore[arg-type]
        for row in rows
    ]
