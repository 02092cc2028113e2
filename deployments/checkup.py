"""What could trip an installation, looked at one by one."""

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from migrations import migrate
from models.base import reading
from models.run import unfinished
from models.workday import workdays
from settings import Settings

# below this minor version the three are known to work together (docs/decisions/0006)
BELOW = {"prefect": (4, 0), "fastapi": (0, 151), "sqlalchemy": (2, 1)}
LEAST_FREE = 1 << 30  # bytes


@dataclass(frozen=True, slots=True)
class Result:
    """One look: good, doubtful (something will need doing) or bad (something will fail)."""

    check: str
    result: Literal["good", "doubtful", "bad"]
    detail: dict[str, Any] = field(default_factory=dict)


def checkup() -> Iterator[Result]:
    """Every look; those that need the database only when there is one."""
    yield _python()
    yield from _versions()
    yield _zone()
    yield _disk()
    yield _key()
    database = _database()
    yield database
    if database.result == "good":
        yield _calendar()
        yield _runs()


def _python() -> Result:
    running = ".".join(map(str, sys.version_info[:3]))
    return Result("python", "good" if sys.version_info >= (3, 11) else "bad", {"version": running})


def _versions() -> Iterator[Result]:
    for package, limit in BELOW.items():
        found = version(package)
        numbers = tuple(int(part) for part in found.split(".")[:2])
        result: Literal["good", "bad"] = "good" if numbers < limit else "bad"
        below = ".".join(map(str, limit))
        yield Result("versions", result, {"package": package, "version": found, "below": below})


def _zone() -> Result:
    try:
        ZoneInfo("Asia/Shanghai")
    except ZoneInfoNotFoundError:
        return Result("zone", "bad")
    return Result("zone", "good")


def _disk() -> Result:
    free = shutil.disk_usage(Settings().folder()).free
    result: Literal["good", "doubtful"] = "good" if free > LEAST_FREE else "doubtful"
    return Result("disk", result, {"free": free >> 20})


def _key() -> Result:
    settings, file = Settings(), Settings().folder() / "audit.key"
    if settings.audit_key:
        return Result("key", "good")
    if not file.exists():  # a new one would call every older row edited
        lost = (settings.folder() / "luoshu.db").exists()
        return Result("lost_key", "bad", {"file": file}) if lost else Result("key", "good")
    open_to_others = file.stat().st_mode & 0o077
    return Result("key", "bad" if open_to_others else "good", {"file": file})


def _database() -> Result:
    settings = Settings()
    if not settings.database_url and not Path(settings.folder() / "luoshu.db").exists():
        return Result("database", "doubtful", {"home": settings.home})
    try:
        current = migrate.current()
    except Exception:  # whatever the driver raises, it does not answer
        return Result("connection", "bad")
    good = current == migrate.head()
    detail = {"revision": current, "head": migrate.head(), "home": settings.home}
    return Result("database", "good" if good else "bad", detail)


def _calendar() -> Result:
    year = datetime.now(UTC).year
    with reading() as session:
        known = workdays(session).years
    missing = [y for y in (year, year + 1) if y not in known]
    result: Literal["good", "doubtful"] = "doubtful" if missing else "good"
    return Result("calendar", result, {"years": "、".join(map(str, missing or [year, year + 1]))})


def _runs() -> Result:
    with reading() as session:
        running = unfinished(session)
    dead = [run for run in running if not Path(f"/proc/{run.pid}").exists()]
    lost = [run for run in dead if run.host == os.uname().nodename]
    return Result("runs", "doubtful" if lost else "good", {"count": len(lost)})
