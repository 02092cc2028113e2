"""Reading what units send: a week of ledgers, one large sheet, and bare calamine beside them.

    python -m benchmarks.intake [--files N] [--rows N]

The ledgers go through the pool as they do in collecting. One reader's time for a file, once it is
warm, stands beside that of calamine alone in this process on the same files: with everything, and
without the preflight, which has figures of its own. Prints one JSON document.
"""

import argparse
import io
import json
import os
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from benchmarks.facts import load, peak_mb
from domain.grid import Workbook
from intake import preflight
from intake.sandbox import WORKERS, Reader, read_all

NAME = "ledger.xlsx"
FIELDS, COLUMNS = 40, 15
DISTINCT = 50  # ledgers that differ; each is sent by several
WARM = 20
MOST_POOL, MOST_LARGE, MOST_RATIO = 60.0, 6.0, 2.0
Pair = tuple[float, float]
DAY = date(2026, 11, 30)


def main() -> None:
    """Measure as many files and rows as the command line asks for."""
    parser = argparse.ArgumentParser(prog="benchmarks.intake")
    parser.add_argument("--files", type=int, default=1_000)
    parser.add_argument("--rows", type=int, default=50_000)
    asked = parser.parse_args()
    before = load()
    ledgers = [ledger(n) for n in range(DISTINCT)]
    found = {
        "pool": pool(ledgers, asked.files),
        "large": large(sheet(asked.rows)),
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


def single(ledgers: Sequence[bytes], count: int) -> dict[str, Any]:
    """Milliseconds a file: by a warm reader, by its preflight alone, and by calamine alone.

    Those of the processor are judged: waiting for a turn on a busy machine is no cost of reading.
    """
    sent = [ledgers[n % len(ledgers)] for n in range(WARM + count)]
    start = _read_in_turn(sent[:WARM])
    read = [(more - less) / count for more, less in zip(_read_in_turn(sent), start, strict=True)]
    checked = _in_turn(lambda content: preflight.check(NAME, content), sent)
    alone = _in_turn(bare, sent)
    ratio, apart = read[1] / alone[1], (read[1] - checked[1]) / alone[1]
    return {
        **{
            name: {"wall_ms": round(wall * 1000, 3), "cpu_ms": round(cpu * 1000, 3)}
            for name, (wall, cpu) in (("read", read), ("preflight", checked), ("bare", alone))
        },
        "cpu_ratio": round(ratio, 2),
        "cpu_ratio_preflight_apart": round(apart, 2),
        "bar": MOST_RATIO,
        "within_bar": apart <= MOST_RATIO,
    }


def _read_in_turn(sent: Sequence[bytes]) -> Pair:
    """Wall and processor seconds of a new reader for all of them."""
    wall, cpu = time.perf_counter(), _cpu()
    with Reader() as reader:
        for content in sent:
            _checked(reader.read(NAME, content))
    return time.perf_counter() - wall, _cpu() - cpu


def _in_turn(work: Callable[[bytes], object], sent: Sequence[bytes]) -> Pair:
    """Wall and processor seconds a file in this process, once warm."""
    for content in sent[:WARM]:
        work(content)
    wall, cpu = time.perf_counter(), _cpu()
    for content in sent[WARM:]:
        work(content)
    count = len(sent) - WARM
    return (time.perf_counter() - wall) / count, (_cpu() - cpu) / count


def bare(content: bytes) -> list[Any]:
    """Every cell of every sheet, as calamine gives them."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [book.get_sheet_by_name(name).to_python(False) for name in book.sheet_names]


def ledger(number: int) -> bytes:
    """A filled-in ledger: a head, a row for each field, and the very hidden sheet that names it."""

    def fill(book: Any) -> None:
        page, style = book.add_worksheet("ledger"), book.add_format({"border": 1})
        page.merge_range(0, 0, 0, 5, "Ledger")
        page.write_row(2, 0, ["no", "field", "unit", "now", "before", "note"], style)
        for row in range(FIELDS):
            values = [row + 1, f"field {row}", "%", row * 1.25 + number, row, f"note {row}"]
            page.write_row(3 + row, 0, values, style)
        page.data_validation(3, 3, 3 + FIELDS, 3, {"validate": "list", "source": ["yes"]})
        hidden = book.add_worksheet("_luoshu")
        hidden.very_hidden()
        for row, key in enumerate(("programme", "office", "form", "unit", "occasion", "version")):
            hidden.write_row(row, 0, [key, f"{key}-{number}"])

    return _written(fill)


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


def _cpu() -> float:
    """Processor seconds of this process and of those it has ended."""
    return sum(os.times()[:4])


if __name__ == "__main__":
    main()
