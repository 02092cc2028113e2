"""Messages: what is to be told to whom, each decided once, and what has been told."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    LargeBinary,
    UniqueConstraint,
    func,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.audit import Change
from models.base import Base, Row, insert_new, pages
from models.obligation import Obligation
from models.reminder import ReminderRow

ANNOUNCING = ("remind", "asked", "corrected")  # the kinds that name the due instant


class Message(Base):
    """One message to one person on one channel; its bytes are frozen at the first attempt."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("key"),
        Index("ix_message_state_not_before", "state", "not_before"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    programme: Mapped[str]
    office: Mapped[str]
    kind: Mapped[str]  # as its template is called: remind, asked, receipt, corrected, alert …
    channel: Mapped[str]
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    role: Mapped[str]
    not_before: Mapped[datetime]
    state: Mapped[str]
    reason: Mapped[str]
    lease_until: Mapped[datetime | None]
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    recorded_at: Mapped[datetime]
    step_id: Mapped[int | None]


class MessageSubject(Base):
    """What a message is about: an obligation, and the reminder or receipt that calls for it."""

    __tablename__ = "message_subject"
    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), index=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"), index=True)
    reminder_id: Mapped[int | None] = mapped_column(ForeignKey("reminder.id"), index=True)
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("receipt.id"))


class MessageAppointment(Base):
    """An appointment a message is about: the successor of a hand-over, a change of liaison."""

    __tablename__ = "message_appointment"
    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), index=True)
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"), index=True)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a message to be is about."""

    obligation: int
    reminder: int | None = None
    receipt: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A message to be put into the outbox."""

    programme: str
    office: str
    kind: str
    channel: str
    officer: int
    role: str
    not_before: datetime
    subjects: tuple[Subject, ...]
    appointments: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """The same message decided twice has the same key."""
        about = sorted((s.obligation, s.reminder or 0, s.receipt or 0) for s in self.subjects)
        words = (
            self.programme,
            self.kind,
            self.officer,
            self.channel,
            self.not_before.astimezone(UTC).isoformat(),
            about,
            *([sorted(self.appointments)] if self.appointments else ()),
        )
        return hashlib.sha256(repr(words).encode()).hexdigest()[:32]


def put(session: Session, change: Change, drafts: Iterable[Draft]) -> int:
    """Put messages into the outbox; one that is there already is left alone. How many were new."""
    unique = {draft.key: draft for draft in drafts}
    new = insert_new(session, Message, [_row(change, draft) for draft in unique.values()])
    subjects = [
        {
            "message_id": row["id"],
            "obligation_id": s.obligation,
            "reminder_id": s.reminder,
            "receipt_id": s.receipt,
        }
        for row in new
        for s in unique[row["key"]].subjects
    ]
    insert_new(session, MessageSubject, subjects)
    appointments = [
        {"message_id": row["id"], "appointment_id": appointment}
        for row in new
        for appointment in unique[row["key"]].appointments
    ]
    insert_new(session, MessageAppointment, appointments)
    return len(new)


def _row(change: Change, draft: Draft) -> Row:
    return {
        "key": draft.key,
        "programme": draft.programme,
        "office": draft.office,
        "kind": draft.kind,
        "channel": draft.channel,
        "officer_id": draft.officer,
        "role": draft.role,
        "not_before": draft.not_before,
        "state": "pending",
        "reason": "",
        "lease_until": None,
        "body": None,
        "recorded_at": change.at,
        "step_id": change.step,
    }


def told(
    session: Session, scope: Sequence[ColumnElement[bool]], as_of: datetime, limit: int
) -> list[Row]:
    """The messages about an occasion, newest first: what, how, to which role, its state."""
    m, s, o, r = Message, MessageSubject, Obligation, ReminderRow
    columns = (o.debtor, m.kind, r.rung, m.channel, m.role, m.state, m.not_before, m.id)
    statement = (
        select(*columns)
        .distinct()
        .join(s, s.message_id == m.id)
        .join(o, o.id == s.obligation_id)
        .outerjoin(r, r.id == s.reminder_id)
        .where(*scope, m.recorded_at <= as_of)
        .order_by(m.not_before.desc(), m.id)
    )
    return [dict(row) for row in session.execute(statement.limit(limit)).mappings()]


def already_told(session: Session, scope: Sequence[ColumnElement[bool]], kind: str) -> set[int]:
    """The obligations of an occasion that a message of this kind names already."""
    m, s, o = Message, MessageSubject, Obligation
    statement = (
        select(s.obligation_id)
        .join(m, m.id == s.message_id)
        .join(o, o.id == s.obligation_id)
        .where(*scope, m.kind == kind)
    )
    return set(session.scalars(statement))


def on_the_way(session: Session, obligations: Collection[int]) -> set[int]:
    """Those of these obligations that a message names whose bytes are frozen and may be going out.

    It will have announced what it says, though nothing says so yet.
    """
    m, s = Message, MessageSubject
    statement = (
        select(s.obligation_id)
        .join(m, m.id == s.message_id)
        .where(m.kind.in_(ANNOUNCING), m.state == "leased", m.body.is_not(None))
    )
    return {
        id
        for page in pages(obligations)
        for id in session.scalars(statement.where(s.obligation_id.in_(page)))
    }


def withdraw(session: Session, kind: str, appointments: Collection[int], reason: str) -> None:
    """Clear what has not gone out of a kind of message about these appointments."""
    m, a = Message, MessageAppointment
    for page in pages(appointments):
        about = select(a.message_id).where(a.appointment_id.in_(page))
        waiting = update(m).where(m.kind == kind, m.state == "pending", m.id.in_(about))
        session.execute(waiting.values(state="cleared", reason=reason))


def count_by_channel(session: Session) -> list[tuple[str, str, int]]:
    """How many messages there are by channel and state."""
    m = Message
    statement = select(m.channel, m.state, func.count()).group_by(m.channel, m.state)
    return list(session.execute(statement).tuples())
