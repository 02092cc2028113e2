"""The units that words name to a programme."""

from collections.abc import Collection, Sequence

from domain.errors import Refused
from domain.lexicon import find
from domain.resolution import resolve_list
from models.base import Session
from models.unit import resolve
from tasks.work import sound, words_of


def units_of(session: Session, slug: str, words: Collection[str]) -> dict[str, str]:
    """The unit each word names to a programme, in either script; a doubtful word names none."""
    found = _written(slug, words)
    # units by their id, under words of former registers, and those a demonstration makes up
    return resolve(session, set(words) - found.keys()) | found


def meanings(session: Session, words: Collection[str]) -> dict[str, set[str]]:
    """What each word names where no programme is said: the units of all those that know it.

    A word that none knows may still be a unit's id, or stand in a register.
    """
    found: dict[str, set[str]] = {}
    for slug in sound():
        for word, unit in _written(slug, words).items():
            found.setdefault(word, set()).add(unit)
    rest = resolve(session, [word for word in words if word not in found])
    return found | {word: {unit} for word, unit in rest.items()}


def _written(slug: str, words: Collection[str]) -> dict[str, str]:
    """The one unit that each word names in a programme's folder."""
    known = words_of(slug)
    senses = {word: find(word, known) for word in words}
    return {word: s.units[0] for word, s in senses.items() if s and s.units and not s.group}


def units_named(session: Session, slug: str, words: Sequence[str]) -> dict[str, str]:
    """The unit each word names; Refused, with the nearest names, for one that names none."""
    found = units_of(session, slug, words)
    for word in words:
        if word not in found:
            near = "、".join(p for r in resolve_list(word, words_of(slug)) for p in r.proposals)
            raise Refused("unit.unknown" if near else "unit.unknown_far", word=word, near=near)
    return {word: found[word] for word in words}
