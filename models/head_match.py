"""Heads of tables that a person has given to fields: the next file with them needs no asking."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.audit import Change, record
from models.base import Base


class HeadMatch(Base):
    """A head as it was written, and the field of the form it stands for; the newest one holds."""

    __tablename__ = "head_match"
    __table_args__ = (UniqueConstraint("programme", "form", "head", "recorded_at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    programme: Mapped[str]
    form: Mapped[str]
    head: Mapped[str]
    field: Mapped[str]
    recorded_at: Mapped[datetime]


def confirmed(session: Session, programme: str) -> dict[str, dict[str, str]]:
    """The field of each head, by form."""
    m = HeadMatch
    statement = select(m.form, m.head, m.field).where(m.programme == programme).order_by(m.id)
    found: dict[str, dict[str, str]] = {}
    for form, head, field in session.execute(statement):
        found.setdefault(form, {})[head] = field
    return found


def confirm(session: Session, change: Change, form: str, heads: Mapping[str, str]) -> None:
    """Put on record which field each head stands for."""
    rows = [
        {
            "programme": change.stream,
            "form": form,
            "head": head,
            "field": field,
            "recorded_at": change.at,
        }
        for head, field in heads.items()
    ]
    record(session, change, HeadMatch, rows)
