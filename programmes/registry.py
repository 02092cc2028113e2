"""Reading units.csv and names.csv: who belongs to a programme, under which names since when."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field

from domain.form import Code, Data, Name
from domain.programme import Programme
from domain.sentences import say
from domain.unit import DatedName
from programmes.reading import Read, keys, refused, text, valid

Named = tuple[DatedName, str]  # with its kind: "name" is printed, "alias" is only understood


class UnitRow(Data):
    """A row of units.csv; ``aliases`` are separated by "|", ``group`` may be blank."""

    id: Code
    name: Name
    class_code: Name = Field(alias="class")
    group: str
    aliases: str
    source: Name


class NameRow(Data):
    """A row of names.csv: a former name, each unit's oldest first; no ``valid_from`` is always."""

    unit: Code
    name: Name
    valid_from: Annotated[date, BeforeValidator(lambda cell: cell or date.min)]
    valid_to: date
    source: Name


def rows(file: Path, kind: type[Read]) -> Iterator[tuple[str, Read]]:
    """The rows of a CSV file, each with its place: rows count as a spreadsheet shows them."""
    table = csv.DictReader(StringIO(text(file), newline=""), restkey=say("programme.surplus"))
    columns = keys(kind, ())
    if missing := [c for c in columns if c not in (table.fieldnames or ())]:
        raise refused("columns", file, value="、".join(missing), allowed=",".join(columns))
    for row in table:
        place = say("programme.row", n=table.line_num)
        cells = {k: str(cell).strip() for k, cell in row.items() if cell is not None}
        yield place, valid(file, place, kind, cells)


def check_units(file: Path, units: dict[str, UnitRow], programme: Programme) -> None:
    """Refuse unknown classes and groups, a unit that stands twice, and a host that is no unit."""
    classes = [c.code for c in programme.classes]
    groups = ["", *(g.code for g in programme.groups)]
    seen: set[str] = set()
    for place, row in units.items():
        given = (("class", row.class_code, classes), ("group", row.group, groups))
        for column, code, known in given:
            if code not in known:
                told = {"value": code, "allowed": "、".join(filter(None, known))}
                raise refused("row_unknown", file, f"{place} {column}", **told)
        if row.id in seen:
            raise refused("row_twice", file, f"{place} id", value=row.id)
        seen.add(row.id)
    for office in programme.offices:
        if office.host not in seen:
            place = f"offices.{office.code}.host"
            raise refused("no_unit", file.with_name("programme.toml"), place, value=office.host)


def names(home: Path, units: dict[str, UnitRow], former: dict[str, NameRow]) -> list[Named]:
    """Every name with its days: former ones, today's since the last change, and the aliases."""
    since: dict[str, date] = {}
    found: list[tuple[Path, str, Named]] = []
    ids = {row.id for row in units.values()}
    for place, old in former.items():
        file = home / "names.csv"
        if old.unit not in ids:
            raise refused("no_unit", file, f"{place} unit", value=old.unit)
        if old.valid_from != since.get(old.unit, old.valid_from) or old.valid_to <= old.valid_from:
            raise refused("row_days", file, place, value=old.name)
        since[old.unit] = old.valid_to
        dated = DatedName(old.unit, old.name, old.valid_from, old.valid_to)
        found.append((file, place, (dated, "name")))
    for place, row in units.items():
        file = home / "units.csv"
        dated = DatedName(row.id, row.name, since.get(row.id, date.min))
        found.append((file, place, (dated, "name")))
        for alias in filter(None, map(str.strip, row.aliases.split("|"))):
            found.append((file, place, (DatedName(row.id, alias, date.min), "alias")))
    return list(_unambiguous(found))


def _unambiguous(found: Iterable[tuple[Path, str, Named]]) -> Iterator[Named]:
    seen: dict[str, DatedName] = {}
    for file, place, (dated, kind) in found:
        other = seen.setdefault(dated.name, dated)
        borne_again = other.unit == dated.unit and other.valid_from != dated.valid_from
        if other is not dated and not borne_again:
            raise refused("name_twice", file, place, value=dated.name, allowed=other.unit)
        yield dated, kind
