"""Programme versions as they were in force; obligations record the one that made them."""

import hashlib
import json
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain.programme import Programme
from models.audit import Change, record
from models.base import Base

_read: dict[str, Programme | None] = {}  # by content hash: a stored version never changes


class ProgrammeVersion(Base):
    """The whole text of a programme as it was loaded, by the hash of its content."""

    __tablename__ = "programme_version"
    __table_args__ = (UniqueConstraint("programme", "content_hash"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    programme: Mapped[str] = mapped_column(index=True)
    content_hash: Mapped[str]
    label: Mapped[str]
    valid_from: Mapped[date]
    document: Mapped[dict[str, Any]]
    recorded_at: Mapped[datetime]


def content_hash(programme: Programme) -> str:
    """The hash of what a programme says, whatever the order of keys in its file."""
    text = json.dumps(programme.model_dump(mode="json"), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def version_of(session: Session, programme: Programme) -> int | None:
    """The id under which this version of a programme is stored; None when it is not."""
    v = ProgrammeVersion
    statement = select(v.id).where(v.content_hash == content_hash(programme))
    return session.scalars(statement.where(v.programme == programme.slug)).one_or_none()


def in_force(session: Session, slug: str, day: date) -> str:
    """The label of the version in force on a day; empty when there is none."""
    v = ProgrammeVersion
    statement = select(v.label).where(v.programme == slug, v.valid_from <= day)
    return session.scalars(statement.order_by(v.id.desc()).limit(1)).one_or_none() or ""


def entered_at(session: Session, programme: Programme) -> datetime | None:
    """When this version of a programme was stored; None when it is not."""
    v = ProgrammeVersion
    statement = select(v.recorded_at).where(v.content_hash == content_hash(programme))
    return session.scalars(statement.where(v.programme == programme.slug)).one_or_none()


def before(session: Session, programme: Programme) -> Programme | None:
    """The newest other version of a programme; None when there is none this release can read."""
    v = ProgrammeVersion
    statement = select(v.document).where(
        v.programme == programme.slug, v.content_hash != content_hash(programme)
    )
    found = session.scalars(statement.order_by(v.id.desc()).limit(1)).one_or_none()
    return _programme(found) if found else None


def keep_version(session: Session, change: Change, programme: Programme) -> int:
    """Store this version of a programme unless it is there; its id."""
    row = {
        "programme": programme.slug,
        "content_hash": content_hash(programme),
        "label": programme.label,
        "valid_from": programme.valid_from,
        "document": programme.model_dump(mode="json"),
        "recorded_at": change.at,
    }
    record(session, change, ProgrammeVersion, [row])
    stored = version_of(session, programme)
    assert stored is not None
    return stored


def versions(session: Session, ids: Collection[int], now: Programme) -> dict[int, Programme]:
    """The programme as it was in each of these versions; for one that this release cannot read
    any more, as it is ``now``."""
    v = ProgrammeVersion
    hashes = dict(session.execute(select(v.id, v.content_hash).where(v.id.in_(ids))).tuples().all())
    _read_all(session, [id for id, known in hashes.items() if known not in _read])
    return {id: _read[hashes[id]] or now for id in ids}


def _read_all(session: Session, ids: Collection[int]) -> None:
    v = ProgrammeVersion
    if ids:
        for known, document in session.execute(
            select(v.content_hash, v.document).where(v.id.in_(ids))
        ):
            _read[known] = _programme(document)


def _programme(document: dict[str, Any]) -> Programme | None:
    try:
        return Programme.model_validate_json(json.dumps(document))
    except ValidationError:
        return None
