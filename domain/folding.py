"""Words made alike before they are compared: width, case, blanks and punctuation."""

import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

LIFTED = ("<super>", "<sub>", "<circle>", "<fraction>")  # 10⁵ is not 105, ① is not 1
RATIOS = "‰‱"  # not so %, which a head may leave out
KEPT = 200  # characters of a word that is worth remembering
MINUS = str.maketrans({"−": "-", "﹣": "-"})


def plain(text: str) -> str:
    """A word in one width and without blanks around it; what stands raised stays as it is."""
    if text.isascii():
        return text.strip()
    if unicodedata.is_normalized("NFKC", text):  # most are, and that is quickly seen
        return text.translate(MINUS).strip()
    kept = [ch if _lifted(ch) else unicodedata.normalize("NFKC", ch) for ch in text]
    return "".join(kept).translate(MINUS).strip()


def _lifted(ch: str) -> bool:
    return unicodedata.decomposition(ch).startswith(LIFTED)


def fold(text: str) -> str:
    """A word for comparison: one width, small letters, no blanks at all."""
    return (_fold if len(text) <= KEPT else _fold.__wrapped__)(text)


def bare(text: str) -> str:
    """A word for comparison of heads: letters, digits and signs of measure only."""
    return (_bare if len(text) <= KEPT else _bare.__wrapped__)(text)


@lru_cache(maxsize=4096)
def _fold(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    return "".join(ch for ch in fold(text) if unicodedata.category(ch)[0] in "LNS" or ch in RATIOS)


def alike(one: str, other: str, least: float = 0) -> float:
    """How alike two short words are, 0 to 1; the same characters in another order nearly are.

    Of words less alike than ``least`` it only says that they are.
    """
    both = len(one) + len(other)
    if 2 * min(len(one), len(other)) < least * both:
        return 0.0
    shared = 2 * (Counter(one) & Counter(other)).total() / both if both else 0.0
    if shared < least:
        return shared
    return max(SequenceMatcher(None, one, other, autojunk=False).ratio(), 0.9 * shared)


def may_be(one: str, other: str, least: float) -> bool:
    """Whether two short words share characters enough to be ``least`` alike; quickly."""
    return 2 * sum(map(other.__contains__, one)) >= least * (len(one) + len(other))


def overlap(one: str, other: str) -> float:
    """How alike two texts of any length are, 0 to 1: the pairs of characters they share."""
    if one == other:
        return 1.0
    left, right = (Counter(pairwise(text)) for text in (one, other))
    both = left.total() + right.total()
    return 2 * (left & right).total() / both if both else 0.0
