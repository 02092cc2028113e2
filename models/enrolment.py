"""Bring the stored register in line with a programme's folder: dated rows, nothing overwritten."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.enrolment import membership_edits, name_edits
from domain.unit import DatedName, Member
from models.audit import Change, amend, record
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
    new: list[Named] = []
    for old, name in name_edits(stored, printed, today):
        if old is None:
            new.append((name, "name"))
        else:
            values = {"name": name.name, "valid_to": name.valid_to}
            amend(session, change, UnitName, [stored[old]], values)
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
    new: list[Row] = []
    for old, member in membership_edits(stored, members, today):
        row = membership_row(change, programme, member)
        if old is None:
            new.append(row)
        else:
            values = {name: row[name] for name in ("class_code", "group_code", "valid_to")}
            amend(session, change, Membership, [stored[old]], values)
    record(session, change, Membership, new)
