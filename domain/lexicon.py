"""The words that name somebody: which unit or group each means, in either script and any width.

A2.3 words for many units, A2.4 short and former names, A3.2 both scripts, A1.23 garbled words.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from domain.unit import DatedName, GroupReference

How = Literal[
    "name", "alias", "former", "prefix", "script", "suffix", "group", "open", "unknown"
]  # fmt: skip
Named = tuple[DatedName, str]  # with its kind: "name" is printed, "alias" understood, "doubtful"

BRACKETED = r"[（(〔][^（）()〔〕]*(?:[（(〔][^（）()〔〕]*[）)〕][^（）()〔〕]*)*[）)〕]"
SEPARATOR = r"[、，,；;]"


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a word: a unit, or a group and those it stands for."""

    units: tuple[str, ...]
    group: str
    how: How


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every word that names somebody, as written and as folded into one script and width."""

    written: Mapping[str, Sequence[Sense]]
    folded: Mapping[str, Sequence[Sense]]
    doubtful: Mapping[str, Sequence[str]]  # a garbled word, folded: the names it may stand for
    words: Mapping[str, str]  # a word, folded: as it is written
    token: re.Pattern[str]
    fold: Callable[[str], str]


def lexicon(
    names: Iterable[Named], groups: Iterable[GroupReference], fold: Callable[[str], str]
) -> Lexicon:
    """The words of a programme; ``fold`` makes both scripts and widths alike and is idempotent."""
    named = list(names)
    written: dict[str, list[Sense]] = {}
    for name, kind in named:
        if kind != "doubtful":
            written.setdefault(name.name, []).append(_sense(name, kind))
    for group in groups:
        sense = Sense(group.units, group.code, "open" if group.open else "group")
        for word in group.words:
            written.setdefault(word, []).append(sense)
    folded: dict[str, list[Sense]] = {}
    for word, senses in written.items():
        folded.setdefault(fold(word), []).extend(senses)
    words = {fold(word): word for word in written}
    return Lexicon(written, folded, _doubtful(named, fold), words, _token(written, fold), fold)


def find(word: str, known: Lexicon) -> Sense | None:
    """What a word means, as written or else as folded; None when nothing, or several things."""
    if sense := _one(known.written.get(word, ())):
        return sense
    sense = _one(known.folded.get(known.fold(word), ()))
    return replace(sense, how="script") if sense and not sense.group else sense


def _one(senses: Sequence[Sense]) -> Sense | None:
    """The sense of a word; None when it means several."""
    if len({(s.units, s.group) for s in senses}) != 1:
        return None
    return min(senses, key=lambda s: s.how == "former")  # a name borne again is today's


def _sense(name: DatedName, kind: str) -> Sense:
    how: How = "former" if name.valid_to else "name" if kind == "name" else "alias"
    return Sense((name.unit,), "", how)


def _doubtful(names: Iterable[Named], fold: Callable[[str], str]) -> dict[str, list[str]]:
    printed = {name.unit: name.name for name, kind in names if kind == "name"}
    found: dict[str, list[str]] = {}
    for name, kind in names:
        if kind == "doubtful":
            found.setdefault(fold(name.name), []).append(printed.get(name.unit, name.unit))
    return found


def _token(words: Iterable[str], fold: Callable[[str], str]) -> re.Pattern[str]:
    joined = {w for word in words if re.search(SEPARATOR, word) for w in (word, fold(word))}
    whole = [re.escape(word) for word in sorted(joined, key=len, reverse=True)]
    return re.compile(f"(?:{'|'.join([*whole, BRACKETED, SEPARATOR.replace('[', '[^')])})+")
