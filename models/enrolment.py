"""Bring the stored register in line with a programme's folder: dated rows, nothing overwritten."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.enrolment import membership_edits, name_edits
from domain.unit import DatedName, Member
from models.audit import Change, amend_each, record
from models.base import Row
from models.unit import Membership, UnitName, add_names, add_units, membership_row

Named = tuple[DatedName, str]


def keep_register(
    session: Session,
    change: Change,
    programme: str,
    names: Sequence[Named],
    members: Sequence[Member],
    today: date,
) -> int:
    """Enter what is new, close what no longer holds; how many units were new."""
    units = {name.unit for name, _ in names} | {m.unit for m in members}
    new = add_units(session, change, units)
    _keep_names(session, change, names, today)
    _keep_members(session, change, programme, members, today)
    return new


def _keep_names(session: Session, change: Change, names: Sequence[Named], today: date) -> None:
    """Printed names follow the folder; other words stay understood."""
    printed = [name for name, kind in names if kind == "name"]
    stored = _stored_names(session, {n.unit for n in printed})
    edits = name_edits(stored, printed, today)
    became = {stored[old]: name for old, name in edits if old is not None}
    values = {id: {"name": n.name, "valid_to": n.valid_to} for id, n in became.items()}
    amend_each(session, change, UnitName, values)
    new = [(name, "name") for old, name in edits if old is None]
    add_names(session, change, [*new, *((name, kind) for name, kind in names if kind != "name")])


def _stored_names(session: Session, units: Iterable[str]) -> dict[DatedName, int]:
    n = UnitName
    columns = (n.id, n.unit_id, n.name, n.valid_from, n.valid_to)
    rows = session.execute(select(*columns).where(n.kind == "name"))
    wanted = set(units)
    return {DatedName(*rest): id for id, *rest in rows if rest[0] in wanted}


def _keep_members(
    session: Session, change: Change, programme: str, members: Sequence[Member], today: date
) -> None:
    m = Membership
    columns = (m.id, m.unit_id, m.class_code, m.group_code, m.valid_from, m.valid_to)
    rows = session.execute(select(*columns).where(m.programme == programme))
    stored = {Member(*rest): id for id, *rest in rows}
    edits = membership_edits(stored, members, today)
    became = {stored[old]: m for old, m in edits if old is not None}
    amend_each(session, change, Membership, {id: _said(m) for id, m in became.items()})
    new = [membership_row(change, programme, m) for old, m in edits if old is None]
    record(session, change, Membership, new)


def _said(member: Member) -> Row:
    """What of a membership may come to be said otherwise."""
    return {
        "class_code": member.class_code,
        "group_code": member.group_code,
        "valid_to": member.valid_to,
    }
