"""A document on disk: whole, or not there."""

from pathlib import Path
from tempfile import NamedTemporaryFile


def put(path: Path, content: bytes) -> None:
    """Write a file that replaces the one before it only once it is whole; raises OSError."""
    with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as half:
        half.write(content)
    Path(half.name).chmod(0o644)
    Path(half.name).replace(path)
