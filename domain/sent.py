"""What a receipt keeps of a report: words as JSON, in the shape of today or of before."""

from collections.abc import Mapping
from typing import Any

from domain.content import ONE, Words
from domain.folding import fold
from domain.vocabulary import words as known

NIL, UNCHANGED = "nil", "unchanged"
SAME = "_unchanged"  # in a row's words: 本期无变化 is said of this row alone; no field's code
Table = dict[str, dict[str, str]]


def words(payload: Mapping[str, Any]) -> Words:
    """The words a receipt keeps; before there were rows, they lay flat under label or code."""
    if isinstance(payload.get("rows"), Mapping):
        return Words(
            _table(payload, "rows"),
            _table(payload, "places"),
            _table(payload, "troubles"),
            nil=declared(payload.get(NIL)),
            unchanged=declared(payload.get(UNCHANGED)),
        )
    said = {key: str(value) for key, value in payload.items() if value is not None}
    flags = {NIL: said.pop(NIL, ""), UNCHANGED: said.pop(UNCHANGED, "")}
    return Words({ONE: said}, nil=declared(flags[NIL]), unchanged=declared(flags[UNCHANGED]))


def payload(words: Words) -> dict[str, Any]:
    """Words as a receipt keeps them: plain JSON, empty parts left out."""
    tables = {"places": words.places, "troubles": words.troubles}
    kept: dict[str, Any] = {"rows": {key: dict(row) for key, row in words.rows.items()}}
    kept |= {name: {k: dict(row) for k, row in of.items()} for name, of in tables.items() if of}
    return kept | {name: True for name in (NIL, UNCHANGED) if getattr(words, name)}


def remarks(payload: Mapping[str, Any], name: str) -> list[tuple[str, Mapping[str, str]]]:
    """What a receipt keeps of "problems" or "notes" of a table itself: sentences, what fills them.

    Before there were rows, a field could be called so: then it is none.
    """
    kept = payload.get(name)
    return [(rule, detail) for rule, detail in kept] if isinstance(kept, list) else []


def is_nil(payload: Mapping[str, Any]) -> bool:
    """Whether the sender declared that there is nothing to report, and reported nothing (S14)."""
    said = words(payload)
    return said.nil and not has_words(said)


def has_words(words: Words) -> bool:
    """Whether anything at all stands in a report's fields."""
    cells = (cell for row in words.rows.values() for cell in row.items())
    return any(word.strip() for head, word in cells if not head.startswith("_"))


def declared(value: object) -> bool:
    """Whether a cell beside "nothing to report" or "unchanged" says that it is so."""
    return fold(str(value)) in known("answer", "nil")


def _table(payload: Mapping[str, Any], name: str) -> Table:
    rows = payload.get(name)
    if not isinstance(rows, Mapping):
        return {}
    return {
        str(key): {str(code): str(word) for code, word in row.items() if word is not None}
        for key, row in rows.items()
        if isinstance(row, Mapping)
    }
