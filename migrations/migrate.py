"""Bring a database to the newest schema; refuse one that a newer version has touched."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

from domain.errors import Refused
from models.base import READS, engine
from settings import Settings

HERE = Path(__file__).parent


def head() -> str:
    """The newest revision, from the committed head file (two branches conflict there, in git)."""
    return (HERE / "current-head").read_text("utf-8").strip()


def exists() -> bool:
    """Whether there is a database; asking must not make one."""
    settings = Settings()
    return bool(settings.database_url) or (settings.home / "luoshu.db").exists()


def current() -> str | None:
    """The revision the database is at, None for an empty one."""
    with engine().connect().execution_options(**READS[engine().dialect.name]) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def upgrade() -> bool:
    """Bring the database to the newest schema; whether anything had to be done."""
    with engine().begin() as connection:
        at = MigrationContext.configure(connection).get_current_revision()
        if at == head():
            return False
        config = _config(connection)
        if at is not None and at not in _known(config):
            raise Refused("database.newer", revision=at, head=head())
        command.upgrade(config, "head")
        return True


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.attributes["connection"] = connection
    return config


def _known(config: Config) -> set[str]:
    return {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
