"""What calendars were last told of each deadline, so that a change comes with its next sequence."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Index, UniqueConstraint, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, Row, insert_new, pages

Status = Literal["confirmed", "provisional", "cancelled"]


class CalendarEntry(Base):
    """The last event handed out under one UID."""

    __tablename__ = "calendar_entry"
    __table_args__ = (UniqueConstraint("uid"), Index("ix_calendar_entry_scope", "scope"))
    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str]
    scope: Mapped[str]
    unit: Mapped[str]
    due_at: Mapped[datetime]
    summary: Mapped[str]
    status: Mapped[str]  # confirmed, provisional, cancelled
    fingerprint: Mapped[str]
    sequence: Mapped[int]
    changed_at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Handout:
    """What a calendar is to show of one deadline.

    ``scope`` is what is handed out together, a programme and a year (luoyang-renewal/2026);
    ``uid`` is programme/office/form/occasion/unit.
    """

    uid: str
    scope: str
    unit: str
    due_at: datetime
    summary: str
    status: Status

    @property
    def fingerprint(self) -> str:
        """Changes when, and only when, a calendar has to be told again."""
        words = (self.due_at.astimezone(UTC).isoformat(), self.status, self.summary)
        return hashlib.sha256(repr(words).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Turn:
    """Which version of an event this is, from 0, and since when it stands."""

    sequence: int
    changed_at: datetime


def next_sequences(session: Session, wanted: Iterable[Handout], now: datetime) -> dict[str, Turn]:
    """The turn of each UID: the same as last time when nothing changed, else the next, as of now.

    What is handed out is remembered in this transaction. A UID wanted twice counts once, the last.
    """
    turns: dict[str, Turn] = {}
    unique = {handout.uid: handout for handout in wanted}
    for page in pages(sorted(unique)):
        _remember_new(session, [unique[uid] for uid in page], now)
        known = _locked(session, page)
        changed = [row for row in known if row["fingerprint"] != unique[row["uid"]].fingerprint]
        updates = [_changed(row, unique[row["uid"]], now) for row in changed]
        if updates:
            session.execute(update(CalendarEntry), updates)
        for row in (*known, *updates):  # a later one replaces what was known
            turns[row["uid"]] = Turn(row["sequence"], row["changed_at"])
    return turns


def gone(
    session: Session, scope: str, owed: Collection[str], now: datetime
) -> dict[str, tuple[Handout, Turn]]:
    """What was handed out in a scope and is not ``owed`` any more, by UID, as cancelled now.

    What was cancelled before stays in the answer with its turn, so that a calendar fetched twice
    says the same twice. The summary is the last one handed out.
    """
    e = CalendarEntry
    owing = frozenset(owed)
    columns = (e.uid, e.unit, e.due_at, e.summary)
    rows = session.execute(select(*columns).where(e.scope == scope).order_by(e.uid)).tuples()
    left = {
        uid: Handout(uid, scope, unit, due_at, summary, "cancelled")
        for uid, unit, due_at, summary in rows
        if uid not in owing
    }
    turns = next_sequences(session, left.values(), now)
    return {uid: (handout, turns[uid]) for uid, handout in left.items()}


def _remember_new(session: Session, wanted: Collection[Handout], now: datetime) -> None:
    """Those never handed out begin at 0."""
    e = CalendarEntry
    known = set(session.scalars(select(e.uid).where(e.uid.in_([w.uid for w in wanted]))))
    start = {"sequence": 0, "changed_at": now}
    rows = [_columns(handout) | start for handout in wanted if handout.uid not in known]
    insert_new(session, CalendarEntry, rows)


def _locked(session: Session, uids: Collection[str]) -> list[Row]:
    """What was handed out last, held until this is written: two runs never take the same turn."""
    e = CalendarEntry
    columns = (e.id, e.uid, e.fingerprint, e.sequence, e.changed_at)
    statement = select(*columns).where(e.uid.in_(uids)).order_by(e.id).with_for_update()
    return [dict(row) for row in session.execute(statement).mappings()]


def _changed(row: Row, handout: Handout, now: datetime) -> Row:
    turn = {"id": row["id"], "sequence": row["sequence"] + 1, "changed_at": now}
    return _columns(handout) | turn


def _columns(handout: Handout) -> dict[str, Any]:
    return asdict(handout) | {"fingerprint": handout.fingerprint}
