"""What this database is: a real office's, or a demonstration's with invented data."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, insert_new


class Installation(Base):
    """The one row that says what the database is for."""

    __tablename__ = "installation"
    id: Mapped[int] = mapped_column(primary_key=True)
    demo: Mapped[bool]
    created_at: Mapped[datetime]


def mark(session: Session, demo: bool, now: datetime) -> bool:
    """Say once what the database is for; what it was marked first holds."""
    insert_new(session, Installation, [{"id": 1, "demo": demo, "created_at": now}])
    return is_demo(session)


def since(session: Session) -> datetime | None:
    """When the installation began; nothing before it can have been missed."""
    return session.scalar(select(Installation.created_at))


def is_demo(session: Session) -> bool:
    """Whether the data is invented; an unmarked database is taken for a real one."""
    return bool(session.scalar(select(Installation.demo)))
