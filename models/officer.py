"""Officers and their appointments; the only place where contacts are kept."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Select, UniqueConstraint, and_, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain.reminder import Appointment, Channel, Role
from domain.scope import Held, narrowest
from models.audit import Change, record
from models.base import Base, pages
from models.delegation import stand_ins


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
    id: Mapped[int] = mapped_column(primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"), index=True)
    role: Mapped[str]
    valid_from: Mapped[datetime]
    valid_to: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    recorded_at: Mapped[datetime]


class AppointmentScope(Base):
    """Where alone an appointment counts: one programme, or one office of it."""

    __tablename__ = "appointment_scope"
    __table_args__ = (UniqueConstraint("appointment_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"))
    programme: Mapped[str]
    office: Mapped[str]  # empty for every office of the programme
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
        have += ["sms"] if self.phone and not self.phone.startswith("0") else []  # a landline
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
    session: Session,
    units: Collection[str],
    at: datetime,
    as_of: datetime,
    programme: str = "",
    office: str = "",
) -> list[Appointment]:
    """Who holds a role of these units at an instant, as known at ``as_of``, stand-ins in place.

    An appointment with a scope counts there only, and there it replaces those without.
    """
    statement = _held(at, as_of, programme, office)
    found = [
        Held(*row)
        for page in pages(units)
        for row in session.execute(statement.where(AppointmentRow.unit_id.in_(page))).tuples()
    ]
    held = narrowest(found)
    instead = stand_ins(session, [h.appointment for h in held], at, as_of)
    reach = contacts(session, {h.officer for h in held} | set(instead.values()))
    return [
        Appointment(
            officer := instead.get(h.appointment, h.officer),
            h.unit,
            h.role,
            reach[officer].channels,
            h.valid_from,
            h.valid_to,
            h.appointment,
        )
        for h in held
    ]


def _held(at: datetime, as_of: datetime, programme: str, office: str) -> Select[Any]:
    a, s = AppointmentRow, AppointmentScope
    here = and_(s.programme == programme, s.office.in_({"", office}))
    columns = (a.id, a.officer_id, a.unit_id, a.role, a.valid_from, a.valid_to)
    return (
        select(*columns, func.coalesce(s.programme, ""), func.coalesce(s.office, ""))
        .outerjoin(s, s.appointment_id == a.id)
        .where(a.valid_from <= at, a.recorded_at <= as_of, or_(s.id.is_(None), here))
        .where(or_(a.valid_to.is_(None), a.valid_to > at))
        .order_by(a.id)
    )


def contacts(session: Session, officers: Collection[int]) -> dict[int, Contact]:
    """How to reach these people."""
    o = Officer
    statement = select(o.id, o.name, o.email, o.phone)
    return {
        row[0]: Contact(*row)
        for page in pages(officers)
        for row in session.execute(statement.where(o.id.in_(page))).tuples()
    }


def appointed(session: Session) -> set[tuple[str, str]]:
    """Every unit and role that has had anybody appointed."""
    rows = session.execute(select(AppointmentRow.unit_id, AppointmentRow.role).distinct())
    return {(unit, role) for unit, role in rows}
