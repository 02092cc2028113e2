"""The engine, the two kinds of transaction and the column types every table shares."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    DateTime,
    Dialect,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    create_engine,
    event,
    func,
    literal,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from settings import Settings

__all__ = ["Base", "Row", "Session", "engine", "insert_new", "pages", "reading", "writing"]

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
Id = BigInteger().with_variant(Integer, "sqlite")
Row = Mapping[str, Any]
T = TypeVar("T")
# one snapshot for the whole of a reading transaction, and no write in it
READS: dict[str, dict[str, Any]] = {
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
    "sqlite": {"luoshu_reads": True},
}
Json = JSON().with_variant(JSONB, "postgresql")


class Instant(TypeDecorator[datetime]):
    """An aware instant; stored in UTC, read back in UTC. A naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The tables of the product; constraints are named so that errors and migrations can be."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = {
        int: Id,
        datetime: Instant,
        dict[str, Any]: Json,
        list[Any]: Json,
    }


def open_engine(url: str) -> Engine:
    """An engine for ``url``; SQLite gets WAL, foreign keys and immediate write transactions."""
    parsed = make_url(url)
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, pool_pre_ping=True, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _open_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not open transactions of its own
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=60000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    reads = connection.get_execution_options().get("luoshu_reads", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


@cache
def _engine(url: str) -> Engine:
    return open_engine(url)


def engine() -> Engine:
    """The engine of this process, by the settings in force."""
    return _engine(Settings().url)


@contextmanager
def reading() -> Iterator[Session]:
    """A session that only reads, one moment throughout; PostgreSQL refuses a write in it."""
    with engine().connect().execution_options(**READS[engine().dialect.name]) as connection:
        with Session(connection) as session:
            yield session
        connection.rollback()


@contextmanager
def writing() -> Iterator[Session]:
    """One transaction: everything in the block is kept, or on an error nothing is."""
    with Session(engine()) as session, session.begin():
        yield session


def insert_new(session: Session, table: type[Base], rows: Sequence[Row]) -> list[Row]:
    """Insert rows; those that a unique key knows already are skipped. The rows that were new.

    The rows name the same columns, all of them.
    """
    if not rows:
        return []
    into, columns = table_of(table), plain_columns(table)
    if session.get_bind().dialect.name == "postgresql":
        names, values = _by_column(into, rows)
        statement = postgresql.insert(into).from_select(names, select(*values))
        found = session.execute(statement.on_conflict_do_nothing().returning(*columns))
    else:
        several = sqlite.insert(into).on_conflict_do_nothing().returning(*columns)
        found = session.execute(several, list(rows))
    names = [column.name for column in columns]
    return [dict(zip(names, row, strict=True)) for row in found.all()]


def _by_column(table: Table, rows: Sequence[Row]) -> tuple[list[str], list[ColumnElement[Any]]]:
    """The columns of the rows, each as one parameter: one a value costs more than the insert.

    A value that all rows share (the very same one) is sent once; the arrays say how many rows.
    """
    values = {name: [row[name] for row in rows] for name in rows[0]}
    arrays = [name for name in values if len(set(map(id, values[name]))) > 1] or list(values)[:1]
    types = {name: table.c[name].type for name in values}
    return list(values), [
        func.unnest(literal(values[name], ARRAY(types[name], dimensions=1)))
        if name in arrays
        else literal(values[name][0], types[name])
        for name in values
    ]


def pages(ids: Iterable[T], size: int = 10_000) -> Iterator[list[T]]:
    """Ids in pages that fit into one statement's parameters."""
    listed = list(ids)
    return (listed[start : start + size] for start in range(0, len(listed), size))


def plain_columns(table: type[Base]) -> list[Any]:
    """Every column but raw bytes."""
    return [c for c in table_of(table).columns if not isinstance(c.type, LargeBinary)]


def table_of(table: type[Base]) -> Table:
    """The table a model stands for."""
    assert isinstance(table.__table__, Table)
    return table.__table__
