"""Reading a place's units.csv, names.csv and changes.csv: who there is, named how since when.

S11, A2.4: names and their days. A1.23: garbled words.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Literal

from domain.form import Code, Data, Name
from domain.lexicon import Named
from domain.unit import DatedName, UnitChange
from programmes.cells import On, Since, Words
from programmes.reading import refused, rows
from programmes.script import simplified


class UnitRow(Data):
    """A row of units.csv; ``doubtful`` words are garbled and only ever proposed (A1.23)."""

    id: Code
    name: Name
    aliases: Words
    doubtful: Words
    source: Name


class NameRow(Data):
    """A row of names.csv: a former name, each unit's oldest first; no ``valid_from`` is always.

    A last former name that is also the name in units.csv says that the unit then ended.
    """

    unit: Code
    name: Name
    valid_from: Since
    valid_to: On
    source: Name


class ChangeRow(Data):
    """A row of changes.csv: units that became others on a day."""

    kind: Literal["rename", "merge", "split"]
    before: Words
    after: Words
    on: On
    source: Name


def read_units(home: Path) -> dict[str, UnitRow]:
    """The units of a place by the row they stand in; refuses an id that stands twice."""
    file = home / "units.csv"
    units = dict(rows(file, UnitRow))
    seen: set[str] = set()
    for place, row in units.items():
        if row.id in seen:
            raise refused("row_twice", file, f"{place} id", value=row.id)
        seen.add(row.id)
    return units


def read_names(home: Path, units: dict[str, UnitRow]) -> list[Named]:
    """Every name with its days: former ones, today's since the last change, aliases, doubtful."""
    former = list(_former(home / "names.csv", {row.id for row in units.values()}))
    last = {name.unit: name for _, name in former}
    found = [(home / "names.csv", place, (name, "name")) for place, name in former]
    for place, row in units.items():
        found += [(home / "units.csv", place, named) for named in _of(row, last.get(row.id))]
    return list(_unambiguous(found))


def read_changes(home: Path, names: Collection[Named]) -> list[UnitChange]:
    """What became of whom; refuses an unknown unit, and one that goes without its last day."""
    file, ids, gone = home / "changes.csv", {name.unit for name, _ in names}, endings(names)
    found: list[UnitChange] = []
    for place, row in rows(file, ChangeRow, optional=True):
        for column, units in (("before", row.before), ("after", row.after)):
            if not units:
                raise refused("string_too_short", file, f"{place} {column}")
            check_known(file, f"{place} {column}", units, ids)
        if not _in_shape(row):
            raise refused("registry.change_shape", file, f"{place} kind", value=row.kind)
        for unit in row.before:
            if unit not in row.after and gone.get(unit) != row.on:
                raise refused("registry.still_there", file, place, value=unit, allowed=row.on)
        found.append(UnitChange(row.kind, row.before, row.after, row.on))
    return found


def endings(names: Iterable[Named]) -> dict[str, date]:
    """The units that are gone, each with the first day on which it bore no name any more."""
    last = {name.unit: name for name, kind in names if kind == "name"}
    return {unit: name.valid_to for unit, name in last.items() if name.valid_to}


def check_known(file: Path, place: str, units: Iterable[str], ids: Collection[str]) -> None:
    """Refuse ids that units.csv does not have."""
    for unit in units:
        if unit not in ids:
            raise refused("no_unit", file, place, value=unit)


def _former(file: Path, ids: Collection[str]) -> Iterator[tuple[str, DatedName]]:
    until: dict[str, date] = {}
    for place, row in rows(file, NameRow):
        check_known(file, f"{place} unit", [row.unit], ids)
        if row.valid_from != until.get(row.unit, row.valid_from) or row.valid_to <= row.valid_from:
            raise refused("row_days", file, place, value=row.name)
        until[row.unit] = row.valid_to
        yield place, DatedName(row.unit, row.name, row.valid_from, row.valid_to)


def _in_shape(row: ChangeRow) -> bool:
    shapes = {
        "rename": len(row.before) == 1 and row.before == row.after,
        "merge": len(row.before) > 1,
        "split": len(row.after) > 1,
    }
    return shapes[row.kind]


def _of(row: UnitRow, last: DatedName | None) -> Iterator[Named]:
    """The words of a unit in units.csv; its name only while it has not ended."""
    if last is None or last.name != row.name:
        yield DatedName(row.id, row.name, (last and last.valid_to) or date.min), "name"
    for kind, words in (("alias", row.aliases), ("doubtful", row.doubtful)):
        for word in words:
            yield DatedName(row.id, word, date.min), kind


def _unambiguous(found: Iterable[tuple[Path, str, Named]]) -> Iterator[Named]:
    sound: dict[str, DatedName] = {}
    for file, place, (dated, kind) in sorted(found, key=lambda item: item[2][1] == "doubtful"):
        word = simplified(dated.name)
        if kind == "doubtful" and word not in sound:
            yield dated, kind
            continue
        other = sound.setdefault(word, dated)
        borne_again = other.unit == dated.unit and other.valid_from != dated.valid_from
        same = other.name == dated.name or other.unit != dated.unit  # not only in another script
        if kind == "doubtful" or (other is not dated and same and not borne_again):
            raise refused("name_twice", file, place, value=dated.name, allowed=other.unit)
        yield dated, kind
