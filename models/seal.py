"""The audit key and what is hashed with it: rows (leaves) and audit events (seals).

The key lies outside the database, so that who can edit rows cannot seal them. Every leaf and seal
was made of the canonical form below: it never changes.
"""

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from models.base import Row
from settings import Settings

SIMPLE = frozenset({str, int, bool, type(None)})
NESTED = frozenset({dict, list})
SAME = (bool, int, str, dict, list)  # written as they are, all else as its words
CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
LINES = json.JSONEncoder(ensure_ascii=False, separators=("\n", ":"))  # no text holds a bare newline


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


def leaf(row: Row, secret: bytes) -> str:
    """The keyed hash of one row's columns."""
    return _hmac(_canonical(row), secret)[:32]


def leaves(rows: Sequence[Row], secret: bytes) -> list[str]:
    """The leaf of each row of a table, made a column at a time: half the work."""
    names = sorted(rows[0])
    form = "{" + ",".join(f'"{name}":%s' for name in names) + "}"
    columns = [_texts([row[name] for row in rows]) for name in names]
    return [_hmac(form % texts, secret)[:32] for texts in zip(*columns, strict=True)]


def seal_of(event: Row, secret: bytes) -> str:
    """The keyed hash of an audit event, its predecessor's included."""
    return _hmac(_canonical(event), secret)


def _canonical(row: Row) -> str:
    return CANONICAL.encode({name: _plain(value) for name, value in row.items()})


def _texts(values: Sequence[Any]) -> list[str]:
    """Each value of a column as the canonical form has it."""
    kinds = set(map(type, values))
    plain = values if kinds <= SIMPLE else [_plain(value) for value in values]
    if kinds & NESTED:
        return [CANONICAL.encode(value) for value in plain]
    return LINES.encode(plain)[1:-1].split("\n")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return _instant(value)
    return value if value is None or isinstance(value, SAME) else str(value)


@lru_cache(256)  # most instants of a transaction are the same one
def _instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat()


def _hmac(text: str, secret: bytes) -> str:
    return hmac.digest(secret, text.encode(), hashlib.sha256).hex()
