"""Words become values: each field's word by its kind, read exactly or refused with a reason."""

from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from domain.content import Cell, Value
from domain.day import day
from domain.figure import Slip, number, percent
from domain.folding import fold
from domain.form import Field
from domain.periods import Period
from domain.sentences import say

SHOWN = 12  # choices named in a sentence


def value(field: Field, word: str, period: Period | None = None) -> Value | Slip:
    """What a word says in a field, or why it says nothing; nothing is ever taken for 0."""
    text = word.strip()
    if not text or fold(text) == fold(Cell.NOT_REPORTED.value):
        return Cell.NOT_REPORTED
    if fold(text) == fold(Cell.NOT_APPLICABLE.value):
        return Cell.NOT_APPLICABLE
    return _read(field, text, period)


def _read(field: Field, text: str, period: Period | None) -> str | Decimal | date | Slip:
    match field.kind:
        case "number":
            return number(text, field.unit)
        case "percent":
            return percent(text)
        case "date":
            return day(text, period)
        case "choice":
            return choice(text, field.choices)
    return text


def choice(text: str, choices: tuple[str, ...]) -> str | Slip:
    """The one of the choices a word is, width and blanks aside; near ones are only proposed."""
    known = {fold(word): word for word in choices}
    if fold(text) in known:
        return known[fold(text)]
    listed = say("reading.and").join(choices[:SHOWN])
    if near := get_close_matches(fold(text), known, n=1, cutoff=0.5):
        return Slip("reading.near_choice", {"near": known[near[0]], "choices": listed})
    return Slip("reading.not_a_choice", {"choices": listed})
