"""What a command needs before it touches data: a database that is there and up to date."""

from contextlib import suppress
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from domain.cell import ending, plain
from domain.errors import Refused
from domain.known import Bad
from migrations import migrate
from settings import Settings

DEMO_HOME = "var/demo"


def ready() -> None:
    """Refuse, with the remedy, when there is no database here or it is of another version."""
    if not migrate.exists():
        raise Refused("database.missing", home=Settings().home, demo=DEMO_HOME)
    if migrate.current() != migrate.head():
        raise Refused("database.outdated", revision=migrate.current(), head=migrate.head())


def ready_if_any() -> None:
    """Refuse a database of another version; without any, what can be computed is."""
    if migrate.exists():
        ready()


def past(instant: datetime | None) -> datetime | None:
    """An instant to look back to, or None for now; what has not been yet is refused."""
    if instant and instant > datetime.now(UTC):
        raise Refused("run.future")
    return instant


def until(word: str, zone: ZoneInfo) -> datetime:
    """The instant a deadline typed by hand means: of a day alone, its 24:00; else Refused."""
    with suppress(ValueError):
        at = datetime.fromisoformat(word.strip())
        if at.tzinfo is not None:
            return at
    with suppress(Bad):
        if found := ending(plain(word), zone):
            return found
    raise Refused("instant.unreadable", value=word)


def local(instant: datetime | None, zone: ZoneInfo) -> datetime | None:
    """An instant typed without a zone is meant in the programme's; None stays None."""
    if instant is None or instant.tzinfo is not None:
        return instant
    return instant.replace(tzinfo=zone)
