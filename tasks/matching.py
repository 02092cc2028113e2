"""Which obligation a report answers, by the unit, occasion and form it names."""

from collections.abc import Collection, Mapping, Sequence

from domain.errors import Refused
from domain.lexicon import find
from domain.resolution import resolve_list
from domain.sentences import say
from intake.submission import Submission
from models import obligation
from models.base import Session
from models.obligation import Owed
from models.unit import resolve
from tasks.work import Work, programme, sound, words_of

Answer = tuple[Owed | None, str]  # the obligation, or the catalogue key of why there is none


def answers(session: Session, work: Work, sent: Sequence[Submission]) -> list[Answer]:
    """The obligation each report answers, in the order they are given."""
    units = units_of(session, work.programme, {s.unit for s in sent})
    owed = obligation.of_debtors(
        session, work.programme, set(units.values()), {s.occasion for s in sent}
    )
    labels = {form.code: form.label for form in programme(work.programme).forms}
    return [_answer(s, units, owed, labels) for s in sent]


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
            raise Refused("unit.unknown", word=word, near=near or say("unit.none_near"))
    return {word: found[word] for word in words}


def _answer(
    sent: Submission,
    units: Mapping[str, str],
    owed: Mapping[tuple[str, str], list[Owed]],
    labels: Mapping[str, str],
) -> Answer:
    if sent.problem:
        return None, sent.problem
    if sent.unit not in units:
        return None, "intake.unknown_unit"
    every = owed.get((units[sent.unit], sent.occasion), [])
    forms = [o for o in every if sent.form in ("", o.form, labels.get(o.form))]
    if len(forms) != 1:
        return None, "intake.which_form" if every else "intake.not_owed"
    return forms[0], ""
