"""Reading groups.csv: the words a document uses for many units at once (A2.3)."""

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Self

from pydantic import model_validator

from domain.form import Code, Data
from domain.lexicon import Named
from domain.unit import GroupReference
from programmes.cells import Until, Words
from programmes.reading import refused, rows
from programmes.registry import check_known
from programmes.script import simplified


class GroupRow(Data):
    """A row of groups.csv; without ``units`` a person still has to say who is meant."""

    code: Code
    words: Words
    units: Words
    parent: str
    source: str
    decided_by: str
    decided_on: Until

    @model_validator(mode="after")
    def _has_an_origin(self) -> Self:
        if not self.source and not (self.decided_by and self.decided_on):
            raise ValueError("rule.no_origin")
        return self


def read_groups(homes: Iterable[Path], names: Collection[Named]) -> list[GroupReference]:
    """The words for many units; a later folder's row replaces an earlier one's of its code."""
    ids = {name.unit for name, _ in names}
    taken = {simplified(name.name): name.unit for name, _ in names}
    found: dict[str, GroupReference] = {}
    for file in (home / "groups.csv" for home in homes):
        seen: set[str] = set()
        for place, row in rows(file, GroupRow, optional=True):
            if row.code in seen:
                raise refused("registry.code_twice", file, f"{place} code", value=row.code)
            if not row.words:
                raise refused("string_too_short", file, f"{place} words")
            check_known(file, f"{place} units", row.units, ids)
            check_known(file, f"{place} parent", filter(None, [row.parent]), ids)
            seen.add(row.code)
            for word in _words(found.get(row.code)):
                del taken[word]  # of the row that is replaced
            found[row.code] = GroupReference(row.code, row.words, row.units, row.parent)
            _take(file, place, found[row.code], taken)
    return list(found.values())


def _words(group: GroupReference | None) -> set[str]:
    return {simplified(word) for word in group.words} if group else set()


def _take(file: Path, place: str, group: GroupReference, taken: dict[str, str]) -> None:
    """Refuse a word that already names a unit, or another group."""
    for word in sorted(_words(group)):
        if word in taken:
            raise refused("name_twice", file, place, value=word, allowed=taken[word])
        taken[word] = group.code
