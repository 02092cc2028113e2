"""Reading a programme's folder: programme.toml, units.csv and names.csv, or a sentence why not.

Every fault is a ProgrammeRefused naming the file, the key or row, and what would be right.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from domain.programme import Programme
from domain.sentences import say
from domain.unit import Member
from programmes.reading import refused, text, valid
from programmes.registry import Named, NameRow, UnitRow, check_units, names, rows


@dataclass(frozen=True, slots=True)
class Loaded:
    """A programme, its members, and their names with the kind of each."""

    programme: Programme
    names: Sequence[Named]
    members: Sequence[Member]


def available(folder: Path | None = None) -> list[str]:
    """The slugs of the bundled programmes and of those in ``folder``."""
    return sorted({file.parent.name for r in _roots(folder) for file in r.glob("*/programme.toml")})


def load(slug: str, folder: Path | None = None) -> Loaded:
    """The programme ``slug`` of ``folder``, where an office keeps its own, else the bundled one.

    Raises ProgrammeRefused.
    """
    homes = (path for root in _roots(folder) for path in root.glob("*/") if path.name == slug)
    home = next(homes, None)
    if home is None:
        raise refused("no_folder", slug, value=slug, allowed="、".join(available(folder)))
    programme = _programme(home / "programme.toml")
    units = dict(rows(home / "units.csv", UnitRow))
    former = dict(rows(home / "names.csv", NameRow))
    check_units(home / "units.csv", units, programme)
    named = names(home, units, former)
    members = [Member(row.id, row.class_code, row.group) for row in units.values()]
    return Loaded(programme, named, members)


def _roots(folder: Path | None) -> list[Path]:
    bundled = Path(__file__).parent
    return [folder, bundled] if folder else [bundled]


def _programme(file: Path) -> Programme:
    try:
        tree = tomllib.loads(text(file))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        place = say("programme.row", n=line[1]) if line else say("programme.end")
        raise refused("toml", file, place) from None
    programme = valid(file, "", Programme, tree)
    if programme.slug != file.parent.name:
        raise refused("slug", file, "slug", value=programme.slug, allowed=file.parent.name)
    return programme
