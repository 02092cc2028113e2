"""One week of N units: our pipeline beside what a user would write with one task a unit."""

import os
import re
import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks import population
from benchmarks.facts import load
from benchmarks.machine import Machine, free_port
from benchmarks.timing import count_task_runs, timed
from deployments.prepare import prepare
from flows.dispatch import dispatch
from flows.weekly import weekly
from models import message
from models.base import reading
from settings import Settings

SLUG, OCCASION = "luoyang-renewal", "2026-W46"
ZONE = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 11, 1, tzinfo=ZONE)
SENT = datetime(2026, 11, 12, 10, tzinfo=ZONE)
NOW = datetime(2026, 11, 12, 16, 30, tzinfo=ZONE)  # half an hour after the first reminder
BAR = 0.1  # ours takes at most a tenth


def ours(units: int) -> dict[str, Any]:
    """Open, collect, validate, remind and summarise a week of which nothing has been done yet."""
    prepare(START, demo=True)
    population.settle(SLUG, units, START)
    population.drop(Settings().folder("inbox", SLUG), SLUG, units, OCCASION, SENT)
    count_task_runs()
    before = load()
    week = timed(NOW, weekly, SLUG, occasion=OCCASION)
    sending = timed(NOW, dispatch)
    with reading() as session:
        sent = sum(n for _, state, n in message.count_by_channel(session) if state == "sent")
    return {
        "load_before": before,
        "weekly": week.json(),
        "dispatch": sending.json(),
        "messages": sent,
    }


def naive(made: Machine, units: int, script: Path, minutes: float) -> dict[str, Any]:
    """The baseline's own figures; it sends its mails within its flow."""
    before = load()
    os.environ |= {"SINK_PORT": str(free_port()), "TMPDIR": str(made.folder)}
    printed = made.finish(made.start("naive", sys.executable, str(script), str(units)), minutes)
    result = next(line for line in printed.splitlines() if line.startswith("RESULT "))
    figures = dict(re.findall(r"(\w+)=([\d.]+)", result))
    return {
        "load_before": before,
        "seconds": float(figures["flow"]),
        "cpu_seconds": float(figures["cpu"]),
        "task_runs": {"made": int(figures["tasks"])},
        "mails": int(figures["sent"]),
        "peak_rss_mb": int(figures["rss"]),
    }


def ratios(us: dict[str, Any], them: dict[str, Any]) -> dict[str, Any]:
    """Our time over theirs; once more with our sending counted in."""
    week, sending = us["weekly"]["seconds"], us["dispatch"]["seconds"]
    ratio = week / them["seconds"]
    return {
        "ratio": round(ratio, 4),
        "ratio_with_dispatch": round((week + sending) / them["seconds"], 4),
        "bar": BAR,
        "within_bar": ratio <= BAR,
    }
