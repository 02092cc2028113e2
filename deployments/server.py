"""Prefect's server as a process of ours: ``python -m deployments.server server start …``.

Its garbage is collected in a thread of its own. A cursor that is finalised while its connection
waits for SQLite's write lock waits too; in the event loop that stops the whole server, the holder
of the lock included, until the wait times out a minute later (docs/decisions/0006).
"""

import gc
import runpy
import sys
import threading
import time

EVERY = 20.0  # seconds between two collections


def main() -> None:
    """Run Prefect's command line with the words this process was given."""
    gc.disable()
    threading.Thread(target=_collect, name="collector", daemon=True).start()
    sys.argv[0] = "prefect"
    runpy.run_module("prefect", run_name="__main__")


def _collect() -> None:
    while True:
        time.sleep(EVERY)
        gc.collect()


if __name__ == "__main__":
    main()
