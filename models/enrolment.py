"""Bring the stored register in line with a programme's folder: dated rows, nothing overwritten."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.enrolment import membership_changes, name_changes
from domain.unit import DatedName, Member
from models.audit import Change, amend, record
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
    enter, close = name_changes(list(stored), printed, today)
    for name, day in close:
        amend(session, change, UnitName, [stored[name]], {"valid_to": day})
    others = [(name, kind) for name, kind in names if kind != "name"]
    add_names(session, change, [*((name, "name") for name in enter), *others])


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
    changes = membership_changes(stored, members, today)
    for member, day in changes.close:
        amend(session, change, Membership, [stored[member]], {"valid_to": day})
    new = [membership_row(change, programme, member) for member in changes.enter]
    record(session, change, Membership, new)
