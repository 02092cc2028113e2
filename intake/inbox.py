"""The inbox folder: which files are there, when each came, and where it goes once it is kept."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

Stamp = tuple[int, int, int]
LONGEST = 255  # bytes in a file name


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file seen in the inbox: its path, when it came, and what tells it from a newer one."""

    path: Path
    at: datetime
    stamp: Stamp

    @property
    def size(self) -> int:
        """Its size in bytes."""
        return self.stamp[1]

    @property
    def name(self) -> str:
        """The file's name in words that can be stored, whatever encoding it was written in."""
        return os.fsencode(self.path.name).decode(errors="replace")


@dataclass(frozen=True, slots=True)
class Taken:
    """What was read of a file; ``content`` is None when it is kept on disk under its hash."""

    sha256: str
    size: int
    content: bytes | None


def arrivals(folder: Path, now: datetime, settle_seconds: float, simulated: bool) -> list[Arrival]:
    """The files that have come and are no longer being written, oldest first.

    A file came when it was last written or moved here; under a simulated now only its written
    time is meaningful.
    """
    found = [_arrival(entry, simulated) for entry in _files(folder)]
    ready = [a for a in found if simulated or (now - a.at).total_seconds() >= settle_seconds]
    return sorted((a for a in ready if a.at <= now), key=lambda a: (a.at, a.path))


def take(arrival: Arrival, cap: int, large: Path) -> Taken | None:
    """The bytes of a file as it was when it was seen; None when it cannot be read or has changed.

    One over the cap is not held in memory: its copy goes into the folder ``large``.
    """
    try:
        with arrival.path.open("rb") as file:
            if _stamp(os.fstat(file.fileno())) != arrival.stamp:
                return None
            if arrival.size > cap:
                return _copy(file, large)
            content = file.read()
            return Taken(hashlib.sha256(content).hexdigest(), len(content), content)
    except OSError:
        return None


def _copy(file: BinaryIO, folder: Path) -> Taken:
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as copy:
        shutil.copyfileobj(file, copy)
        size = copy.tell()
    with Path(copy.name).open("rb") as kept:
        sha256 = hashlib.file_digest(kept, "sha256").hexdigest()
    Path(copy.name).replace(folder / sha256)
    return Taken(sha256, size, None)


def put_away(arrival: Arrival, sha256: str, shelf: str) -> None:
    """Move a kept file out of the inbox; its bytes are in the database, its name stays readable.

    A newer version that was dropped under the same name meanwhile stays, for the next run.
    """
    folder = arrival.path.parent / shelf
    folder.mkdir(exist_ok=True)
    try:
        if _stamp(arrival.path.stat(follow_symlinks=False)) == arrival.stamp:
            arrival.path.replace(folder / f"{sha256[:8]}-{_shortened(arrival.path, LONGEST - 9)}")
    except OSError:
        return  # put away by another run, or left for the next: the same sighting counts once


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
