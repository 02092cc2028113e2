"""The register of officers: every appointment with its person, and how it is changed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_, select, text, update
from sqlalchemy.orm import Session

from domain.post import Post
from models.audit import Change, amend, record
from models.base import pages
from models.officer import AppointmentRow, AppointmentScope, Contact, Officer
from models.unit import Membership, Unit


def lock(session: Session) -> None:
    """Hold the register: another change of it waits, and then sees the people entered here."""
    if session.get_bind().dialect.name == "postgresql":  # SQLite has one writer at a time
        session.execute(text("LOCK TABLE officer IN SHARE ROW EXCLUSIVE MODE"))


def posts_of(session: Session, units: Collection[str]) -> list[Post]:
    """Every appointment there ever was at these units, oldest first."""
    return [p for page in pages(units) for p in _posts(session, AppointmentRow.unit_id.in_(page))]


def posts(session: Session, ids: Collection[int]) -> list[Post]:
    """These appointments."""
    return [p for page in pages(ids) for p in _posts(session, AppointmentRow.id.in_(page))]


def posts_of_people(session: Session, addresses: Collection[str]) -> list[Post]:
    """Every appointment of the people who have one of these addresses, oldest first."""
    return [p for page in pages(addresses, size=5000) for p in _posts(session, _has(page))]


def _posts(session: Session, which: ColumnElement[bool]) -> list[Post]:
    a, o, s = AppointmentRow, Officer, AppointmentScope
    person = (o.name, o.email, o.phone)
    scope = (func.coalesce(s.programme, ""), func.coalesce(s.office, ""))
    statement = (
        select(a.id, a.officer_id, a.unit_id, a.role, *person, a.valid_from, a.valid_to)
        .add_columns(a.confirmed_at.is_not(None), *scope)
        .join(o, o.id == a.officer_id)
        .outerjoin(s, s.appointment_id == a.id)
        .where(which)
        .order_by(a.id)
    )
    return [Post(*row) for row in session.execute(statement)]


def new_officers(session: Session, posts: Iterable[Post]) -> dict[int, int]:
    """Enter the people who have no number yet; the number of each, by the made-up one."""
    people = {p.officer: p for p in posts if p.officer < 0}
    rows = {n: Officer(name=p.name, email=p.email, phone=p.phone) for n, p in people.items()}
    session.add_all(rows.values())
    session.flush()
    return {number: row.id for number, row in rows.items()}


def people_with(session: Session, addresses: Collection[str]) -> list[Contact]:
    """The people who have one of these addresses, appointed or not, oldest first."""
    o = Officer
    statement = select(o.id, o.name, o.email, o.phone).order_by(o.id)
    return [Contact(*row) for row in session.execute(statement.where(_has(addresses)))]


def _has(addresses: Collection[str]) -> ColumnElement[bool]:
    """Whether a person has one of these addresses, compared as ``domain.person`` does."""
    phone = func.replace(Officer.phone, "-", "")
    return or_(func.lower(Officer.email).in_(addresses), phone.in_(addresses))


def new_person(session: Session, name: str, email: str, phone: str) -> int:
    """Enter a person; the number."""
    session.add(new := Officer(name=name, email=email, phone=phone))
    session.flush()
    return new.id


def write_contacts(session: Session, people: Iterable[Post | Contact]) -> None:
    """Keep the addresses these people have now."""
    rows = [{"id": p.officer, "email": p.email, "phone": p.phone} for p in people]
    if rows:
        session.execute(update(Officer), rows)


def enter(session: Session, change: Change, posts: Sequence[Post]) -> dict[int, int]:
    """Enter appointments with their scopes; the number of each, by the made-up one."""
    numbers: dict[int, int] = {}
    by_scope: dict[tuple[str, str], list[Post]] = defaultdict(list)
    for post in posts:
        by_scope[post.programme, post.office].append(post)
    for (programme, office), group in by_scope.items():  # in a scope their keys differ
        made = {_key(p): p.id for p in group}
        rows = [_row(post, change) for post in group]
        for row in record(session, change, AppointmentRow, rows):
            key = (row["officer_id"], row["unit_id"], row["role"], row["valid_from"])
            numbers[made[key]] = row["id"]
        scope = {"programme": programme, "office": office, "recorded_at": change.at}
        scoped = [{"appointment_id": numbers[p.id], **scope} for p in group if programme]
        record(session, change, AppointmentScope, scoped)
    return numbers


def _key(post: Post) -> tuple[int, str, str, datetime]:
    return post.officer, post.unit, post.role, post.valid_from


def _row(post: Post, change: Change) -> dict[str, object]:
    return {
        "officer_id": post.officer,
        "unit_id": post.unit,
        "role": post.role,
        "valid_from": post.valid_from,
        "valid_to": post.valid_to,
        "confirmed_at": change.at if post.confirmed else None,
        "recorded_at": change.at,
    }


def end(session: Session, change: Change, posts: Iterable[Post]) -> None:
    """Let appointments end when these say, or go on without an end."""
    by_end: dict[datetime | None, list[int]] = defaultdict(list)
    for post in posts:
        by_end[post.valid_to].append(post.id)
    for valid_to, ids in by_end.items():
        amend(session, change, AppointmentRow, ids, {"valid_to": valid_to})


def confirm(session: Session, change: Change, posts: Iterable[Post]) -> None:
    """Put on record that these people are who the unit named."""
    if ids := [post.id for post in posts]:
        amend(session, change, AppointmentRow, ids, {"confirmed_at": change.at})


def numbered(posts: Iterable[Post], officers: Mapping[int, int]) -> list[Post]:
    """Appointments with the numbers their people have been given."""
    return [replace(p, officer=officers.get(p.officer, p.officer)) for p in posts]


def programmes_of(session: Session, units: Collection[str], day: date) -> dict[str, set[str]]:
    """The programmes each of these units takes part in on a day."""
    m, found = Membership, dict[str, set[str]]()
    goes_on = func.coalesce(m.valid_to, date.max) > day
    statement = select(m.unit_id, m.programme).where(m.valid_from <= day, goes_on)
    for page in pages(units):
        for unit, programme in session.execute(statement.where(m.unit_id.in_(page))).tuples():
            found.setdefault(unit, set()).add(programme)
    return found


def enrolled(session: Session, units: Collection[str]) -> set[str]:
    """Those of these units that are on record."""
    return {
        unit
        for page in pages(units)
        for unit in session.scalars(select(Unit.id).where(Unit.id.in_(page)))
    }


def members_from(session: Session, programme: str, day: date) -> set[str]:
    """The units that take part in a programme on a day or later."""
    m = Membership
    statement = select(m.unit_id).where(m.programme == programme)
    return set(session.scalars(statement.where(func.coalesce(m.valid_to, date.max) > day)))
