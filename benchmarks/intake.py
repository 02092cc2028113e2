"""Reading what units send: a week of ledgers, one large sheet, and bare calamine beside them.

    python -m benchmarks.intake [--files N] [--rows N]

The ledgers, which are the product's own forms filled in, go through the pool as in collecting. The
time the warm pool takes for a file stands beside that of calamine alone in this process on the same
files: with everything, and without the preflight, which has figures of its own. What a single
reader costs the processor, whatever goes on side by side, is told as well. Prints one JSON
document.
"""

import argparse
import io
import json
import os
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice
from statistics import median
from typing import Any

import psutil
import xlsxwriter
from python_calamine import CalamineWorkbook

from benchmarks.facts import load, peak_mb
from documents.blank import Spec
from documents.template import template
from domain.content import ONE, Content
from domain.grid import Workbook
from intake import preflight
from intake.sandbox import WORKERS, Reader, read_all
from tasks.templates import Asked, papers

NAME = "ledger.xlsx"
PROGRAMME = "luoyang-renewal"
NOW = datetime(2026, 11, 18, tzinfo=UTC)
NUMBER = Decimal("12.5")
COLUMNS = 15
WARM = 20
ROUNDS = 5
MOST_POOL, MOST_LARGE, MOST_RATIO = 60.0, 6.0, 2.0
DAY = date(2026, 11, 30)


def main() -> None:
    """Measure as many files and rows as the command line asks for."""
    parser = argparse.ArgumentParser(prog="benchmarks.intake")
    parser.add_argument("--files", type=int, default=1_000)
    parser.add_argument("--rows", type=int, default=50_000)
    asked = parser.parse_args()
    before = load()
    ledgers = templates()
    found = {
        "pool": pool(ledgers, asked.files),
        "large": large(sheet(asked.rows)),
        "warm": warm(ledgers, asked.files),
        "single": single(ledgers, min(asked.files, 500)),
        "load_before": before,
        "load_after": load(),
        "peak_rss_mb": peak_mb(),
    }
    sys.stdout.write(json.dumps(found) + "\n")


def pool(ledgers: Sequence[bytes], count: int) -> dict[str, Any]:
    """Many ledgers, several read side by side, the start of the readers included."""
    sent = ((NAME, ledgers[n % len(ledgers)]) for n in range(count))
    seconds = _seconds(lambda: deque(map(_checked, read_all(sent)), maxlen=0))
    return {
        "files": count,
        "workers": WORKERS,
        "seconds": round(seconds, 2),
        "bar": MOST_POOL,
        "within_bar": seconds <= MOST_POOL,
    }


def large(content: bytes) -> dict[str, Any]:
    """One large sheet through a new reader; its preflight, and calamine alone, in this process."""
    cpu = _cpu()
    with Reader() as reader:
        seconds = _seconds(lambda: _checked(reader.read(NAME, content)))
    return {
        "bytes": len(content),
        "seconds": round(seconds, 2),
        "cpu_seconds": round(_cpu() - cpu, 2),  # of both processes; more wall time is others' load
        "preflight_seconds": round(_seconds(lambda: preflight.check(NAME, content)), 2),
        "bare_seconds": round(_seconds(lambda: bare(content)), 2),
        "bar": MOST_LARGE,
        "within_bar": seconds <= MOST_LARGE,
    }


def warm(ledgers: Sequence[bytes], count: int) -> dict[str, Any]:
    """Milliseconds a file: through the warm pool, its preflight alone, and calamine alone.

    The three take turns, round by round, and the round in the middle is judged. Of the preflight no
    more is taken off than the readers of the pool would need if they shared it evenly.
    """
    files = [ledgers[n % len(ledgers)] for n in range(count)]
    rounds = []
    for _ in range(ROUNDS):
        seconds = {
            "pool": _warm_seconds(files),
            "preflight": _seconds(lambda: [preflight.check(NAME, file) for file in files]),
            "bare": _seconds(lambda: [bare(file) for file in files]),
        }
        ms = {name: each / count * 1000 for name, each in seconds.items()}
        rounds.append(((ms["pool"] - ms["preflight"] / WORKERS) / ms["bare"], ms))
    ratio = median(apart for apart, _ in rounds)
    ms = next(ms for apart, ms in rounds if apart == ratio)
    return {
        "ms": {name: round(each, 3) for name, each in ms.items()},
        "ratio": round(ms["pool"] / ms["bare"], 2),
        "ratio_preflight_apart": round(ratio, 2),
        "rounds": [round(apart, 2) for apart, _ in rounds],
        "bar": MOST_RATIO,
        "within_bar": ratio <= MOST_RATIO,
    }


def _warm_seconds(files: Sequence[bytes]) -> float:
    """Seconds for the files, after a few that warm the readers."""
    answers = read_all((NAME, file) for file in (*files[:WARM], *files))
    deque(map(_checked, islice(answers, WARM)), maxlen=0)
    return _seconds(lambda: deque(map(_checked, answers), maxlen=0))


def single(ledgers: Sequence[bytes], count: int) -> dict[str, Any]:
    """Milliseconds of the processor for a file: by a warm reader, its preflight, calamine alone.

    The three take turns file by file, so that what else the machine does burdens all alike.
    """
    with Reader() as reader:
        steps: dict[str, Callable[[bytes], object]] = {
            "read": lambda content: _checked(reader.read(NAME, content)),
            "preflight": lambda content: preflight.check(NAME, content),
            "bare": bare,
        }
        for content in ledgers[:WARM]:
            for work in steps.values():
                work(content)
        spent = dict.fromkeys(steps, 0.0)
        child = _children_cpu()
        for n in range(count):
            for name, work in steps.items():
                begun = time.process_time()
                work(ledgers[n % len(ledgers)])
                spent[name] += time.process_time() - begun
        spent["read"] += _children_cpu() - child
    ms = {name: round(seconds / count * 1000, 3) for name, seconds in spent.items()}
    return {
        "cpu_ms": ms,
        "cpu_ratio": round(ms["read"] / ms["bare"], 2),
        "cpu_ratio_preflight_apart": round((ms["read"] - ms["preflight"]) / ms["bare"], 2),
    }


def bare(content: bytes) -> list[Any]:
    """Every cell of every sheet, as calamine gives them."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [book.get_sheet_by_name(name).to_python(False) for name in book.sheet_names]


def templates() -> list[bytes]:
    """The form of each unit of a programme for one week, with last week's answers in it."""
    asked = Asked(occasion="2026-W47")
    return [template(filled(paper.spec)) for paper in papers(PROGRAMME, asked, NOW)]


def filled(spec: Spec) -> Spec:
    """A form with an answer in each field."""
    said = {
        field.code: NUMBER if field.kind in ("number", "percent") else f"{field.label} 1"
        for field in spec.form.fields
    }
    return replace(spec, before=Content({ONE: said}), before_of="2026-W46")


def sheet(rows: int) -> bytes:
    """A sheet of text, numbers, percentages, dates and calculated formulas."""

    def fill(book: Any) -> None:
        page = book.add_worksheet("all")
        percent = book.add_format({"num_format": "0%"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for row in range(rows):
            page.write_row(row, 0, [f"project {row}", f"street {row}", *[f"note {row % 99}"] * 3])
            page.write_row(row, 5, [row * 1.37 + column for column in range(COLUMNS - 8)])
            page.write_number(row, COLUMNS - 3, 0.85, percent)
            page.write_datetime(row, COLUMNS - 2, DAY, day)
            page.write_formula(row, COLUMNS - 1, f"=F{row + 1}*2", None, row + 0.5)

    return _written(fill)


def _written(fill: Callable[[Any], None]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        fill(book)
    return target.getvalue()


def _checked(found: object) -> None:
    if not isinstance(found, Workbook):
        raise SystemExit(str(found))


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _children_cpu() -> float:
    """Processor seconds of the readers that are at work."""
    times = [child.cpu_times() for child in psutil.Process().children()]
    return float(sum(each.user + each.system for each in times))


def _cpu() -> float:
    """Processor seconds of this process and of those it has ended."""
    return sum(os.times()[:4])


if __name__ == "__main__":
    main()
