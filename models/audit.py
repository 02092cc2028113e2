"""The audit trail: what was written, chained by a keyed hash, and its verification.

Every fact is inserted through :func:`record`, which writes an ``audit_event`` in the same
transaction. A leaf is the keyed hash of one row; an event chains its leaves to the event before
it. The key lives outside the database and the head of each stream is anchored outside it too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import UniqueConstraint, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, Row, insert_new, pages, plain_columns, table_of
from models.seal import key, leaves, seal_of

CHUNK = 1000  # rows per audit event and per statement


@dataclass(frozen=True, slots=True)
class Change:
    """Who changed what when, as known to the audit: the context of a transaction's facts."""

    stream: str  # the programme, or "registry"
    actor: str  # "clock", "unit", "checks", "office", "dispatch" …
    at: datetime
    step: int | None = None


class AuditEvent(Base):
    """One audited change: the leaves of the rows it wrote, chained to the event before."""

    __tablename__ = "audit_event"
    __table_args__ = (UniqueConstraint("stream", "seq"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    stream: Mapped[str]
    seq: Mapped[int]
    at: Mapped[datetime]
    actor: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    leaves: Mapped[dict[str, Any]]
    previous: Mapped[str]
    seal: Mapped[str]


class AuditHead(Base):
    """The last event of a stream; its row is the lock that keeps a chain in one line."""

    __tablename__ = "audit_head"
    stream: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int]
    seal: Mapped[str]


def record(session: Session, change: Change, table: type[Base], rows: Sequence[Row]) -> list[Row]:
    """Insert facts and audit them; rows that were there already are left out of the answer."""
    written: list[Row] = []
    for start in range(0, len(rows), CHUNK):
        part = insert_new(session, table, rows[start : start + CHUNK])
        note(session, change, "insert", table, part)
        written += part
    return written


def note(
    session: Session, change: Change, action: str, table: type[Base], rows: Sequence[Row]
) -> None:
    """Audit rows as they are now; for :func:`record` and for the few rows that may change."""
    if not rows:
        return
    secret = key()  # once: reading the settings costs more than a hash
    hashes = leaves(rows, secret)
    seq, previous = _lock_head(session, change.stream)
    event = {
        "stream": change.stream,
        "seq": seq + 1,
        "at": change.at,
        "actor": change.actor,
        "action": action,
        "subject": table.__tablename__,
        "leaves": {row_name(table, r): h for r, h in zip(rows, hashes, strict=True)},
        "previous": previous,
    }
    sealed = seal_of(event, secret)
    session.add(AuditEvent(**event, seal=sealed))
    head = update(AuditHead).where(AuditHead.stream == change.stream)
    session.execute(head.values(seq=seq + 1, seal=sealed))
    session.flush()


def amend(
    session: Session, change: Change, table: type[Base], ids: Iterable[int], values: Row
) -> None:
    """Change rows that may change (a run, an attempt), and audit what they became."""
    primary = table.__table__.c.id
    statement = update(table).values(**values).returning(*plain_columns(table))
    for page in pages(ids, CHUNK):
        changed = session.execute(statement.where(primary.in_(page))).mappings().all()
        note(session, change, "update", table, [dict(row) for row in changed])


def amend_each(
    session: Session, change: Change, table: type[Base], values: Mapping[int, Row]
) -> None:
    """Change rows to values of their own, those that become alike in one go."""
    alike: dict[tuple[tuple[str, Any], ...], list[int]] = {}
    for id, row in values.items():
        alike.setdefault(tuple(row.items()), []).append(id)
    for said, ids in alike.items():
        amend(session, change, table, ids, dict(said))


def _lock_head(session: Session, stream: str) -> tuple[int, str]:
    head = select(AuditHead.seq, AuditHead.seal).where(AuditHead.stream == stream).with_for_update()
    found = session.execute(head).one_or_none()
    if found is None:
        insert_new(session, AuditHead, [{"stream": stream, "seq": 0, "seal": ""}])
        found = session.execute(head).one()
    return found.seq, found.seal


def row_name(table: type[Base], row: Row) -> str:
    """How a row is called in the trail: its primary key."""
    return "/".join([str(row[name]) for name in _primary_key(table)])


@cache
def _primary_key(table: type[Base]) -> tuple[str, ...]:
    return tuple(column.name for column in table_of(table).primary_key.columns)
