"""Settings: read from the environment only, each with the prefix ``LUOSHU_``."""

from functools import cached_property
from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where the data lives and how outside services are reached.

    A default stands here only where it is safe in production and safe in public.
    """

    model_config = SettingsConfigDict(env_prefix="LUOSHU_", frozen=True)

    home: Path = Path("var")
    database_url: str = ""  # empty: SQLite under home
    prefect_database_url: str = ""  # empty: SQLite under home/prefect
    programmes: Path | None = None  # a folder of the office's own programme folders
    audit_key: str = ""  # empty: the file home/audit.key, made on first use
    blob_cap: int = 10_000_000  # bytes; a larger file is kept on disk and not parsed
    inbox_settle_seconds: float = 2.0  # a younger file may still be growing: left for the next run
    lease_seconds: int = 60
    alert_after_minutes: int = 30  # a deadline's run that late raises an alert
    files_url: str = ""  # where the export folder is served; set by `luoshu up`
    mail_domain: str = "luoshu.invalid"  # right side of Message-ID and sender

    @cached_property
    def url(self) -> str:
        """The database of the product (never Prefect's)."""
        return self.database_url or f"sqlite:///{self.home.absolute() / 'luoshu.db'}"

    def folder(self, *parts: str) -> Path:
        """A folder under home, made when it is missing."""
        path = self.home.absolute().joinpath(*parts)
        path.mkdir(parents=True, exist_ok=True)
        return path
