"""A run in a process of its own, with the same home, database and Prefect server as the test."""

import os
import subprocess
import sys
from datetime import datetime

from prefect.settings import PREFECT_API_URL

from tests.flows.week import run


def start(at: datetime) -> "subprocess.Popen[bytes]":
    """Start a run of both pipelines at an instant; it says when it begins and when it ends."""
    here = {"PREFECT_API_URL": str(PREFECT_API_URL.value())}
    command = [sys.executable, "-m", "tests.flows.child", at.isoformat()]
    return subprocess.Popen(command, env=os.environ | here, stdout=subprocess.PIPE)


if __name__ == "__main__":
    print("begins", flush=True)  # noqa: T201
    run(datetime.fromisoformat(sys.argv[1]))
    print("ends")  # noqa: T201
