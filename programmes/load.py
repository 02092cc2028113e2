"""Reading a programme's folder: its rules, place, members and tasks, or a sentence why not.

A place (who there is) is a folder of its own that programmes share, or part of the programme's.
Every fault is a ProgrammeRefused naming the file, the key or row, and what would be right.
"""

import re
import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from domain.lexicon import Lexicon, Named, lexicon
from domain.programme import Programme
from domain.sentences import say
from domain.task import Milestone, Tasks
from domain.timing import moved
from domain.unit import GroupReference, Member, UnitChange
from programmes.group import read_groups
from programmes.membership import read_members
from programmes.plan import read_milestones, read_tasks
from programmes.reading import refused, text, valid
from programmes.registry import check_known, read_changes, read_names, read_units
from programmes.script import simplified

OWN = ("programme.toml", "members.csv")  # a folder with neither is a place


@dataclass(frozen=True, slots=True)
class Loaded:
    """A programme, who takes part, its tasks, and its place: every unit's names with their kind.

    The kind is "name" (printed), "alias" (understood) or "doubtful" (only ever proposed).
    """

    programme: Programme
    names: Sequence[Named]
    members: Sequence[Member]
    changes: Sequence[UnitChange]
    groups: Sequence[GroupReference]
    tasks: Tasks
    milestones: Sequence[Milestone]

    def lexicon(self) -> Lexicon:
        """The words a document of this programme may use for units."""
        return lexicon(self.names, self.groups, simplified)

    def moved(self, years: int) -> "Loaded":
        """The same some years on: its own days move, what happened to units stays where it was."""
        if not years:
            return self
        return replace(
            self,
            programme=self.programme.moved(years),
            tasks=self.tasks.moved(years),
            milestones=[replace(m, due_on=moved(m.due_on, years)) for m in self.milestones],
        )


def available(folder: Path | None = None) -> list[str]:
    """The slugs of the bundled programmes and of those in ``folder``."""
    return sorted({file.parent.name for r in _roots(folder) for file in r.glob("*/programme.toml")})


def load(slug: str, folder: Path | None = None, *, demo: bool = False) -> Loaded:
    """The programme ``slug`` of ``folder``, where an office keeps its own, else the bundled one.

    In a ``demo`` a dated plan is moved by the years it declares. Raises ProgrammeRefused.
    """
    home = _home(slug, folder)
    if home is None or not any((home / name).exists() for name in OWN):
        raise refused("no_folder", slug, value=slug, allowed="、".join(available(folder)))
    programme = _programme(home / "programme.toml")
    place = _place(home, programme.units_from, folder)
    names = read_names(place, read_units(place))
    groups = read_groups(dict.fromkeys((place, home)), names)
    ids = {name.unit for name, _ in names}
    _check_units(home, programme, ids)
    classes, compared = [c.code for c in programme.classes], [g.code for g in programme.groups]
    members = read_members(home, ids, classes, compared)
    _check_owed(home, programme, {member.class_code for member in members})
    offices, known = [o.code for o in programme.offices], lexicon(names, groups, simplified)
    tasks = read_tasks(home, offices, programme.valid_from, known)
    changes, milestones = read_changes(place, names), read_milestones(home, tasks)
    found = Loaded(programme, names, members, changes, groups, tasks, milestones)
    return found.moved(programme.demo_years) if demo else found


def _home(name: str, folder: Path | None) -> Path | None:
    homes = (path for root in _roots(folder) for path in root.glob("*/") if path.name == name)
    return next(homes, None)


def _place(home: Path, shared: str, folder: Path | None) -> Path:
    """The folder that says who there is: the programme's own unless it shares a place's."""
    if not shared:
        return home
    file = home / "programme.toml"
    if (home / "units.csv").exists():
        raise refused("registry.two_places", file, "units_from", value=shared)
    place = _home(shared, folder)
    if place is None or (place / "programme.toml").exists():
        raise refused("registry.no_place", file, "units_from", value=shared)
    return place


def _check_units(home: Path, programme: Programme, units: Collection[str]) -> None:
    """Refuse a unit the rules name that the place does not have; a parent's is in its own place."""
    named = [
        (f"offices.{office.code}.{key}", unit)
        for office in programme.offices
        for key, unit in (("host", office.host), ("recipient", office.recipient))
    ]
    named += [(f"forms.{form.code}.units", unit) for form in programme.forms for unit in form.units]
    for place, unit in named:
        check_known(home / "programme.toml", place, filter(None, [unit]), units)


def _check_owed(home: Path, programme: Programme, classes: Collection[str]) -> None:
    """Refuse a form of a class that never has a member."""
    for form in programme.forms:
        if form.unit_class and form.unit_class not in classes:
            place, told = f"forms.{form.code}.unit_class", {"value": form.unit_class}
            raise refused("programme_check.nobody_owes", home / "programme.toml", place, **told)


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
