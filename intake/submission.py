"""What a program sent as .json: the cells under codes or labels. Nothing here is judged."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.folding import fold
from domain.sent import NIL, UNCHANGED, payload, words
from domain.vocabulary import words as known

UNIT_WORDS = ("unit", "单位", "报送单位")
OCCASION_WORDS = ("occasion", "期", "期号")
FORM_WORDS = ("form", "表")
FLAGS = (NIL, UNCHANGED)  # what a report says as a whole, beside its cells
# PostgreSQL takes no NUL, nothing takes half a surrogate pair, and no terminal wants an escape
UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Submission:
    """One report as sent: whose, for which occasion, and what a receipt keeps of it.

    ``problem`` is a key of the catalogue when it could not be read or matched, ``detail`` fills
    its sentence.
    """

    unit: str = ""
    occasion: str = ""
    form: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    problem: str = ""
    detail: Mapping[str, object] = field(default_factory=dict)


def read(content: bytes) -> Submission | None:
    """A report that is one object of cells; None for rows and what is none: a table is read then.

    Never raises for what is in it.
    """
    try:
        found = json.loads(
            _decode(content),
            parse_float=str,  # as it is written, to the last digit
            parse_int=str,
            parse_constant=str,
            object_pairs_hook=_once,
        )
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or isinstance(found.get("rows"), list):
        return None
    values = found.pop("values", {})
    whole = [*found.items(), *(values.items() if isinstance(values, dict) else ())]
    labels = {_clean(label) for label, _ in whole}
    return _submission(dict(whole)) if len(labels) == len(whole) else None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object; ValueError when it says something twice, which the reader of tables tells."""
    if len(found := dict(pairs)) < len(pairs):
        raise ValueError
    return found


def _decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _submission(cells: dict[str, object]) -> Submission:
    unit, occasion, form = (
        next((_clean(cells.pop(word)) for word in words if word in cells), "")
        for words in (UNIT_WORDS, OCCASION_WORDS, FORM_WORDS)
    )
    # under "rows" like those of a table: a cell may be called as what else a receipt keeps
    return Submission(unit, occasion, form, payload(words(_plain(cells))))


def _plain(cells: Mapping[str, object]) -> dict[str, str]:
    """Cells as words; what is no single cell keeps its words, for the checks to find it wrong."""
    return {
        _label(label): UNSTORABLE.sub("", _word(value))
        for label, value in cells.items()
        if value is not None
    }


def _label(word: str) -> str:
    return next((flag for flag in FLAGS if fold(word) in known("head", flag)), _clean(word))


def _word(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _clean(word: object) -> str:
    return UNSTORABLE.sub("", str(word)).strip()
