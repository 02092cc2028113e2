"""Which bundled defaults an office has confirmed, who did, and for which wording (X4)."""

from datetime import datetime

from sqlalchemy import UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.audit import Change, record
from models.base import Base, Row


class Confirmation(Base):
    """One default confirmed: ``value_hash`` is of what it said; a changed one is open again."""

    __tablename__ = "confirmation"
    __table_args__ = (UniqueConstraint("programme", "place", "value_hash"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    programme: Mapped[str]
    place: Mapped[str]
    value_hash: Mapped[str]
    confirmed_by: Mapped[str]
    note: Mapped[str]
    recorded_at: Mapped[datetime]


def confirm(
    session: Session, change: Change, programme: str, places: dict[str, str], by: str, note: str
) -> list[Row]:
    """Record who confirmed these places, each with the hash of what it says; those new."""
    rows = [
        {
            "programme": programme,
            "place": place,
            "value_hash": value_hash,
            "confirmed_by": by,
            "note": note,
            "recorded_at": change.at,
        }
        for place, value_hash in places.items()
    ]
    return record(session, change, Confirmation, rows)


def confirmations(session: Session, programme: str) -> dict[tuple[str, str], tuple[str, datetime]]:
    """Who confirmed what and when, by place and hash."""
    c = Confirmation
    columns = (c.place, c.value_hash, c.confirmed_by, c.recorded_at)
    rows = session.execute(select(*columns).where(c.programme == programme))
    return {(place, value_hash): (by, at) for place, value_hash, by, at in rows}
