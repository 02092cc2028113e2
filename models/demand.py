"""What obligations demand: the due instants that were set, and the last change of each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.history import Kind
from models.base import pages
from models.obligation import Obligation, ObligationEvent, Owed, owed_where


@dataclass(frozen=True, slots=True)
class LastChange:
    """The newest change of what an obligation demands: what people take to be due, and why.

    ``due_before`` is None when nothing was owed before it.
    """

    due_before: datetime | None
    reason: str


def last_changes(session: Session, ids: Collection[int]) -> dict[int, LastChange]:
    """The last change of each obligation after its opening.

    A due instant that nobody was told of before it changed again is passed over.
    """
    e = ObligationEvent
    kinds = (Kind.DUE_SET.value, Kind.EXEMPTED.value, Kind.ANNOUNCED.value)
    columns = (e.obligation_id, e.kind, e.due_at, e.reason)
    statement = select(*columns).where(e.kind.in_(kinds)).order_by(e.id)
    due: dict[int, datetime | None] = {}
    told: dict[int, datetime | None] = {}
    found: dict[int, LastChange] = {}
    for page in pages(ids):
        for id, kind, due_at, why in session.execute(statement.where(e.obligation_id.in_(page))):
            if kind == Kind.ANNOUNCED:
                told[id] = due.get(id)
                continue
            before = due.get(id)
            found[id] = LastChange(before and (told.get(id) or before), why)
            due[id] = due_at
    return found


def due_instants(
    session: Session, programme: str, office: str, start: datetime, end: datetime
) -> list[tuple[str, datetime]]:
    """The due instants that were set in (start, end]: occasion and instant, each once."""
    o, e = Obligation, ObligationEvent
    statement = (
        select(o.occasion, e.due_at)
        .distinct()
        .join(o, o.id == e.obligation_id)
        .where(e.due_at > start, e.due_at <= end)
        .where(o.programme == programme, o.office == office)
    )
    return [(occasion, at) for occasion, at in session.execute(statement) if at]


def due_within(session: Session, programme: str, start: datetime, end: datetime) -> list[Owed]:
    """The obligations of a programme whose nominal instant lies in [start, end)."""
    o = Obligation
    within = (o.nominal_due_at >= start, o.nominal_due_at < end)
    return owed_where(session, o.programme == programme, *within)
