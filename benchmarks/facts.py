"""What a figure was measured on: the machine, how busy it was, and the versions."""

import os
import platform
import resource
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.postgres import Postgres

PACKAGES = ("luoshu", "prefect", "sqlalchemy", "psycopg", "pydantic")


def facts(postgres: Postgres) -> dict[str, Any]:
    """The facts that go beside every figure."""
    return {
        "cores": len(os.sched_getaffinity(0)),
        "load": load(),
        "system": f"{platform.system()} {platform.machine()}",
        "versions": {
            "python": platform.python_version(),
            "postgresql": postgres.version,
            **{name: version(name) for name in PACKAGES},
        },
        "prefect_database": "postgresql" if postgres.serves_prefect else "sqlite",
        "commit": _commit(),
    }


def load() -> list[float]:
    """The load average of the last 1, 5 and 15 minutes."""
    return [round(number, 2) for number in os.getloadavg()]


def peak_mb() -> int:
    """The most memory this process has had so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _commit() -> str:
    here = Path(__file__).parent
    command = ["git", "describe", "--always", "--dirty", "--abbrev=12"]
    try:
        found = subprocess.run(command, cwd=here, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return found.stdout.strip()
