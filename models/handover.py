"""What was told to somebody who has been succeeded since: the ground for a hand-over (S9)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Exists, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from domain.reminder import Reminder, Role
from models.base import pages
from models.message import Message, MessageAppointment, MessageSubject
from models.obligation import Obligation
from models.officer import AppointmentRow, AppointmentScope
from models.reminder import ReminderRow


@dataclass(frozen=True, slots=True)
class ToldBefore:
    """A rung of a unit that somebody else got before an appointment began."""

    appointment: int
    unit: str
    role: Role
    valid_from: datetime
    officer: int  # who got it
    reminder: Reminder


def told_before(
    session: Session, programme: str, office: str, now: datetime, span: tuple[datetime, datetime]
) -> list[ToldBefore]:
    """The told rungs of an office that lie before an appointment which begins within ``span``.

    Appointments that have had their hand-over, and those that are over, are left out.
    """
    begun = _successors(session, now, span)
    if not begun:
        return []
    a, s, o, r = AppointmentRow, AppointmentScope, Obligation, ReminderRow
    m, about = Message, MessageSubject
    here = and_(s.programme == programme, s.office.in_({"", office}))
    reminder = (r.obligation_id, r.role, r.rung, r.not_before, r.until)
    statement = (
        select(a.id, a.unit_id, a.role, a.valid_from, m.officer_id, *reminder)
        .distinct()
        .outerjoin(s, s.appointment_id == a.id)
        .join(o, o.debtor == a.unit_id)
        .join(r, and_(r.obligation_id == o.id, r.role == a.role))
        .join(about, about.reminder_id == r.id)
        .join(m, and_(m.id == about.message_id, m.officer_id != a.officer_id))
        .where(o.programme == programme, o.office == office, o.nominal_due_at >= span[0])
        .where(r.not_before < a.valid_from, or_(s.id.is_(None), here))
        .where(~_handed_over(programme, office))
        .order_by(a.id, r.obligation_id, r.not_before)
    )
    return [
        ToldBefore(appointment, unit, role, since, officer, Reminder(*reminder))
        for page in pages(begun)
        for appointment, unit, role, since, officer, *reminder in session.execute(
            statement.where(a.id.in_(page))
        )
    ]


def _successors(session: Session, now: datetime, span: tuple[datetime, datetime]) -> list[int]:
    """The appointments that begin within ``span`` where somebody else was appointed before."""
    a, before = AppointmentRow, aliased(AppointmentRow)
    earlier = (
        exists()
        .where(before.unit_id == a.unit_id, before.role == a.role)
        .where(before.officer_id != a.officer_id, before.valid_from < a.valid_from)
    )
    lasts = and_(a.valid_to > now, a.valid_to > a.valid_from)
    statement = select(a.id).where(a.valid_from >= span[0], a.valid_from <= span[1])
    known = statement.where(a.recorded_at <= now, or_(a.valid_to.is_(None), lasts), earlier)
    return list(session.scalars(known))


def _handed_over(programme: str, office: str) -> Exists:
    """Whether a successor has had the hand-over of an office, or is about to."""
    m, named = aliased(Message), MessageAppointment
    return (
        exists()
        .where(named.appointment_id == AppointmentRow.id, named.message_id == m.id)
        .where(m.kind == "handover", m.state != "cleared")
        .where(m.programme == programme, m.office == office)
    )
