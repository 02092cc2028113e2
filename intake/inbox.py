"""The inbox folder: which files are there, when each came, and where it goes once it is kept."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from intake.submission import SUFFIXES


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file seen in the inbox: its path and the instant it came."""

    path: Path
    at: datetime


def arrivals(folder: Path, now: datetime, settle_seconds: float, simulated: bool) -> list[Arrival]:
    """The files that have come and are no longer being written, oldest first.

    A file came when it was last written or moved here; under a simulated now only its written
    time is meaningful.
    """
    found = [Arrival(Path(entry.path), _came(entry, simulated)) for entry in _files(folder)]
    ready = [a for a in found if simulated or (now - a.at).total_seconds() >= settle_seconds]
    return sorted((a for a in ready if a.at <= now), key=lambda a: (a.at, a.path))


def put_away(path: Path, sha256: str, shelf: str) -> None:
    """Move a kept file out of the inbox; its bytes are in the database, its name stays readable."""
    folder = path.parent / shelf
    folder.mkdir(exist_ok=True)
    try:
        stem = path.stem.encode()[:200].decode(errors="ignore")  # names end at 255 bytes
        path.replace(folder / f"{sha256[:8]}-{stem}{path.suffix}")
    except FileNotFoundError:
        return  # another run put it away between our commit and now


def _files(folder: Path) -> Iterator["os.DirEntry[str]"]:
    with os.scandir(folder) as entries:
        for entry in entries:
            hidden = entry.name.startswith(".") or entry.name.endswith((".part", ".tmp"))
            if entry.is_file(follow_symlinks=False) and not hidden:
                yield entry


def _came(entry: "os.DirEntry[str]", simulated: bool) -> datetime:
    status = entry.stat(follow_symlinks=False)
    seconds = status.st_mtime if simulated else max(status.st_mtime, status.st_ctime)
    return datetime.fromtimestamp(seconds, UTC)


def readable(path: Path) -> bool:
    """Whether the suffix is one that is read."""
    return path.suffix.lower() in SUFFIXES
