"""What was told to somebody who has been succeeded since: the ground for a hand-over (S9)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from domain.reminder import Reminder, Role
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
    a, s, o, r = AppointmentRow, AppointmentScope, Obligation, ReminderRow
    m, about, named = Message, MessageSubject, MessageAppointment
    here = and_(s.programme == programme, s.office.in_({"", office}))
    done = (
        exists()
        .where(named.appointment_id == a.id, named.message_id == m.id)
        .where(m.kind == "handover", m.state != "cleared")
        .where(m.programme == programme, m.office == office)
    )
    sent = select(about.reminder_id, m.officer_id).join(m, m.id == about.message_id)
    told = sent.where(about.reminder_id.is_not(None)).distinct().subquery()
    reminder = (r.obligation_id, r.role, r.rung, r.not_before, r.until)
    statement = (
        select(a.id, a.unit_id, a.role, a.valid_from, told.c.officer_id, *reminder)
        .outerjoin(s, s.appointment_id == a.id)
        .join(o, o.debtor == a.unit_id)
        .join(r, and_(r.obligation_id == o.id, r.role == a.role))
        .join(told, told.c.reminder_id == r.id)
        .where(a.valid_from >= span[0], a.valid_from <= span[1], a.recorded_at <= now)
        .where(or_(a.valid_to.is_(None), and_(a.valid_to > now, a.valid_to > a.valid_from)))
        .where(or_(s.id.is_(None), here))
        .where(o.programme == programme, o.office == office, o.nominal_due_at >= span[0])
        .where(r.not_before < a.valid_from, told.c.officer_id != a.officer_id, ~done)
        .order_by(a.id, r.id)
    )
    return [
        ToldBefore(appointment, unit, role, since, officer, Reminder(*reminder))
        for appointment, unit, role, since, officer, *reminder in session.execute(statement)
    ]
