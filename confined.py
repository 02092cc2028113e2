"""How a process is confined that handles what strangers sent: no secrets, little memory."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parent
KEPT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")  # of the environment; the rest may be secret
MOST_MEMORY = 1536 * 2**20  # of address space


def command(module: str, *numbers: int) -> list[str]:
    """What starts a module of the product with these numbers."""
    return [sys.executable, "-P", "-m", module, *map(str, numbers)]


def environment() -> dict[str, str]:
    """All that such a process learns of its surroundings."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return kept | {"PYTHONPATH": str(ROOT)}


def limit(memory: int, written: int = 0, files: int = 0, seconds: int = 0) -> None:
    """Give up for good: address space and bytes a file may get, then open files and CPU seconds."""
    if os.name != "posix":  # elsewhere the wall limit has to do
        return
    import resource

    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, written),
        *([(resource.RLIMIT_NOFILE, files)] if files else []),
        *([(resource.RLIMIT_CPU, seconds)] if seconds else []),
    ):
        resource.setrlimit(what, (most, most))
