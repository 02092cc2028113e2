"""Verification of the audit trail: which row was edited, deleted, swapped, cut off or re-sealed."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import receipt
from models.audit import AuditEvent, AuditHead, row_name
from models.base import Base, plain_columns, table_of
from models.message import Message
from models.outbox import Attempt
from models.seal import key, leaf, seal_of
from models.tables import AUDITED

PAGE = 5000  # rows read at a time


@dataclass(frozen=True, slots=True)
class Damage:
    """One row that is not what the trail says: ``rule`` is a key of the catalogue."""

    rule: str
    table: str
    row: str


def heads(session: Session) -> dict[str, tuple[int, str]]:
    """The last event of every stream: its number and seal."""
    columns = (AuditHead.stream, AuditHead.seq, AuditHead.seal)
    return {stream: (seq, seal) for stream, seq, seal in session.execute(select(*columns))}


def anchor(folder: Path, day: str, current: dict[str, tuple[int, str]]) -> None:
    """Write the heads down outside the database, one line a time, in the day's file."""
    line = json.dumps(current, sort_keys=True)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{day}.jsonl").open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def verify(session: Session, home: Path) -> list[Damage]:
    """Everything that is not as the trail says; ``home`` is the data folder."""
    leaves: dict[tuple[str, str], str] = {}
    damage = list(_chains(session, home / "audit", leaves))
    for table in AUDITED:
        damage += _rows(session, table, leaves)
    damage += [Damage("audit.deleted", *name) for name in sorted(leaves)]
    return damage + list(_blobs(session, home / "blobs")) + list(_bodies(session))


def _chains(
    session: Session, anchors: Path, leaves: dict[tuple[str, str], str]
) -> Iterator[Damage]:
    """Walk every stream, gathering the newest leaf of each row."""
    anchored, secret = _anchored(anchors), key()
    seals: dict[str, dict[int, str]] = {}
    for event in _events(session):
        stream, seq = event["stream"], event["seq"]
        so_far = seals.setdefault(stream, {0: ""})
        if seq - 1 not in so_far:
            yield Damage("audit.gap", "audit_event", f"{stream}/{seq - 1}")
        elif so_far[seq - 1] != event["previous"]:
            yield Damage("audit.broken_link", "audit_event", f"{stream}/{seq}")
        sealed = {k: v for k, v in event.items() if k not in ("id", "seal")}
        if seal_of(sealed, secret) != event["seal"]:
            yield Damage("audit.edited", "audit_event", f"{stream}/{seq}")
        so_far[seq] = event["seal"]
        leaves.update({(event["subject"], row): value for row, value in event["leaves"].items()})
    yield from _ends(session, seals, anchored)


def _ends(
    session: Session, seals: dict[str, dict[int, str]], anchored: list[tuple[str, int, str]]
) -> Iterator[Damage]:
    """Compare the ends of the chains with the heads, inside and outside the database."""
    inside = [(stream, seq, seal) for stream, (seq, seal) in heads(session).items()]
    seen: set[tuple[str, int]] = set()
    for stream, seq, seal in inside + anchored:
        found = seals.get(stream, {0: ""}).get(seq)
        if found != seal and (stream, seq) not in seen:
            seen.add((stream, seq))
            rule = "audit.truncated" if found is None else "audit.head_differs"
            yield Damage(rule, "audit_event", f"{stream}/{seq}")


def _events(session: Session) -> Iterator[dict[str, Any]]:
    statement = select(*plain_columns(AuditEvent)).order_by(AuditEvent.stream, AuditEvent.seq)
    for row in session.execute(statement.execution_options(yield_per=PAGE)).mappings():
        yield dict(row)


def _anchored(folder: Path) -> list[tuple[str, int, str]]:
    """Every head written down outside, in the order of the days."""
    return [
        (stream, seq, seal)
        for file in sorted(folder.glob("*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
        for stream, (seq, seal) in json.loads(line).items()
    ]


def _rows(
    session: Session, table: type[Base], leaves: dict[tuple[str, str], str]
) -> Iterator[Damage]:
    """Compare each row with its leaf, taking the leaf away; what is left was deleted."""
    secret = key()
    statement = select(*plain_columns(table)).order_by(*table_of(table).primary_key.columns)
    for row in session.execute(statement.execution_options(yield_per=PAGE)).mappings():
        name = row_name(table, dict(row))
        known = leaves.pop((table.__tablename__, name), None)
        if known is None:
            yield Damage("audit.unknown", table.__tablename__, name)
        elif known != leaf(dict(row), secret):
            yield Damage("audit.edited", table.__tablename__, name)


def _blobs(session: Session, large: Path) -> Iterator[Damage]:
    statement = select(receipt.Blob.sha256, receipt.Blob.content).order_by(receipt.Blob.sha256)
    for name, content in session.execute(statement.execution_options(yield_per=100)):
        found = receipt.sha256(content) if content is not None else _on_disk(large / name)
        if found != name:
            yield Damage("audit.edited" if found else "audit.deleted", "blob", name)


def _on_disk(file: Path) -> str:
    if not file.exists():
        return ""
    with file.open("rb") as kept:
        return hashlib.file_digest(kept, "sha256").hexdigest()


def _bodies(session: Session) -> Iterator[Damage]:
    """The bytes of a message are those its attempts were made with."""
    a, m = Attempt, Message
    statement = select(m.id, m.body, a.body_sha256).join(a, a.message_id == m.id).order_by(m.id)
    for id, body, sha256 in session.execute(statement.execution_options(yield_per=PAGE)):
        if body is None or receipt.sha256(body) != sha256:
            yield Damage("audit.edited", "message", str(id))
