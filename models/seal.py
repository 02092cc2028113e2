"""The audit key: outside the database, so that who can edit rows cannot seal them."""

import os
import secrets
from functools import cache
from pathlib import Path

from settings import Settings


def key() -> bytes:
    """The key of this installation, from ``LUOSHU_AUDIT_KEY`` or the file made on first use."""
    settings = Settings()
    return settings.audit_key.encode() or _key_file(settings.folder() / "audit.key")


@cache
def _key_file(path: Path) -> bytes:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_hex(32).encode())
    return path.read_bytes()
