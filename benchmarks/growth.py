"""How each stage grows with the number of units: seconds, exponent, memory, task runs."""

import json
import math
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from benchmarks import population
from benchmarks.compare import OCCASION, SLUG, START, ZONE
from benchmarks.facts import load, peak_mb
from benchmarks.machine import Machine
from benchmarks.timing import Timing, count_task_runs, timed
from deployments.prepare import prepare
from flows.dispatch import dispatch
from flows.weekly import Stage, weekly

OPENING = datetime(2026, 11, 9, 8, tzinfo=ZONE)
FIRST_RUNG = datetime(2026, 11, 12, 16, tzinfo=ZONE)  # every unit is to be reminded
SENT = datetime(2026, 11, 12, 17, tzinfo=ZONE)
MORNING = datetime(2026, 11, 13, 10, tzinfo=ZONE)
CLOSED = datetime(2026, 11, 13, 16, 0, 1, tzinfo=ZONE)
MOST_EXPONENT, MOST_MB, MOST_TASK_RUNS = 1.15, 1536, 50
NOISE = 1.0  # a stage that takes less than so many seconds has no exponent worth judging


def stages(units: int, *, receipts: bool, sending: bool) -> dict[str, Any]:
    """Every stage of one week in an empty installation, each as a flow run of its own."""
    prepare(START, demo=True)
    population.settle(SLUG, units, START)
    count_task_runs()
    settled = peak_mb()
    found: dict[str, Timing] = {
        "open": _stage(OPENING, Stage.OPEN),
        "collect": _stage(FIRST_RUNG, Stage.COLLECT),
        "remind": _stage(FIRST_RUNG, Stage.REMIND),
    }
    if sending:
        found["dispatch"] = timed(FIRST_RUNG, dispatch)
    if receipts:
        population.receive(SLUG, "office", OCCASION, SENT)
    found["validate"] = _stage(MORNING, Stage.VALIDATE)
    found["summarise"] = _stage(CLOSED, Stage.SUMMARISE)
    return {
        "units": units,
        "stages": {name: timing.json() for name, timing in found.items()},
        "most_task_runs": max(timing.task_runs for timing in found.values()),
        "peak_rss_mb": {"before": settled, "after": peak_mb()},
    }


def _stage(at: datetime, stage: Stage) -> Timing:
    timing = timed(at, weekly, SLUG, occasion=OCCASION, stages=[stage])
    sys.stderr.write(f"{stage.name} {timing.json()}\n")
    return timing


def runs(made: Machine, sizes: list[int], flags: list[str], minutes: float) -> Iterator[Any]:
    """Each size in a database and a process of its own."""
    for size in sizes:
        before = load()
        made.settle_in(f"growth{size}")
        command = [sys.executable, "-m", "benchmarks.weekly", "stages", "--units", str(size)]
        printed = made.finish(made.start(f"growth{size}", *command, *flags), minutes)
        yield json.loads(printed.splitlines()[-1]) | {"load_before": before}


def exponents(small: dict[str, Any], large: dict[str, Any]) -> dict[str, Any]:
    """log(t2/t1) / log(N2/N1) of each stage, by the clock and by our CPU."""
    scale = math.log(large["units"] / small["units"])
    return {
        name: {
            key: round(math.log(large["stages"][name][key] / timing[key]) / scale, 3)
            for key in ("seconds", "cpu_seconds")
            if min(large["stages"][name][key], timing[key]) > 0
        }
        for name, timing in small["stages"].items()
    }


def judged(found: list[dict[str, Any]]) -> dict[str, Any]:
    """The figures with their bars."""
    small, large = found[0], found[-1]
    grown = exponents(small, large) if len(found) > 1 else {}
    slow = [n for n in grown if large["stages"][n]["seconds"] >= NOISE]
    return {
        "runs": found,
        "exponents": grown,
        "bars": {"exponent": MOST_EXPONENT, "rss_mb": MOST_MB, "task_runs": MOST_TASK_RUNS},
        "within_bars": {
            "exponent": all(e <= MOST_EXPONENT for n in slow for e in grown[n].values()),
            "rss": large["peak_rss_mb"]["after"] <= MOST_MB,
            "task_runs": all(run["most_task_runs"] <= MOST_TASK_RUNS for run in found),
        },
    }
