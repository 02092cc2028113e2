"""The foot of a document: the rules it rests on that no office has confirmed yet (X4)."""

from collections.abc import Iterable

from domain.defaults import Default
from domain.sentences import say

MOST = 6  # notes; a foot longer than that is not read


def said(found: Iterable[Default], programme: str = "") -> list[str]:
    """Each default in words, under the programme's name when one is given; the same once."""
    words = [d.note or say("undecided.bare", place=d.place, value=d.value) for d in found]
    if programme:
        words = [say("undecided.of", programme=programme, note=note) for note in words]
    return list(dict.fromkeys(words))


def footnotes(notes: Iterable[str]) -> list[str]:
    """The lines of the foot, a head first, and how many are left out; none without notes."""
    found = list(notes)
    if not found:
        return []
    left = len(found) - MOST
    more = [say("undecided.more", count=left)] if left > 0 else []
    return [say("undecided.head"), *found[:MOST], *more]
