"""Figures of the weekly check-in: beside a naive baseline, and as the number of units grows.

    python -m benchmarks.weekly compare [N]
    python -m benchmarks.weekly growth [--sizes 10000 100000]

Prints one JSON document; progress goes to stderr.
"""

import argparse
import importlib.util
import json
import signal
import sys
from pathlib import Path
from typing import Any

from benchmarks.facts import facts, load
from benchmarks.machine import Machine, machine

ROOT = Path(__file__).parents[1]
NAIVE = ROOT.parent / "shared" / "benchmarks" / "naive_weekly.py"


def main() -> None:
    """Measure what the command line asks for."""
    asked = _parser().parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # the machine is cleaned up
    _print(asked.measure(asked))


def compare(asked: argparse.Namespace) -> dict[str, Any]:
    """Our week and the naive one, one after the other, against the same server."""
    with machine() as made:
        about = _begin(made)
        made.settle_in("compare")
        from benchmarks import compare as week  # Prefect reads its settings when it is imported

        _say(f"ours, {asked.units} units")
        found: dict[str, Any] = {"units": asked.units, "ours": week.ours(asked.units)}
        _say(json.dumps(found["ours"]))
        if skipped := _cannot_run(asked.naive):
            _say(skipped)
            return {"facts": about, **found, "naive": None, "skipped": skipped}
        found["naive"] = _naive(made, asked)
        return {"facts": about, **found, **week.ratios(found["ours"], found["naive"])}


def _begin(made: Machine) -> dict[str, Any]:
    """Start the Prefect server; the facts of the machine before anything is measured on it."""
    _say(f"PostgreSQL {made.postgres.version}, and a Prefect server")
    made.serve()
    return facts(made.postgres)


def _naive(made: Machine, asked: argparse.Namespace) -> dict[str, Any]:
    from benchmarks import compare as week

    _say(f"naive, {asked.units} units, one task each for collecting, checking and reminding")
    return week.naive(made, asked.units, asked.naive, asked.minutes)


def _cannot_run(script: Path) -> str:
    """Why the baseline cannot be run here, or nothing."""
    if not script.exists():
        return f"no baseline: {script.name} was not found; name it with --naive"
    missing = [m for m in ("aiosmtplib", "aiosmtpd") if not importlib.util.find_spec(m)]
    return f"no baseline: install {', '.join(missing)} (uv sync --group bench)" if missing else ""


def growth(asked: argparse.Namespace) -> dict[str, Any]:
    """The stages at each size, and how they grow."""
    flags = ["--receipts" if asked.receipts else "--no-receipts"]
    flags += ["--dispatch"] if asked.dispatch else []
    with machine() as made:
        about = _begin(made)
        from benchmarks import growth as week

        found = []
        for run in week.runs(made, sorted(asked.sizes), flags, asked.minutes):
            _say(json.dumps(run))
            found.append(run)
    return {"facts": about, "load_after": load(), **week.judged(found)}


def stages(asked: argparse.Namespace) -> dict[str, Any]:
    """One size, in the installation and with the server of the environment."""
    from benchmarks import growth as week

    return week.stages(asked.units, receipts=asked.receipts, sending=asked.dispatch)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.weekly", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("compare", help="our week beside a task a unit")
    one.add_argument("units", type=int, nargs="?", default=2000)
    one.add_argument("--naive", type=Path, default=NAIVE, help="the baseline's script")
    one.set_defaults(measure=compare)
    two = commands.add_parser("growth", help="each stage at several sizes")
    two.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    two.set_defaults(measure=growth)
    each = commands.add_parser("stages", help="one size, for growth")
    each.add_argument("--units", type=int, required=True)
    each.set_defaults(measure=stages)
    for command in (two, each):
        command.add_argument("--receipts", action=argparse.BooleanOptionalAction, default=True)
        command.add_argument("--dispatch", action="store_true", help="send the reminders too")
    for command in (one, two):
        command.add_argument("--minutes", type=float, default=30, help="the most a child may take")
    return parser


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")


def _print(found: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
