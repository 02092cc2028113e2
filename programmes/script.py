"""Chinese in one script and one width, so that words can be compared: 縣（市） as 县(市) (A3.2)."""

import unicodedata
from functools import cache, lru_cache

from opencc import OpenCC


@lru_cache(maxsize=65536)
def simplified(text: str) -> str:
    """The text in Simplified characters of ordinary width, for comparing; idempotent.

    Each character by itself, so that a part of a text folds as it does within the whole.
    """
    return "".join(map(_character, text))


@cache
def _character(character: str) -> str:
    folded = "".join(map(_traditional().convert, unicodedata.normalize("NFKC", character)))
    return folded if folded == character else simplified(folded)


@cache
def _traditional() -> OpenCC:
    return OpenCC("t2s")
