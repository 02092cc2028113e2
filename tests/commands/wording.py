"""A sentence of the catalogue in what was printed, whatever it says today."""

import re

from domain.sentences import catalogue


def is_said(key: str, text: str, *values: object) -> bool:
    """Whether the text is this sentence, filled in, and names the values."""
    fixed = re.split(r"\{\w+\}", catalogue()[key])
    pattern = ".+".join(re.escape(part) for part in fixed)
    found = re.fullmatch(pattern, text.replace("\n", ""))
    return bool(found) and all(str(value) in text.replace("\n", "") for value in values)
