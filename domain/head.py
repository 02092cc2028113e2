"""What the words over a column or beside a cell stand for: a field, or something else."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from domain.figure import converts, measures
from domain.folding import alike, bare, fold, may_be
from domain.form import Form
from domain.lattice import LONGEST
from domain.sent import SAME
from domain.taking import names
from domain.vocabulary import patterns, section

BLANK = ("-", "—", "/", "")
NONE = "_note"  # what a head stands for that a person has said is no field's
NEAR = 0.6  # how alike a head must be to be proposed
SPECIAL = {
    "nil": "_nil", "unchanged": SAME, "key": "_key", "title": "_title", "unit": "_unit",
    "occasion": "_occasion", "form": "_form", "measure": "_measure", "value": "_value",
    "note": NONE, "last": "_last",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Head:
    """What a head stands for: a field's code, or a word of SPECIAL; how sure, 1 is exact.

    ``measure`` is the unit it says itself: the field's own, or one that turns into it.
    """

    target: str
    sure: float = 1.0
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads a form may have, folded."""

    form: Form
    exact: Mapping[str, str] = field(default_factory=dict)
    special: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)  # by code

    def known(self, text: str) -> Head | None:
        """What a head says for certain; None when it is only like something, or nothing."""
        if len(text) > LONGEST or not (word := bare(text)):
            return None
        base, inside = split(text)
        if code := self.exact.get(word):
            return Head(code, measure=self._turned(code, inside) or self._own(code, word))
        if code := self.exact.get(bare(base)):
            return self._measured(code, inside)
        if special := self.special.get(word) or self.special.get(bare(base)):
            return Head(special)
        return None

    def field(self, text: str) -> Head | None:
        """The field a head stands for, for certain."""
        found = self.known(text)
        return found if found and not found.target.startswith("_") else None

    def all_units(self, said: Collection[str]) -> bool:
        """Whether these words are units, or marks for none; one at least is a unit."""
        units = {fold(one.unit) for one in self.form.fields if one.unit}
        known = {word for word in said if fold(word) in units or measures(word)}
        return bool(known) and all(word in known or word in BLANK for word in said)

    def _measured(self, code: str, inside: str) -> Head | None:
        """A field under a head with something in brackets: its unit, or a remark nobody knows."""
        if code == NONE:
            return Head(code)
        unit = self.form.field(code).unit
        if not inside or fold(inside) == fold(unit):
            return Head(code)
        measure = self._turned(code, inside)
        return Head(code, measure=measure) if measure else None

    def _turned(self, code: str, inside: str) -> str:
        """The unit in a head's brackets that its numbers are to be turned from, or nothing."""
        return inside if code != NONE and converts(inside, self.form.field(code).unit) else ""

    def _own(self, code: str, word: str) -> str:
        """The field's own unit where a head ends in it, or nothing."""
        unit = "" if code == NONE else bare(self.form.field(code).unit)
        return unit if unit and word.endswith(unit) else ""

    def near(self, text: str, code: str) -> Head | None:
        """The field, where one of its names is like a head."""
        base, inside = split(text)
        if not (word := bare(base)):
            return None
        names = self.names[code]
        near = (alike(word, name, NEAR) for name in names if may_be(word, name, NEAR))
        sure = max(near, default=0.0)
        return Head(code, min(sure, 0.99), self._turned(code, inside)) if sure >= NEAR else None


def heads_of(form: Form, confirmed: Mapping[str, str] | None = None) -> Heads:
    """The heads a form may have: of its fields, and of what stands beside them in a ledger.

    ``confirmed`` are heads a person has given to fields, or to NONE: they are as certain as the
    form's own.
    """
    codes = {one.code for one in form.fields} | {NONE}
    exact = {bare(head): code for head, code in (confirmed or {}).items() if code in codes}
    for one in form.fields:
        for name in names(one):
            exact.setdefault(bare(name), one.code)
            exact.setdefault(bare(name + one.unit), one.code)
    words = section("head")
    special = {bare(word): SPECIAL[key] for key, of in words.items() for word in of}
    by_code = {code: [name for name, of in exact.items() if of == code] for code in codes}
    return Heads(form, exact, special, by_code)


@lru_cache(maxsize=4096)
def split(text: str) -> tuple[str, str]:
    """A head without its number and brackets, and what stood in the last of these."""
    word = fold(text)
    for ordinal in patterns("row", "ordinal"):
        word = ordinal.sub("", word, count=1)
    [brackets] = patterns("row", "bracket")
    inside = brackets.findall(word)
    return brackets.sub("", word), inside[-1] if inside else ""
