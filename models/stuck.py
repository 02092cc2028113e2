"""Receipts that wait: for an obligation they answer, or for a person to confirm their heads."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.audit import Change, note
from models.base import Row, pages, plain_columns
from models.receipt import Blob, Receipt


@dataclass(frozen=True, slots=True)
class Stuck:
    """A receipt that waits for a person; ``detail`` fills the sentence of its problem."""

    id: int
    sha256: str
    source: str
    received_at: datetime
    problem: str
    detail: dict[str, Any]


def stuck(session: Session, programme: str, as_of: datetime) -> list[Stuck]:
    """Receipts that could not be read or matched, or whose heads a person has to confirm."""
    r = Receipt
    return _stuck(session, r.programme == programme, r.recorded_at <= as_of)


def stuck_one(session: Session, number: int) -> Stuck | None:
    """The receipt with a number, if it waits."""
    return next(iter(_stuck(session, Receipt.id == number)), None)


def _stuck(session: Session, *where: Any) -> list[Stuck]:
    r = Receipt
    columns = (r.id, r.blob_sha256, r.source, r.received_at, r.problem, r.payload)
    statement = select(*columns).where(r.problem != "", *where).order_by(r.id)
    found = session.execute(statement).tuples()
    return [
        Stuck(id, sha256, source, at, problem, kept.get("problem", {}))
        for id, sha256, source, at, problem, kept in found
    ]


@dataclass(frozen=True, slots=True)
class Kept:
    """A receipt that answers no obligation yet, with its bytes."""

    id: int
    source: str
    sha256: str
    content: bytes


def held(session: Session, programme: str, problem: str) -> list[int]:
    """The receipts that wait with a problem for a person, oldest first."""
    r = Receipt
    statement = select(r.id).where(r.programme == programme, r.problem == problem)
    return list(session.scalars(statement.order_by(r.id)))


def waiting(
    session: Session, number: int, problem: str
) -> tuple[str, int, Kept, dict[str, Any]] | None:
    """A receipt that waits with a problem: programme, obligation, bytes and payload."""
    r = Receipt
    statement = select(r.programme, r.obligation_id, r.payload).where(
        r.id == number, r.problem == problem, r.obligation_id.is_not(None)
    )
    found = session.execute(statement).one_or_none()
    kept = contents(session, [number]) if found else []
    return (found[0], found[1], kept[0], found[2]) if found and kept else None


def unmatched_ids(
    session: Session, programme: str, problems: Collection[str], since: datetime
) -> list[int]:
    """Receipts left unmatched for one of these reasons since an instant, oldest first."""
    r = Receipt
    statement = select(r.id).where(
        r.programme == programme,
        r.obligation_id.is_(None),
        r.problem.in_(problems),
        r.received_at >= since,
    )
    return list(session.scalars(statement.order_by(r.received_at, r.id)))


def lock_unmatched(session: Session, receipts: Collection[int]) -> set[int]:
    """Those of the receipts that still answer nothing; held until this is written."""
    r = Receipt
    found: set[int] = set()
    for page in pages(sorted(receipts)):
        still = select(r.id).where(r.id.in_(page), r.obligation_id.is_(None)).order_by(r.id)
        found |= set(session.scalars(still.with_for_update()))
    return found


def contents(session: Session, receipts: Collection[int]) -> list[Kept]:
    """The bytes of these receipts, oldest first."""
    r, b = Receipt, Blob
    statement = (
        select(r.id, r.source, r.blob_sha256, b.content)
        .join(b, b.sha256 == r.blob_sha256)
        .where(r.id.in_(receipts), b.content.is_not(None))
        .order_by(r.received_at, r.id)
    )
    return [
        Kept(id, source, sha256, content)
        for id, source, sha256, content in session.execute(statement).tuples()
        if content is not None
    ]


def assign(
    session: Session, change: Change, fresh: Mapping[int, tuple[int, dict[str, Any], str]]
) -> list[Row]:
    """Give receipts their obligation, payload and what is still to be confirmed, audited; the
    rows as they are now.
    """
    values = [
        {"id": id, "obligation_id": obligation, "payload": payload, "problem": problem}
        for id, (obligation, payload, problem) in fresh.items()
    ]
    if values:
        session.execute(update(Receipt), values)
    now = select(*plain_columns(Receipt)).where(Receipt.id.in_(fresh))
    rows: list[Row] = [dict(row) for row in session.execute(now).mappings()]
    note(session, change, "update", Receipt, rows)
    return rows
