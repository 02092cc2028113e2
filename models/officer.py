"""Officers and their appointments; the only place where contacts are kept."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain.reminder import Appointment, Channel, Role
from models.audit import Change, record
from models.base import Base, pages


class Officer(Base):
    """A person who can be told something. Erased on request; nothing else names people."""

    __tablename__ = "officer"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str]  # empty when there is none
    phone: Mapped[str]


class AppointmentRow(Base):
    """Who holds which role of which unit, from when to when."""

    __tablename__ = "appointment"
    __table_args__ = (UniqueConstraint("officer_id", "unit_id", "role", "valid_from"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"), index=True)
    role: Mapped[str]
    valid_from: Mapped[datetime]
    valid_to: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    recorded_at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach a person. Never passed to a task, logged or printed unmasked."""

    officer: int
    name: str
    email: str
    phone: str

    @property
    def channels(self) -> frozenset[Channel]:
        """The channels that have an address."""
        have: list[Channel] = []
        have += ["email"] if self.email else []
        have += ["sms"] if self.phone else []
        return frozenset(have)


@dataclass(frozen=True, slots=True)
class NewOfficer:
    """A person to appoint."""

    unit: str
    role: Role
    name: str
    email: str
    phone: str


def appoint(session: Session, change: Change, people: Sequence[NewOfficer], since: datetime) -> int:
    """Enter people and their appointments; how many."""
    officers = [Officer(name=p.name, email=p.email, phone=p.phone) for p in people]
    session.add_all(officers)
    session.flush()
    rows = [
        {
            "officer_id": officer.id,
            "unit_id": person.unit,
            "role": person.role,
            "valid_from": since,
            "valid_to": None,
            "confirmed_at": change.at,
            "recorded_at": change.at,
        }
        for officer, person in zip(officers, people, strict=True)
    ]
    return len(record(session, change, AppointmentRow, rows))


def appointments_at(
    session: Session, units: Collection[str], at: datetime, as_of: datetime
) -> list[Appointment]:
    """Who holds a role of these units at an instant, as known at ``as_of``."""
    a, o = AppointmentRow, Officer
    statement = (
        select(a.officer_id, a.unit_id, a.role, o.email, o.phone, a.valid_from, a.valid_to)
        .join(o, o.id == a.officer_id)
        .where(a.valid_from <= at, a.recorded_at <= as_of)
        .where(or_(a.valid_to.is_(None), a.valid_to > at))
        .order_by(a.id)
    )
    return [
        Appointment(row[0], row[1], row[2], Contact(row[0], "", row[3], row[4]).channels, *row[5:])
        for page in pages(units)
        for row in session.execute(statement.where(a.unit_id.in_(page)))
    ]


def contacts(session: Session, officers: Collection[int]) -> dict[int, Contact]:
    """How to reach these people."""
    statement = select(Officer).where(Officer.id.in_(officers))
    return {o.id: Contact(o.id, o.name, o.email, o.phone) for o in session.scalars(statement)}


def appointed(session: Session) -> set[tuple[str, str]]:
    """Every unit and role that has had anybody appointed."""
    rows = session.execute(select(AppointmentRow.unit_id, AppointmentRow.role).distinct())
    return {(unit, role) for unit, role in rows}
