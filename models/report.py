"""Receipts with what they answer, and which of them stand accepted: read for many at once."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from domain.history import Kind
from models.base import pages
from models.obligation import OWED, Obligation, ObligationEvent, Owed
from models.receipt import Receipt

OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Filed:
    """A receipt that answers an obligation, as a plain value."""

    owed: Owed
    id: int
    programme: str
    sha256: str
    source: str
    received_at: datetime
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Accepted:
    """The report of a debtor that stands accepted for an occasion."""

    receipt: int
    debtor: str
    form: str
    occasion: str
    group: str
    received_at: datetime
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Span:
    """Which reports are meant: by the nominal instant of what they answer, as known at ``as_of``.

    ``since`` belongs to it, ``before`` does not; None leaves a side open.
    """

    since: datetime | None = None
    before: datetime | None = None
    as_of: datetime | None = None


R = Receipt
FILED = (R.id, R.programme, R.blob_sha256, R.source, R.received_at, R.payload)


def filed(session: Session, number: int) -> Filed | None:
    """The receipt with this number; None when there is none or it answers nothing yet."""
    return next(_filed(session, select(*FILED, *OWED).where(R.id == number)), None)


def filed_by(session: Session, programme: str, debtor: str, forms: Collection[str]) -> list[Filed]:
    """Every receipt of a debtor for these forms, by occasion and then by the instant it came."""
    o = Obligation
    statement = (
        select(*FILED, *OWED)
        .where(o.programme == programme, o.debtor == debtor, o.form.in_(forms))
        .order_by(o.nominal_due_at, o.id, Receipt.received_at, Receipt.id)
    )
    return list(_filed(session, statement))


def _filed(session: Session, statement: Select[Any]) -> Iterator[Filed]:
    joined = statement.join(Obligation, Obligation.id == Receipt.obligation_id)
    for row in session.execute(joined):
        values: list[Any] = list(row)
        yield Filed(Owed(*values[len(FILED) :]), *values[: len(FILED)])


def last_accepted(
    session: Session, programme: str, form: str, debtors: Collection[str], span: Span
) -> list[Accepted]:
    """The newest accepted report of each of these debtors on a form."""
    found: list[Accepted] = []
    for page in pages(debtors):
        ranked = _ranked(programme, form, span, Obligation.debtor)
        found += _first(session, ranked.where(Obligation.debtor.in_(page)))
    return found


def accepted(
    session: Session, programme: str, form: str, span: Span, debtors: Collection[str] | None = None
) -> list[Accepted]:
    """The accepted report of every obligation on a form, oldest first; of all debtors for None."""
    ranked = _ranked(programme, form, span, Obligation.id)
    if debtors is None:
        return _first(session, ranked)
    wheres = (Obligation.debtor.in_(page) for page in pages(debtors))
    return [one for where in wheres for one in _first(session, ranked.where(where))]


def _ranked(programme: str, form: str, span: Span, of: Any) -> Select[Any]:
    """Receipts that stand accepted by id, each with its place among those of the same ``of``."""
    o, r, a = Obligation, Receipt, ObligationEvent
    newest = (o.nominal_due_at.desc(), r.received_at.desc(), r.id.desc())
    place = func.row_number().over(partition_by=of, order_by=newest).label("place")
    statement = (
        select(r.id, place)
        .join(o, o.id == r.obligation_id)
        .join(a, and_(a.receipt_id == r.id, a.kind == Kind.ACCEPTED.value))
        .where(o.programme == programme, o.form == form, ~_undone(span))
    )
    if span.since:
        statement = statement.where(o.nominal_due_at >= span.since)
    if span.before:
        statement = statement.where(o.nominal_due_at < span.before)
    return statement.where(a.recorded_at <= span.as_of) if span.as_of else statement


def _undone(span: Span) -> Any:
    """Whether an acceptance holds no more: the receipt was replaced, or the office sent it back.

    The office sends back all it has seen, not one version of it.
    """
    a, later = ObligationEvent, aliased(ObligationEvent)
    back, replaced = Kind.RETURNED.value, Kind.SUPERSEDED.value
    same = and_(later.receipt_id == a.receipt_id, later.kind.in_((back, replaced)))
    ends = or_(same, and_(later.kind == back, later.actor == OFFICE))
    found = exists().where(later.obligation_id == a.obligation_id, later.id > a.id, ends)
    return found.where(later.recorded_at <= span.as_of) if span.as_of else found


def _first(session: Session, ranked: Select[Any]) -> list[Accepted]:
    o, r, inner = Obligation, Receipt, ranked.subquery()  # of ids: what is sorted stays small
    columns = (r.id, o.debtor, o.form, o.occasion, o.group_code, r.received_at, r.payload)
    statement = (
        select(*columns)
        .join(inner, and_(inner.c.id == r.id, inner.c.place == 1))
        .join(o, o.id == r.obligation_id)
        .order_by(o.nominal_due_at, o.debtor)
    )
    return [Accepted(*row) for row in session.execute(statement)]
