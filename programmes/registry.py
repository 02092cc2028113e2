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
from programmes.cells import Since, Words
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
    valid_to: date
    source: Name


class ChangeRow(Data):
    """A row of changes.csv: units that became others on a day."""

    kind: Literal["rename", "merge", "split"]
    before: Words
    after: Words
    on: date
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
    last: dict[str, DatedName] = {}
    found: list[tuple[Path, str, Named]] = []
    ids = {row.id for row in units.values()}
    for place, old in rows(home / "names.csv", NameRow):
        file = home / "names.csv"
        if old.unit not in ids:
            raise refused("no_unit", file, f"{place} unit", value=old.unit)
        follows = old.valid_from == (
            last[old.unit].valid_to if old.unit in last else old.valid_from
        )
        if not follows or old.valid_to <= old.valid_from:
            raise refused("row_days", file, place, value=old.name)
        last[old.unit] = DatedName(old.unit, old.name, old.valid_from, old.valid_to)
        found.append((file, place, (last[old.unit], "name")))
    for place, row in units.items():
        found += [(home / "units.csv", place, named) for named in _of(row, last.get(row.id))]
    return list(_unambiguous(found))


def ended(names: Iterable[Named]) -> set[str]:
    """The units that bear no name any more: those that are gone."""
    printed = [name for name, kind in names if kind == "name"]
    return {n.unit for n in printed} - {n.unit for n in printed if not n.valid_to}


def read_changes(home: Path, names: Collection[Named]) -> list[UnitChange]:
    """What became of whom; refuses an unknown unit, and one that goes without its last day."""
    file, ids = home / "changes.csv", {name.unit for name, _ in names}
    gone = {(n.unit, n.valid_to) for n, _ in names if n.unit in ended(names)}
    found: list[UnitChange] = []
    for place, row in rows(file, ChangeRow, optional=True):
        for column, units in (("before", row.before), ("after", row.after)):
            if not units:
                raise refused("string_too_short", file, f"{place} {column}")
            check_known(file, f"{place} {column}", units, ids)
        shapes = {
            "rename": row.before == row.after,
            "merge": len(row.before) > 1,
            "split": len(row.after) > 1,
        }
        if not shapes[row.kind]:
            raise refused("registry.change_shape", file, f"{place} kind", value=row.kind)
        for unit in set(row.before) - set(row.after):
            if (unit, row.on) not in gone:
                raise refused("registry.still_there", file, place, value=unit, allowed=row.on)
        found.append(UnitChange(row.kind, row.before, row.after, row.on))
    return found


def check_known(file: Path, place: str, units: Iterable[str], ids: Collection[str]) -> None:
    """Refuse ids that units.csv does not have."""
    for unit in units:
        if unit not in ids:
            raise refused("no_unit", file, place, value=unit)


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
