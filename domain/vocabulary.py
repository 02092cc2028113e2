"""The words that are read in what units send, from ``vocabulary.toml``."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from domain.folding import fold


@cache
def _words() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("domain") / "vocabulary.toml").read_text("utf-8"))


def section(name: str) -> Mapping[str, Any]:
    """A section as it stands in the file."""
    return _words()[name]


@cache
def words(name: str, key: str) -> frozenset[str]:
    """A list of words, folded for comparison."""
    return frozenset(fold(word) for word in _words()[name][key])


@cache
def patterns(name: str, key: str, after: str = "") -> tuple[re.Pattern[str], ...]:
    """A list of spellings; ``after`` is what may follow each."""
    return tuple(re.compile(pattern + after) for pattern in _words()[name][key])
