"""Decided rungs: told, cleared or dropped, each once per obligation, role and rung."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    UniqueConstraint,
    bindparam,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain.reminder import Reminder
from models.base import Base, Row, insert_new, pages, table_of
from models.obligation import Obligation


class ReminderRow(Base):
    """A rung decided for one role of one obligation."""

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("obligation_id", "role", "rung"),
        Index("ix_reminder_state_not_before", "state", "not_before"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"))
    role: Mapped[str]
    rung: Mapped[str]
    not_before: Mapped[datetime]
    until: Mapped[datetime]
    state: Mapped[str]  # planned, queued, told, cleared, dropped
    reason: Mapped[str]  # catalogue key


def decide(session: Session, planned: Iterable[Reminder], chunk: int = 5000) -> None:
    """Keep the reminders of newly opened obligations; those decided before stay as they are."""
    rows = [
        {
            "obligation_id": r.obligation,
            "role": r.role,
            "rung": r.rung,
            "not_before": r.not_before,
            "until": r.until,
            "state": "planned",
            "reason": "",
        }
        for r in planned
    ]
    for start in range(0, len(rows), chunk):
        insert_new(session, ReminderRow, rows[start : start + chunk])


def due(session: Session, programme: str, now: datetime) -> list[tuple[str, tuple[int, Reminder]]]:
    """Reminders whose instant has come and nobody was told of, each with its debtor, by debtor.

    Of every office of the programme: who owes to several of them is told once (S10).
    """
    r, o = ReminderRow, Obligation
    statement = (
        select(o.debtor, r.id, r.obligation_id, r.role, r.rung, r.not_before, r.until)
        .join(o, o.id == r.obligation_id)
        .where(r.state == "planned", r.not_before <= now)
        .where(o.programme == programme)
        .order_by(o.debtor, r.obligation_id, r.id)
    )
    return [(unit, (id, Reminder(*rest))) for unit, id, *rest in session.execute(statement)]


def expired(session: Session, ids: Collection[int], now: datetime) -> set[int]:
    """Those of these reminders whose catch-up window is over."""
    r = ReminderRow
    return set(session.scalars(select(r.id).where(r.id.in_(ids), r.until < now)))


def lock_planned(session: Session, ids: Collection[int]) -> set[int]:
    """Those of these reminders nobody has settled meanwhile, locked until this is written."""
    r = ReminderRow
    planned = select(r.id).where(r.state == "planned").order_by(r.id).with_for_update()
    return {
        id for page in pages(sorted(ids)) for id in session.scalars(planned.where(r.id.in_(page)))
    }


def not_told(
    session: Session, scope: Sequence[ColumnElement[bool]], now: datetime, limit: int
) -> list[Row]:
    """The rungs of an occasion that passed without a word, newest first, with the reason."""
    r, o = ReminderRow, Obligation
    columns = (o.debtor, r.role, r.rung, r.not_before, r.reason)
    statement = (
        select(*columns)
        .join(o, o.id == r.obligation_id)
        .where(*scope, r.state.in_(("cleared", "dropped")), r.not_before <= now)
        .order_by(r.not_before.desc(), r.id)
    )
    return [dict(row) for row in session.execute(statement.limit(limit)).mappings()]


def planned_of(session: Session, obligations: Collection[int]) -> list[tuple[int, str, str]]:
    """The rungs of these obligations nobody was told of: obligation, role, rung."""
    r = ReminderRow
    columns = (r.obligation_id, r.role, r.rung)
    statement = select(*columns).where(r.state == "planned")
    return [
        row
        for page in pages(obligations)
        for row in session.execute(statement.where(r.obligation_id.in_(page))).tuples()
    ]


def awaited(session: Session, programme: str) -> list[int]:
    """The obligations of a programme with a rung nobody was told of yet."""
    r, o = ReminderRow, Obligation
    statement = select(o.id).distinct().join(r, r.obligation_id == o.id)
    found = session.scalars(statement.where(r.state == "planned", o.programme == programme))
    return list(found)


def move(session: Session, moved: Iterable[Reminder]) -> None:
    """Give planned reminders the window of another due instant; what was told stays told."""
    table = table_of(ReminderRow)
    c = table.c
    statement = update(table).where(
        c.obligation_id == bindparam("of"),
        c.role == bindparam("to"),
        c.rung == bindparam("step"),
        c.state == "planned",
    )
    rows = [
        {"of": r.obligation, "to": r.role, "step": r.rung, "from": r.not_before, "upto": r.until}
        for r in moved
    ]
    if rows:
        statement = statement.values(not_before=bindparam("from"), until=bindparam("upto"))
        session.connection().execute(statement, rows)


def reopen(session: Session, obligations: Collection[int], reason: str) -> None:
    """Plan again the rungs that were cleared for a reason that no longer holds."""
    r = ReminderRow
    for page in pages(obligations):
        cleared = (r.obligation_id.in_(page), r.state == "cleared", r.reason == reason)
        session.execute(update(r).where(*cleared).values(state="planned", reason=""))


def instants(
    session: Session, programme: str, office: str, start: datetime, end: datetime
) -> list[tuple[str, str, datetime]]:
    """When planned rungs lie in (start, end]: occasion, rung and instant, each once."""
    r, o = ReminderRow, Obligation
    statement = (
        select(o.occasion, r.rung, r.not_before)
        .distinct()
        .join(o, o.id == r.obligation_id)
        .where(r.state == "planned", r.not_before > start, r.not_before <= end)
        .where(o.programme == programme, o.office == office)
    )
    return list(session.execute(statement).tuples())


def settle(session: Session, ids: Collection[int], state: str, reason: str = "") -> None:
    """Move reminders to a state; told, cleared and dropped are final."""
    r = ReminderRow
    open_states = ("planned", "queued")
    for page in pages(ids):
        statement = update(r).where(r.id.in_(page), r.state.in_(open_states))
        session.execute(statement.values(state=state, reason=reason))
