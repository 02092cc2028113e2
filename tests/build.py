"""What the tests are set in: instants, a few units with their people, files, table contents."""

import json
import os
from collections.abc import Collection, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select, text

from domain.reminder import Role
from domain.unit import DatedName, Member
from models import installation, obligation, officer, tables
from models.audit import Change, record
from models.base import Base, Row, Session, engine, table_of, writing
from models.programme import ProgrammeVersion
from models.unit import enrol

assert tables  # every table is registered by importing it

ZONE = ZoneInfo("Asia/Shanghai")
SLUG = "luoyang-renewal"
WEEK = "2026-W46"
NAMES = {
    "ly-jianxi": "涧西区",
    "ly-yanshi": "偃师区",
    "ly-finance": "市财政局",
    "ly-grid": "国网洛阳供电公司",
}
OFFICE = officer.NewOfficer("ly-housing", "office", "值班室", "office@luoyang.example", "")
ROLES: tuple[Role, ...] = ("liaison", "deputy", "head")


def local(text: str) -> datetime:
    """An instant in Luoyang, as ``2026-11-13 16:00``."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def nov(day: int, at: str = "00:00") -> datetime:
    """An instant of November 2026; the 12th is the Thursday before the deadline."""
    return local(f"2026-11-{day:02} {at}")


START = nov(1)


def change(stream: str = "registry", actor: str = "office", at: datetime = START) -> Change:
    """Who writes what the tests need to be there."""
    return Change(stream, actor, at)


def some_units(session: Session) -> None:
    """The four debtors of the worked scenarios as units of the programme."""
    names = [(DatedName(id, name, date(2021, 3, 18)), "name") for id, name in NAMES.items()]
    former = DatedName("ly-yanshi", "偃师市", date(1993, 12, 17), date(2021, 3, 18))
    members = [Member(id, "county", "") for id in NAMES]
    enrol(session, change(SLUG), SLUG, [*names, (former, "name")], members, date(2026, 1, 1))


def some_obligations(session: Session) -> list[Row]:
    """One obligation a unit, opened under a version of the programme."""
    some_units(session)
    version = {"programme": SLUG, "content_hash": "0", "label": "", "valid_from": START.date()}
    kept = {**version, "document": {}, "recorded_at": START}
    [known] = record(session, change(SLUG), ProgrammeVersion, [kept])
    rows = [
        {
            "programme": SLUG,
            "office": "office",
            "form": "weekly-county",
            "debtor": unit,
            "occasion": WEEK,
            "nominal_due_at": nov(13, "16:00"),
            "group_code": "",
            "programme_version_id": known["id"],
        }
        for unit in NAMES
    ]
    return obligation.open_all(session, change(SLUG), rows)


def person(unit: str, role: Role = "liaison", **changes: str) -> officer.NewOfficer:
    """Somebody with a mailbox and a telephone."""
    address = {"name": f"{NAMES.get(unit, unit)}{role}", "email": f"{role}@{unit}.example"}
    number = "139" + f"{sum(map(ord, unit + role)):08}"
    return officer.NewOfficer(unit, role, **({**address, "phone": number} | changes))


def everyone() -> list[officer.NewOfficer]:
    """Liaison, deputy and head of each debtor, and the mailbox of the office."""
    return [*(person(unit, role) for unit in NAMES for role in ROLES), OFFICE]


def appoint(people: Sequence[officer.NewOfficer]) -> None:
    """Enter people and their roles, held since the beginning of the year."""
    with writing() as session:
        officer.appoint(session, change(), people, local("2026-01-01"))


def demo() -> None:
    """Mark the database as one with invented data, so that an instant may be simulated."""
    with writing() as session:
        installation.mark(session, True, START)


def report(unit: str, occasion: str = WEEK, **cells: object) -> bytes:
    """A report that passes the checks of every form, in the bytes a unit sends."""
    done = "三个项目开工"
    filled = dict.fromkeys(("progress", "projects", "milestones", "works"), done)
    values = cells if "nil" in cells else filled | cells
    sent = {"单位": unit, "期": occasion, "values": values}
    return json.dumps(sent, ensure_ascii=False).encode()


def drop(home: Path, name: str, content: bytes, at: datetime, programme: str = SLUG) -> Path:
    """Put a file into the inbox, as if it had been written at an instant."""
    folder = home / "inbox" / programme
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(content)
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path


def sql(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    """Run a statement behind the product's back."""
    with engine().begin() as connection:
        result = connection.execute(text(statement), values)
        return [tuple(row) for row in result] if result.returns_rows else []


def tamper(*statements: str, **values: Any) -> None:
    """Do what somebody with every right in the database can do, foreign keys or not."""
    with engine().connect() as connection:
        if connection.dialect.name == "sqlite":
            raw: Any = connection.connection.driver_connection
            raw.execute("PRAGMA foreign_keys=OFF")
        else:
            connection.exec_driver_sql("SET session_replication_role = replica")
        for statement in statements:
            connection.execute(text(statement), values)
        connection.commit()


def contents(besides: Collection[str] = ()) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, but for the record of runs and its part of the audit trail."""
    with engine().connect() as connection:
        return {
            name: _rows(connection, name)
            for name in Base.metadata.tables
            if name not in ("run", "step", *besides)
        }


def _rows(connection: Connection, name: str) -> list[tuple[Any, ...]]:
    table = Base.metadata.tables[name]
    statement = select(table).order_by(*table.primary_key.columns)
    if "stream" in table.columns:
        statement = statement.where(table.columns.stream != "runs")
    return [tuple(row) for row in connection.execute(statement)]


def count(table: type[Base]) -> int:
    """How many rows a table has."""
    return int(sql(f"SELECT count(*) FROM {table_of(table).name}")[0][0])
