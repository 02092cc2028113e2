"""A year of obligations from a programme's rules alone: who owes what, and when it is due.

    python -m benchmarks.expansion [UNITS] [WEEKS]

Rows are streamed, a week at a time; no database, no Prefect. Prints one JSON document.
"""

import argparse
import json
import sys
import time
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.facts import load, peak_mb
from domain.expansion import Owing, dues, owing
from domain.periods import periods
from domain.programme import Programme
from domain.task import Tasks
from domain.unit import Member
from domain.workdays import Workdays, calendar_of
from intake.holidays import published

FOLDER = Path(__file__).parents[1] / "programmes" / "luoyang-renewal"
YEAR = date(2026, 1, 1), date(2026, 12, 31)
MOST_SECONDS, MOST_MB = 60, 500


def main() -> None:
    """Expand as many units and weeks as the command line asks for."""
    parser = argparse.ArgumentParser(prog="benchmarks.expansion")
    parser.add_argument("units", type=int, nargs="?", default=100_000)
    parser.add_argument("weeks", type=int, nargs="?", default=52)
    asked = parser.parse_args()
    sys.stdout.write(json.dumps(measured(asked.units, asked.weeks)) + "\n")


def measured(units: int, weeks: int) -> dict[str, Any]:
    """The figures beside their bars; the peak is that of this whole process."""
    rules = Programme.model_validate(tomllib.loads((FOLDER / "programme.toml").read_text("utf-8")))
    workdays, members = rules.calendar(calendar_of(published())), list(_members(rules, units))
    before, begun = load(), time.perf_counter()
    count = sum(1 for _ in expanded(rules, members, workdays, weeks))
    seconds, peak = time.perf_counter() - begun, peak_mb()
    return {
        "units": units,
        "weeks": weeks,
        "obligations": count,
        "seconds": round(seconds, 2),
        "peak_rss_mb": peak,
        "rows_per_second": round(count / seconds),
        "load_before": before,
        "bars": {"seconds": MOST_SECONDS, "rss_mb": MOST_MB},
        "within_bars": seconds <= MOST_SECONDS and peak <= MOST_MB,
    }


def expanded(
    rules: Programme, members: Sequence[Member], workdays: Workdays, weeks: int
) -> Iterator[tuple[Owing, str, datetime | None]]:
    """Every obligation of the first weeks of the year: who owes what, the occasion, when due."""
    office = rules.offices[0].code
    for period in islice(periods("week", *YEAR), weeks):
        due = dues(rules, office, period, workdays)
        for owed in owing(rules, office, period, members, Tasks()):
            yield owed, period.id, due[owed.form].due_at


def _members(rules: Programme, count: int) -> Iterator[Member]:
    """Made-up units, as many in each class as in the others."""
    classes = [form.unit_class for form in rules.forms if form.unit_class]
    groups = [group.code for group in rules.groups]
    for number in range(count):
        unit_class = classes[number % len(classes)]
        yield Member(f"demo-{number:06d}", unit_class, groups[number % len(groups)])


if __name__ == "__main__":
    main()
