"""Printed words resolved to units: what is known is found, the rest is proposed to a person.

A2.3 words for many units, A2.4 short and former names, A3.2 both scripts, A4.7 open lists.
A garbled word is proposed, never matched silently (A1.23).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from domain.lexicon import How, Lexicon, find
from domain.unit import UnitChange

LEVELS = "市省区區县縣"  # only the first of a list carries it, the others inherit it
GOVERNMENTS = ("人民政府", "政府")  # at the end of a list it belongs to every place in it
RESTARTS = "，,；;"  # behind one of these a level no longer carries
OPEN_LIST = re.compile(r"等(?:有关|有關|相关|相關)?(?:部门|部門|单位|單位|企业|企業)?$")
CLOSE = 3  # so many names that look alike are proposed


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a printed word means: its units, or the group ``group``, or what it might have meant.

    ``etc``: the list is open (等部门), the words name one of many. ``how`` is "open" for words
    nobody has expanded, "unknown" for those that mean nothing known; ``proposals`` are then names
    a person may choose from.
    """

    printed: str
    units: tuple[str, ...]
    group: str
    etc: bool
    how: How
    proposals: tuple[str, ...] = ()


def split(text: str, known: Lexicon) -> list[str]:
    """The names of a list, split outside brackets; a known name that holds 、 stays whole."""
    return [token for part in _parts(text, known) for token in part]


def resolve_list(text: str, known: Lexicon) -> list[Resolution]:
    """What each name of a list means, in the order printed; nothing is left out."""
    return [found for part in _parts(text, known) for found in _resolved(part, known)]


def successors(changes: Iterable[UnitChange], unit: str, day: date) -> tuple[str, ...]:
    """The units that stand on a day where ``unit`` stood before: itself unless it has gone."""
    standing = [unit]
    for change in sorted(changes, key=lambda change: change.on):
        if change.on <= day and (gone := set(standing) & set(change.before)):
            standing = [u for u in standing if u not in gone]
            standing += [u for u in change.after if u not in standing]
    return tuple(standing)


def _parts(text: str, known: Lexicon) -> list[list[str]]:
    folded = known.fold(text)
    shown = folded if len(folded) == len(text) else text  # names that hold 、 in either script
    parts: list[list[str]] = [[]]
    end = 0
    for match in known.token.finditer(shown):
        if any(mark in RESTARTS for mark in shown[end : match.start()]):
            parts.append([])
        if token := text[slice(*match.span())].strip():
            parts[-1].append(token)
        end = match.end()
    return [part for part in parts if part]


def _resolved(part: Sequence[str], known: Lexicon) -> Iterator[Resolution]:
    level = ""
    shared = next((end for end in GOVERNMENTS if part[-1].endswith(end)), "")
    for token in part:
        yield _resolve(token, level, shared, known)
        level = token[0] if token[0] in LEVELS else level


def _resolve(token: str, level: str, shared: str, known: Lexicon) -> Resolution:
    if sense := find(token, known):
        return Resolution(token, sense.units, sense.group, False, sense.how)
    word = OPEN_LIST.sub("", token)
    etc = word != token
    if not word:  # 等部门 alone
        return Resolution(token, (), "", True, "open")
    if proposed := known.doubtful.get(known.fold(word)):
        return Resolution(token, (), "", etc, "unknown", tuple(proposed))
    for reading, how in _readings(word, level, shared):
        if sense := find(reading, known):
            shown = sense.how if sense.group or not how else how
            return Resolution(token, sense.units, sense.group, etc, shown)
    return Resolution(token, (), "", etc, "unknown", _proposals(word, known))


def _readings(word: str, level: str, shared: str) -> Iterator[tuple[str, How | None]]:
    yield word, None
    for end in GOVERNMENTS:
        yield word.removesuffix(end), "suffix"
    yield f"{level}{word}", "prefix"
    yield f"{word}{shared}", "suffix"


def _proposals(word: str, known: Lexicon) -> tuple[str, ...]:
    folded = known.fold(word)
    garbled = [name for name in known.doubtful.get(_bare(folded), ())]
    close = [known.words[w] for w in get_close_matches(folded, known.words, CLOSE)]
    return tuple(dict.fromkeys([*garbled, *close]))


def _bare(word: str) -> str:
    for end in GOVERNMENTS:
        word = word.removesuffix(end)
    return word
