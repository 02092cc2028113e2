"""The outbox: messages claimed with a lease, every attempt on record, nothing sent twice knowingly.

States: pending → leased → sent | failed | unknown; cleared when its reason is gone.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    ForeignKey,
    UniqueConstraint,
    and_,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.audit import Change, amend, record
from models.base import Base, pages
from models.message import Message, MessageAppointment, MessageSubject, Subject
from models.reminder import ReminderRow


class Attempt(Base):
    """One try at sending: written before it begins, closed with what came of it."""

    __tablename__ = "attempt"
    __table_args__ = (UniqueConstraint("message_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"))
    number: Mapped[int]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    outcome: Mapped[str]  # started, sent, failed, unknown
    error: Mapped[str]
    body_sha256: Mapped[str]
    recorded_at: Mapped[datetime]
    step_id: Mapped[int | None]


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message this worker holds the lease of."""

    id: int
    key: str
    programme: str
    office: str
    kind: str
    channel: str
    officer: int
    role: str
    not_before: datetime
    body: bytes | None
    subjects: tuple[Subject, ...]
    appointments: tuple[int, ...] = ()


def claim(
    session: Session,
    change: Change,
    now: datetime,
    lease_seconds: int,
    limit: int,
    held: Collection[str] = (),
) -> list[Claimed]:
    """Lease messages whose instant has come, and those whose worker has not come back.

    Kinds in ``held`` stay where they are.

    What became of an attempt that worker left open is unknown.
    """
    m, a = Message, Attempt
    free = or_(
        and_(m.state == "pending", m.not_before <= now),
        and_(m.state == "leased", m.lease_until <= now),
    )
    statement = (
        select(m.id)
        .where(m.programme == change.stream, free, m.kind.not_in(held))
        .order_by(m.not_before, m.id)
        .limit(limit)
    )
    ids = list(session.scalars(statement.with_for_update(skip_locked=True)))
    lease = {
        "state": "leased",
        "step_id": change.step,  # who holds it
        "lease_until": now + timedelta(seconds=lease_seconds),
    }
    session.execute(update(m).where(m.id.in_(ids)).values(**lease))
    lost = select(a.id).where(a.message_id.in_(ids), a.outcome == "started")
    close_attempts(session, change, session.scalars(lost).all(), "unknown", "")
    return _claimed(session, ids)


def _claimed(session: Session, ids: Sequence[int]) -> list[Claimed]:
    about: dict[int, list[Subject]] = {id: [] for id in ids}
    s = MessageSubject
    for row in session.scalars(select(s).where(s.message_id.in_(ids)).order_by(s.id)):
        about[row.message_id].append(Subject(row.obligation_id, row.reminder_id, row.receipt_id))
    named: dict[int, list[int]] = {id: [] for id in ids}
    a = MessageAppointment
    for appointment in session.scalars(select(a).where(a.message_id.in_(ids)).order_by(a.id)):
        named[appointment.message_id].append(appointment.appointment_id)
    m = Message
    columns = (m.id, m.key, m.programme, m.office, m.kind, m.channel, m.officer_id, m.role)
    statement = select(*columns, m.not_before, m.body).where(m.id.in_(ids)).order_by(m.id)
    rows = session.execute(statement).tuples().all()
    return [Claimed(*row, tuple(about[row[0]]), tuple(named[row[0]])) for row in rows]


def free_leases(session: Session, steps: Collection[int], now: datetime) -> int:
    """Free the messages that stages of a dead run held; the next worker takes them."""
    m = Message
    held = update(m).where(m.state == "leased", m.step_id.in_(steps), m.lease_until > now)
    return len(session.scalars(held.values(lease_until=now).returning(m.id)).all())


def settle(
    session: Session, ids: Collection[int], state: str, reason: str = "", step: int | None = None
) -> None:
    """Move messages to a state and give their leases back; with ``step``, only those it holds."""
    values = {"state": state, "reason": reason, "lease_until": None}
    settled = update(Message).where(Message.id.in_(ids)).values(**values)
    session.execute(settled if step is None else settled.where(Message.step_id == step))


def freeze(session: Session, bodies: dict[int, bytes]) -> None:
    """Keep the bytes of messages, once, at their first attempt."""
    rows = [{"id": id, "body": body} for id, body in bodies.items()]
    if rows:
        session.execute(update(Message), rows)


def begin_attempts(session: Session, change: Change, bodies: dict[int, bytes]) -> dict[int, int]:
    """Write down that messages are about to be sent; the attempt of each."""
    a = Attempt
    tries = select(a.message_id, func.max(a.number)).where(a.message_id.in_(bodies))
    numbers = dict(session.execute(tries.group_by(a.message_id)).tuples().all())
    rows = [
        {
            "message_id": id,
            "number": numbers.get(id, 0) + 1,
            "started_at": change.at,
            "finished_at": None,
            "outcome": "started",
            "error": "",
            "body_sha256": hashlib.sha256(body).hexdigest(),
            "recorded_at": change.at,
            "step_id": change.step,
        }
        for id, body in bodies.items()
    ]
    return {row["message_id"]: row["id"] for row in record(session, change, Attempt, rows)}


def unsure(session: Session, messages: Collection[int]) -> set[int]:
    """Those of these messages that may have gone out without our knowing."""
    a = Attempt
    tried = select(a.message_id).where(a.message_id.in_(messages), a.outcome == "unknown")
    return set(session.scalars(tried))


def close_attempts(
    session: Session, change: Change, attempts: Collection[int], outcome: str, error: str
) -> None:
    """Write down what came of attempts."""
    values = {"outcome": outcome, "error": error, "finished_at": change.at}
    if attempts:
        amend(session, change, Attempt, attempts, values)


def told_by(
    session: Session, obligations: Collection[int], at: datetime
) -> set[tuple[int, str, str]]:
    """The rungs (obligation, role, rung) of which a message had been sent by an instant."""
    a, s, r = Attempt, MessageSubject, ReminderRow
    statement = (
        select(r.obligation_id, r.role, r.rung)
        .join(s, s.reminder_id == r.id)
        .join(a, a.message_id == s.message_id)
        .where(a.outcome == "sent", a.finished_at <= at)
    )
    return {
        (row[0], row[1], row[2])
        for page in pages(obligations)
        for row in session.execute(statement.where(r.obligation_id.in_(page)))
    }


def to_freeze(session: Session, programme: str, kind: str, now: datetime, limit: int) -> list[int]:
    """The receipts that unfrozen mails of a kind are about, of those that may go out now."""
    m, s = Message, MessageSubject
    free = or_(m.state == "pending", and_(m.state == "leased", m.lease_until <= now))
    statement = (
        select(s.receipt_id)
        .join(m, m.id == s.message_id)
        .where(m.programme == programme, m.kind == kind, m.channel == "email", m.body.is_(None))
        .where(m.not_before <= now, free, s.receipt_id.is_not(None))
        .order_by(m.not_before, m.id)
    )
    return [id for id in session.scalars(statement.limit(limit)) if id]


def count_waiting(session: Session, programme: str, now: datetime) -> int:
    """How many messages of a programme may go out now."""
    m = Message
    free = or_(m.state == "pending", and_(m.state == "leased", m.lease_until <= now))
    statement = select(func.count()).where(m.programme == programme, m.not_before <= now, free)
    return session.scalar(statement) or 0


def programmes_waiting(session: Session, now: datetime) -> list[str]:
    """The programmes with a message that may go out now."""
    m = Message
    waiting = m.state.in_(("pending", "leased"))
    statement = select(m.programme).distinct().where(waiting, m.not_before <= now)
    return list(session.scalars(statement.order_by(m.programme)))
