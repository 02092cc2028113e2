"""A machine to measure on: PostgreSQL and a Prefect server of its own, gone when it is done."""

import os
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

from benchmarks.postgres import Postgres
from deployments.environment import Address, auth, environment
from deployments.processes import Child, start

PATIENCE = 180.0  # seconds for a server to start on a busy machine


class Failed(Exception):
    """A child did not do what it was started for; the message holds the end of its log."""


@dataclass(slots=True)
class Machine:
    """A folder, a PostgreSQL server and the children started on it."""

    folder: Path
    postgres: Postgres
    children: list[Child] = field(default_factory=list)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        while self.children:
            self.children.pop().stop()
        self.postgres.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def settle_in(self, name: str) -> None:
        """Work in an empty installation from now on: a folder and a database of its own."""
        home = self.folder / name
        home.mkdir()
        os.environ |= {
            "LUOSHU_HOME": str(home),
            "LUOSHU_DATABASE_URL": self.postgres.database(name),
        }

    def start(self, name: str, *command: str) -> Child:
        """Start a child in the environment of now."""
        child = start(name, command, os.environ, self.folder)
        self.children.append(child)
        return child

    def finish(self, child: Child, minutes: float) -> str:
        """Wait for a child to end; what it printed."""
        deadline = time.monotonic() + 60 * minutes
        while child.alive and time.monotonic() < deadline:
            time.sleep(0.2)
        printed = child.log.read_text("utf-8", errors="replace")
        if child.process.poll() != 0:
            ended = child.process.poll()
            raise Failed(f"{child.name}: exit {ended} within {minutes} minutes\n{printed[-4000:]}")
        return printed

    def serve(self) -> None:
        """Start a Prefect server on a free port and work with it."""
        if self.postgres.serves_prefect:
            url = self.postgres.database("prefect", "asyncpg")
            os.environ["LUOSHU_PREFECT_DATABASE_URL"] = url
        address = Address(free_port())
        os.environ |= environment(address)
        server = self.start(
            "server", sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1",
            "--port", str(address.port),
        )  # fmt: skip
        deadline = time.monotonic() + PATIENCE
        while not _is_ours(address):
            if not server.alive or time.monotonic() > deadline:
                raise Failed(server.log.read_text("utf-8", errors="replace")[-4000:])
            time.sleep(0.5)


@contextmanager
def machine() -> Iterator[Machine]:
    """An empty machine; nothing from the environment outside leaks in."""
    for name in [name for name in os.environ if name.startswith(("LUOSHU_", "PREFECT_"))]:
        del os.environ[name]
    postgres = Postgres()
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    with Machine(folder, postgres) as made:
        made.settle_in("server")
        yield made


def free_port() -> int:
    """A port of the loopback nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_ours(address: Address) -> bool:
    """Whether a server takes our login and nobody else's: then it is the one we started."""
    name, _, word = auth().partition(":")
    url = f"{address.ui}/api/flows/count"
    try:
        answers = [httpx.post(url, auth=(name, w), json={}).status_code for w in (word, "other")]
    except httpx.HTTPError:
        return False
    return answers == [200, 401]
