"""Obligations and their histories: the only place where their state comes from."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, UniqueConstraint, exists, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain.history import Event, Kind
from models.audit import Change, record
from models.base import Base, Row, pages


class Obligation(Base):
    """Who owes which form to which office for which occasion."""

    __tablename__ = "obligation"
    __table_args__ = (UniqueConstraint("programme", "office", "form", "debtor", "occasion"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    programme: Mapped[str]
    office: Mapped[str]
    form: Mapped[str]
    debtor: Mapped[str] = mapped_column(ForeignKey("unit.id"))
    occasion: Mapped[str] = mapped_column(index=True)
    nominal_due_at: Mapped[datetime]
    group_code: Mapped[str]
    programme_version_id: Mapped[int] = mapped_column(ForeignKey("programme_version.id"))
    recorded_at: Mapped[datetime]
    step_id: Mapped[int | None]


class ObligationEvent(Base):
    """One fact about an obligation. ``key`` tells apart what may happen more than once."""

    __tablename__ = "obligation_event"
    __table_args__ = (
        UniqueConstraint("obligation_id", "kind", "key"),
        Index("ix_obligation_event_due_at", "due_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"))
    kind: Mapped[str]
    key: Mapped[str]
    at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    actor: Mapped[str]
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("receipt.id"), index=True)
    due_at: Mapped[datetime | None]
    nil: Mapped[bool]
    reason: Mapped[str]
    step_id: Mapped[int | None]


@dataclass(frozen=True, slots=True)
class Owed:
    """An obligation as a plain value."""

    id: int
    office: str
    form: str
    debtor: str
    occasion: str
    nominal_due_at: datetime
    group_code: str
    version: int  # of the programme, that made it


OWED = (
    Obligation.id,
    Obligation.office,
    Obligation.form,
    Obligation.debtor,
    Obligation.occasion,
    Obligation.nominal_due_at,
    Obligation.group_code,
    Obligation.programme_version_id,
)


def open_all(session: Session, change: Change, rows: Sequence[Row]) -> list[Row]:
    """Insert obligations that are not there yet; the rows that were new, with their ids."""
    stamp = {"recorded_at": change.at, "step_id": change.step}
    return record(session, change, Obligation, [dict(row) | stamp for row in rows])


def add_events(session: Session, change: Change, rows: Iterable[Row]) -> list[Row]:
    """Append events; those already there (same obligation, kind and key) are left out."""
    blank = {"key": "", "receipt_id": None, "due_at": None, "nil": False, "reason": ""}
    stamp = {"recorded_at": change.at, "step_id": change.step}
    defaults = blank | {"at": change.at, "actor": change.actor} | stamp
    return record(session, change, ObligationEvent, [defaults | dict(row) for row in rows])


def owed_where(session: Session, *criteria: ColumnElement[bool]) -> list[Owed]:
    """The obligations that meet the criteria, by id."""
    statement = select(*OWED).where(*criteria).order_by(Obligation.id)
    return [Owed(*row) for row in session.execute(statement)]


def scope(programme: str, office: str, occasion: str) -> tuple[ColumnElement[bool], ...]:
    """The criteria of one occasion of one office."""
    o = Obligation
    return (o.programme == programme, o.office == office, o.occasion == occasion)


def of_occasion(
    session: Session, programme: str, office: str, occasion: str, as_of: datetime
) -> list[Owed]:
    """The obligations of one occasion known at ``as_of``."""
    known = Obligation.recorded_at <= as_of
    return owed_where(session, *scope(programme, office, occasion), known)


def is_open(session: Session, programme: str, office: str, occasion: str) -> bool:
    """Whether an office has opened an occasion."""
    o = Obligation
    where = (o.programme == programme, o.office == office, o.occasion == occasion)
    return session.scalar(select(exists().where(*where))) is True


def forms_since(
    session: Session, programme: str, since: datetime
) -> list[tuple[str, str, str, int]]:
    """The forms opened that are nominally due after an instant.

    Each is an office, a form, an occasion, and the version of the programme that opened it.
    """
    o = Obligation
    statement = (
        select(o.office, o.form, o.occasion, o.programme_version_id)
        .distinct()
        .where(o.programme == programme, o.nominal_due_at > since)
    )
    return sorted(session.execute(statement).tuples())


def of_debtors(
    session: Session, programme: str, debtors: Collection[str], occasions: Collection[str]
) -> dict[tuple[str, str], list[Owed]]:
    """What these units owe for these occasions, by unit and occasion."""
    o = Obligation
    found: dict[tuple[str, str], list[Owed]] = defaultdict(list)
    for page in pages(debtors):
        asked = (o.programme == programme, o.debtor.in_(page), o.occasion.in_(occasions))
        for owed in owed_where(session, *asked):
            found[owed.debtor, owed.occasion].append(owed)
    return found


def by_ids(session: Session, ids: Collection[int]) -> dict[int, Owed]:
    """Obligations by id."""
    return {
        owed.id: owed
        for page in pages(ids)
        for owed in owed_where(session, Obligation.id.in_(page))
    }


def histories(session: Session, ids: Collection[int]) -> dict[int, list[Event]]:
    """The events of each obligation in the order they were written."""
    e = ObligationEvent
    columns = (e.kind, e.at, e.recorded_at, e.actor, e.receipt_id, e.due_at, e.nil)
    found: dict[int, list[Event]] = {id: [] for id in ids}
    for page in pages(ids):
        statement = select(e.obligation_id, *columns).where(e.obligation_id.in_(page))
        for obligation, kind, *rest in session.execute(statement.order_by(e.id)):
            found[obligation].append(Event(Kind(kind), *rest))
    return found


def occasions(session: Session, limit: int) -> list[tuple[str, str, str]]:
    """The newest occasions that have been opened: programme, office, occasion."""
    o = Obligation
    columns = (o.programme, o.office, o.occasion)
    statement = select(*columns).distinct().order_by(o.occasion.desc(), o.programme, o.office)
    return list(session.execute(statement.limit(limit)).tuples())


def event_row(obligation: int, kind: Kind, **values: Any) -> dict[str, Any]:
    """An event to append."""
    return {"obligation_id": obligation, "kind": kind.value, **values}


def lock(session: Session, ids: Collection[int]) -> None:
    """Hold these obligations until this is written: two verdicts on one wait for each other."""
    for page in pages(sorted(ids)):
        held = select(Obligation.id).where(Obligation.id.in_(page)).order_by(Obligation.id)
        # not against rows that only refer to them: who writes those may hold the audit head
        session.execute(held.with_for_update(key_share=True))


def programme_of(session: Session, id: int) -> str:
    """The programme an obligation belongs to."""
    return session.scalars(select(Obligation.programme).where(Obligation.id == id)).one()
