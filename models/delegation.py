"""Who stands in for whom, from when to when: messages go to the stand-in while it holds."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ForeignKey, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.audit import Change, record
from models.base import Base, pages


class Delegation(Base):
    """A stand-in for an appointment. The newest row that covers an instant decides it.

    Without ``officer_id`` it is the end of those before: from then on the holder is told again.
    """

    __tablename__ = "delegation"
    id: Mapped[int] = mapped_column(primary_key=True)
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"), index=True)
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    valid_from: Mapped[datetime]
    valid_to: Mapped[datetime | None]
    reason: Mapped[str]
    recorded_at: Mapped[datetime]


def delegate(
    session: Session,
    change: Change,
    appointments: Collection[int],
    officer: int | None,
    span: tuple[datetime, datetime | None],
    reason: str,
) -> None:
    """Let somebody stand in for appointments; with nobody, end what is delegated."""
    rows = [
        {
            "appointment_id": appointment,
            "officer_id": officer,
            "valid_from": span[0],
            "valid_to": span[1],
            "reason": reason,
            "recorded_at": change.at,
        }
        for appointment in appointments
    ]
    record(session, change, Delegation, rows)


def stand_ins(
    session: Session, appointments: Collection[int], at: datetime, as_of: datetime
) -> dict[int, int]:
    """The officer who stands in for each of these appointments at an instant, where one does."""
    d = Delegation
    statement = (
        select(d.appointment_id, d.officer_id)
        .where(d.valid_from <= at, or_(d.valid_to.is_(None), d.valid_to > at))
        .where(d.recorded_at <= as_of)
        .order_by(d.id)
    )
    newest = {
        appointment: officer
        for page in pages(appointments)
        for appointment, officer in session.execute(
            statement.where(d.appointment_id.in_(page))
        ).tuples()
    }
    return {appointment: officer for appointment, officer in newest.items() if officer}


def delegated(session: Session, appointments: Collection[int], at: datetime) -> set[int]:
    """Those of these appointments that somebody stands in for at an instant or later."""
    d = Delegation
    goes_on = or_(d.valid_to.is_(None), d.valid_to > at)
    statement = select(d.appointment_id, d.officer_id).where(goes_on).order_by(d.id)
    found = session.execute(statement.where(d.appointment_id.in_(appointments))).tuples()
    return {appointment for appointment, officer in dict(found.all()).items() if officer}
