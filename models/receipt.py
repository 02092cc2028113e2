"""What was received: bytes, when, from where, and what the checks found. Never overwritten."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ForeignKey,
    Index,
    LargeBinary,
    UniqueConstraint,
    exists,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain.checks import Finding
from domain.history import Kind
from models.audit import Change, record
from models.base import Base, Row, pages
from models.obligation import ObligationEvent


class Blob(Base):
    """Bytes under their own SHA-256; ``content`` is empty when they are kept on disk."""

    __tablename__ = "blob"
    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    recorded_at: Mapped[datetime]


class Receipt(Base):
    """One thing a unit sent. ``obligation_id`` is empty while nobody knows what it answers."""

    __tablename__ = "receipt"
    __table_args__ = (
        UniqueConstraint("obligation_id", "blob_sha256"),
        Index(
            "uq_receipt_unmatched",
            "programme",
            "blob_sha256",
            unique=True,
            sqlite_where=text("obligation_id IS NULL"),
            postgresql_where=text("obligation_id IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int | None] = mapped_column(ForeignKey("obligation.id"))
    programme: Mapped[str] = mapped_column(index=True)
    blob_sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"))
    channel: Mapped[str]
    source: Mapped[str]  # the file name or address it came under
    received_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    payload: Mapped[dict[str, Any]]
    problem: Mapped[str]  # catalogue key when it could not be read or matched
    step_id: Mapped[int | None]


class FindingRow(Base):
    """What a check found in a receipt; written by the run that wrote its ``checked`` event."""

    __tablename__ = "finding"
    id: Mapped[int] = mapped_column(primary_key=True)
    receipt_id: Mapped[int] = mapped_column(ForeignKey("receipt.id"), index=True)
    rule: Mapped[str]
    field: Mapped[str]
    severity: Mapped[str]
    detail: Mapped[dict[str, Any]]
    recorded_at: Mapped[datetime]
    step_id: Mapped[int | None]


@dataclass(frozen=True, slots=True)
class Sent:
    """A receipt as a plain value."""

    id: int
    obligation: int
    received_at: datetime
    payload: dict[str, Any]


def sha256(content: bytes) -> str:
    """The name of a blob."""
    return hashlib.sha256(content).hexdigest()


def take_in(
    session: Session, change: Change, blobs: Sequence[Row], rows: Sequence[Row]
) -> list[Row]:
    """Keep bytes and receipts; the receipts that were new. Same bytes again add nothing."""
    stamp = {"recorded_at": change.at}
    record(session, change, Blob, [dict(blob) | stamp for blob in blobs])
    return record(
        session, change, Receipt, [dict(r) | stamp | {"step_id": change.step} for r in rows]
    )


def unchecked_ids(session: Session, programme: str) -> list[int]:
    """Matched receipts that no check has looked at yet, oldest first."""
    r, e = Receipt, ObligationEvent
    checked = exists().where(e.receipt_id == r.id, e.kind == Kind.CHECKED.value)
    statement = select(r.id).where(
        r.programme == programme, r.obligation_id.is_not(None), r.problem == "", ~checked
    )
    return list(session.scalars(statement.order_by(r.received_at, r.id)))


def by_ids(session: Session, ids: Collection[int]) -> list[Sent]:
    """Receipts by the instant they came."""
    r = Receipt
    statement = select(r.id, r.obligation_id, r.received_at, r.payload).where(
        r.id.in_(ids), r.obligation_id.is_not(None)
    )
    return [Sent(*row) for row in session.execute(statement.order_by(r.received_at, r.id)).tuples()]


def earlier(session: Session, pairs: Collection[tuple[int, str]]) -> dict[tuple[int, str], Row]:
    """The receipt kept for each of these (obligation, blob) pairs: id, source and instant."""
    r = Receipt
    statement = select(r.obligation_id, r.blob_sha256, r.id, r.source, r.received_at).where(
        r.obligation_id.in_({obligation for obligation, _ in pairs})
    )
    return {
        (row["obligation_id"], row["blob_sha256"]): dict(row)
        for row in session.execute(statement).mappings()
    }


def add_findings(session: Session, change: Change, found: Sequence[tuple[int, Finding]]) -> None:
    """Keep what the checks found in each receipt."""
    rows = [
        {
            "receipt_id": receipt,
            "rule": f.rule,
            "field": f.field,
            "severity": f.severity,
            "detail": dict(f.detail),
            "recorded_at": change.at,
            "step_id": change.step,
        }
        for receipt, f in found
    ]
    record(session, change, FindingRow, rows)


def findings_of(
    session: Session, receipts: Collection[int], as_of: datetime | None = None
) -> dict[int, list[Finding]]:
    """The findings of each receipt known at ``as_of``, in the order they were made."""
    f = FindingRow
    found: dict[int, list[Finding]] = {id: [] for id in receipts}
    statement = select(f).where(f.receipt_id.in_(receipts)).order_by(f.id)
    if as_of:
        statement = statement.where(f.recorded_at <= as_of)
    for row in session.scalars(statement):
        finding = Finding(row.rule, row.field, row.severity, row.detail)  # type: ignore[arg-type]
        found[row.receipt_id].append(finding)
    return found


def payloads(session: Session, receipts: Collection[int | None]) -> dict[int, dict[str, Any]]:
    """What each of these receipts says."""
    found: dict[int, dict[str, Any]] = {}
    for page in pages(id for id in receipts if id is not None):
        statement = select(Receipt.id, Receipt.payload).where(Receipt.id.in_(page))
        found |= dict(session.execute(statement).tuples().all())
    return found
