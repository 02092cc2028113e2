"""The inbox folder: which files are there, when each came, and where it goes once it is kept."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from intake.submission import SUFFIXES

Stamp = tuple[int, int, int]
LONGEST = 255  # bytes in a file name


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file seen in the inbox: its path, when it came, and what tells it from a newer one."""

    path: Path
    at: datetime
    stamp: Stamp

    @property
    def name(self) -> str:
        """The file's name in words that can be stored, whatever encoding it was written in."""
        return os.fsencode(self.path.name).decode(errors="replace")


def arrivals(folder: Path, now: datetime, settle_seconds: float, simulated: bool) -> list[Arrival]:
    """The files that have come and are no longer being written, oldest first.

    A file came when it was last written or moved here; under a simulated now only its written
    time is meaningful.
    """
    found = [_arrival(entry, simulated) for entry in _files(folder)]
    ready = [a for a in found if simulated or (now - a.at).total_seconds() >= settle_seconds]
    return sorted((a for a in ready if a.at <= now), key=lambda a: (a.at, a.path))


def put_away(arrival: Arrival, sha256: str, shelf: str) -> None:
    """Move a kept file out of the inbox; its bytes are in the database, its name stays readable.

    A newer version that was dropped under the same name meanwhile stays, for the next run.
    """
    folder = arrival.path.parent / shelf
    folder.mkdir(exist_ok=True)
    try:
        if _stamp(arrival.path.stat(follow_symlinks=False)) == arrival.stamp:
            arrival.path.replace(folder / f"{sha256[:8]}-{_shortened(arrival.path, LONGEST - 9)}")
    except FileNotFoundError:
        return  # another run put it away between our commit and now


def _shortened(path: Path, most: int) -> str:
    """The file's name within a number of bytes, its suffix kept."""
    suffix = os.fsencode(path.suffix)[-most // 2 :]
    stem = os.fsencode(path.stem)[: most - len(suffix)]
    return (stem + suffix).decode(errors="ignore")


def _files(folder: Path) -> Iterator["os.DirEntry[str]"]:
    with os.scandir(folder) as entries:
        for entry in entries:
            hidden = entry.name.startswith(".") or entry.name.endswith((".part", ".tmp"))
            if entry.is_file(follow_symlinks=False) and not hidden:
                yield entry


def _arrival(entry: "os.DirEntry[str]", simulated: bool) -> Arrival:
    status = entry.stat(follow_symlinks=False)
    # a written time after the time of change was set by hand, or by a clock that is ahead
    seconds = status.st_mtime if simulated or os.name == "nt" else status.st_ctime
    return Arrival(Path(entry.path), datetime.fromtimestamp(seconds, UTC), _stamp(status))


def _stamp(status: os.stat_result) -> Stamp:
    return (status.st_ino, status.st_size, status.st_mtime_ns)


def readable(path: Path) -> bool:
    """Whether the suffix is one that is read."""
    return path.suffix.lower() in SUFFIXES
