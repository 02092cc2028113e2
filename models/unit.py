"""Units, the names they bore and the programmes they belong to."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain.unit import DatedName, Member
from models.audit import Change, record
from models.base import Base, Row, pages


class Unit(Base):
    """A reporting unit; its id never changes, whatever it is called."""

    __tablename__ = "unit"
    id: Mapped[str] = mapped_column(primary_key=True)
    recorded_at: Mapped[datetime]


class UnitName(Base):
    """A name or alias of a unit, with the days it held; ``valid_to`` is the first day after."""

    __tablename__ = "unit_name"
    __table_args__ = (UniqueConstraint("unit_id", "name", "kind", "valid_from"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]  # "name" is printed, "alias" only understood, "doubtful" only proposed
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    recorded_at: Mapped[datetime]


class Membership(Base):
    """A unit's class and comparison group in a programme: explicit, never read off its name."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("programme", "unit_id", "valid_from"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    programme: Mapped[str]
    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"))
    class_code: Mapped[str]
    group_code: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    recorded_at: Mapped[datetime]


def enrol(
    session: Session,
    change: Change,
    programme: str,
    names: Sequence[tuple[DatedName, str]],
    members: Sequence[Member],
    since: date,
) -> int:
    """Enter units, their names (with kind) and memberships from ``since``; the units new."""
    new = add_units(session, change, {m.unit for m in members} | {n.unit for n, _ in names})
    add_names(session, change, names)
    rows = [
        membership_row(change, programme, replace(m, valid_from=max(m.valid_from, since)))
        for m in members
        if not m.valid_to or m.valid_to > since
    ]
    record(session, change, Membership, rows)
    return new


def add_units(session: Session, change: Change, units: Iterable[str]) -> int:
    """Enter units that are not there yet; how many."""
    rows = [{"id": unit, "recorded_at": change.at} for unit in sorted(units)]
    return len(record(session, change, Unit, rows))


def add_names(session: Session, change: Change, names: Iterable[tuple[DatedName, str]]) -> None:
    """Enter names, with the kind of each, that are not there yet."""
    record(session, change, UnitName, [_name_row(name, kind, change) for name, kind in names])


def membership_row(change: Change, programme: str, member: Member) -> Row:
    """A membership to enter."""
    return {
        "programme": programme,
        "unit_id": member.unit,
        "class_code": member.class_code,
        "group_code": member.group_code,
        "valid_from": member.valid_from,
        "valid_to": member.valid_to,
        "recorded_at": change.at,
    }


def _name_row(name: DatedName, kind: str, change: Change) -> dict[str, object]:
    return {
        "unit_id": name.unit,
        "name": name.name,
        "kind": kind,
        "valid_from": name.valid_from,
        "valid_to": name.valid_to,
        "recorded_at": change.at,
    }


def members_on(session: Session, programme: str, day: date) -> list[Member]:
    """The members of a programme on a day, by unit id."""
    m = Membership
    statement = select(m.unit_id, m.class_code, m.group_code).where(
        m.programme == programme,
        m.valid_from <= day,
        or_(m.valid_to.is_(None), m.valid_to > day),
    )
    return [Member(*row) for row in session.execute(statement.order_by(m.unit_id))]


def printed_names(session: Session, day: date) -> dict[str, str]:
    """The name each unit bears on a day; of one that is gone by then, the last it bore."""
    n = UnitName
    borne = or_(n.valid_to.is_(None), n.valid_to > n.valid_from)
    statement = select(n.unit_id, n.name).where(n.kind == "name", n.valid_from <= day, borne)
    return dict(session.execute(statement.order_by(n.valid_from, n.id)).tuples().all())


def resolve(session: Session, words: Collection[str]) -> dict[str, str]:
    """The unit each word names exactly, by id, name or alias; an ambiguous word names none.

    A doubtful word names none either: a person has to choose (A1.23).
    """
    found: dict[str, set[str]] = {}
    n = UnitName
    for page in pages(words):
        names = select(n.name, n.unit_id).where(n.name.in_(page), n.kind != "doubtful")
        ids = select(Unit.id, Unit.id).where(Unit.id.in_(page))
        for statement in (names, ids):
            for word, unit in session.execute(statement):
                found.setdefault(word, set()).add(unit)
    return {word: min(units) for word, units in found.items() if len(units) == 1}
