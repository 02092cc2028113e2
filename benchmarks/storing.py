"""A week's obligations as we store them, beside a bare COPY of the same rows into the same tables.

    python -m benchmarks.storing [--units N] [--times N]

Ours checks what is there already, writes the audit trail and gives every row its number; the COPY
is given the finished rows. Both meet the same keys, indexes and references, in databases of their
own on one server. Prints one JSON document: seconds, each the median of several rounds.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import psycopg

from benchmarks import population
from benchmarks.facts import facts, load
from benchmarks.machine import Machine, machine
from deployments.prepare import prepare
from domain.expansion import Owing, dues
from models.base import engine, writing
from tasks.openings import open_obligations, opened, owing_units
from tasks.work import Work, batches, calendar, programme

SLUG, OFFICE, OCCASION = "luoyang-renewal", "office", "2026-W46"
ZONE = ZoneInfo("Asia/Shanghai")
START, OPENING = datetime(2026, 11, 1, tzinfo=ZONE), datetime(2026, 11, 9, 8, tzinfo=ZONE)
WORK = Work(SLUG, OFFICE, OCCASION, OPENING, 1)
BAR = 4.0  # obligations and their events take at most so many times the COPY
FACTS = ("obligation", "obligation_event")
Store = Callable[[Sequence[Owing]], None]


def main() -> None:
    """Measure both on a server of their own."""
    parser = argparse.ArgumentParser(prog="benchmarks.storing")
    parser.add_argument("--units", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=3)
    asked = parser.parse_args()
    with machine() as made:
        about = facts(made.postgres)
        owed = _settled(made, asked.units)
        found = {
            "events": _measured(made, owed, "events", _with_events, FACTS, asked.times),
            "reminders": _measured(
                made, owed, "reminders", _with_reminders, (*FACTS, "reminder"), asked.times
            ),
        }
    within = found["events"]["ratio"] <= BAR
    ended = {"load_after": load(), "bar": BAR, "within_bar": within}
    sys.stdout.write(json.dumps({"facts": about, "units": asked.units, **found, **ended}) + "\n")


def _settled(made: Machine, units: int) -> list[Owing]:
    """Units in a database the others are copies of; what they owe for the week."""
    made.settle_in("settled")
    prepare(START, demo=True)
    population.settle(SLUG, units, START)
    owed = owing_units(WORK)
    engine().dispose()
    return owed


def _with_events(units: Sequence[Owing]) -> None:
    rules = programme(SLUG)
    with writing() as session:
        due = dues(rules, OFFICE, rules.period(OCCASION), calendar(session, rules))
        opened(session, WORK, units, due)


def _with_reminders(units: Sequence[Owing]) -> None:
    open_obligations.fn(WORK, units)


def _measured(
    made: Machine, owed: list[Owing], name: str, store: Store, tables: Sequence[str], times: int
) -> dict[str, Any]:
    """What storing takes and what copying the same rows takes, turn about."""
    ours, copied, rows = [], [], 0
    for number in range(times):
        with _database(made, f"{name}{number}_ours") as url:
            ours.append(_seconds(partial(_store, store, owed)))
            read = [(table, *_rows(url, table)) for table in tables]
        with _database(made, f"{name}{number}_copy") as url:
            copied.append(_seconds(partial(_copy, url, read)))
        rows = sum(len(rows) for _, _, rows in read)
        sys.stderr.write(f"{name}: {rows} rows, {ours[-1]:.1f} s, COPY {copied[-1]:.1f} s\n")
    return {
        "rows": rows,
        "ours_seconds": round(median(ours), 2),
        "copy_seconds": round(median(copied), 2),
        "ratio": round(median(ours) / median(copied), 2),
    }


def _store(store: Store, owed: Sequence[Owing]) -> None:
    for units in batches(owed):  # as the flow does
        store(units)


@contextmanager
def _database(made: Machine, name: str) -> Iterator[str]:
    """A copy of the settled database, the one of this process while the block runs."""
    url = made.postgres.database(name, like="settled")
    os.environ["LUOSHU_DATABASE_URL"] = url
    yield url
    engine().dispose()


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _rows(url: str, table: str) -> tuple[str, list[tuple[Any, ...]]]:
    """The columns and rows of a table."""
    with psycopg.connect(url) as connection:
        found = connection.execute(f"SELECT * FROM {table} ORDER BY id".encode())
        assert found.description
        return ", ".join(column.name for column in found.description), found.fetchall()


def _copy(url: str, tables: Sequence[tuple[str, str, list[tuple[Any, ...]]]]) -> None:
    """Every row of every table in one transaction."""
    with psycopg.connect(url) as connection:
        for table, columns, rows in tables:
            statement = f"COPY {table} ({columns}) FROM STDIN".encode()
            with connection.cursor() as cursor, cursor.copy(statement) as copy:
                for row in rows:
                    copy.write_row(row)


if __name__ == "__main__":
    main()
