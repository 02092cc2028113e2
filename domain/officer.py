"""A line of an officers' list: who holds which role of which unit, and what is wrong with it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import combinations
from typing import Any

from domain.cell import READERS, plain
from domain.known import Bad, Known
from domain.person import same_person
from domain.reminder import Role
from domain.sentences import say

ONE_HOLDER = ("liaison", "head")  # of a unit and scope at a time; the other roles take several
FAR = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line, understood. ``until`` is the first instant after.

    Without ``since`` it holds from now; without a scope (programme, and office) everywhere.
    """

    row: int
    unit: str
    role: Role
    name: str = field(repr=False)
    email: str = field(repr=False)
    phone: str = field(repr=False)
    since: datetime | None
    until: datetime | None
    confirmed: bool
    programme: str
    office: str

    @property
    def place(self) -> tuple[str, Role, str, str]:
        """What is held: unit, role and scope."""
        return self.unit, self.role, self.programme, self.office


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a cell; ``rule`` is a key of the catalogue's ``officers_fault``."""

    row: int
    column: str
    rule: str
    values: Mapping[str, object] = field(default_factory=dict, repr=False)

    @property
    def sentence(self) -> str:
        """What is wrong and what would be right; may quote the cell."""
        return say(f"officers_fault.{self.rule}", **self.values)


def entry(row: int, cells: Mapping[str, str], known: Known) -> Entry | list[Fault]:
    """The line as a value, or everything that is wrong with it (A0.3: person, never free text)."""
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    here = known.within(plain(cells.get("programme", "")))
    for column, read in READERS.items():
        try:
            cell = cells.get(column, "")
            # names of units are written with wide brackets, and known that way
            values[column] = read(cell.strip() if column == "unit" else plain(cell), here)
        except Bad as bad:
            faults.append(Fault(row, column, bad.rule, bad.values))
    faults += _together(row, values, known)
    return faults or Entry(row, **values)


def _together(row: int, values: Mapping[str, Any], known: Known) -> Iterator[Fault]:
    if values.get("email") == "" and values.get("phone") == "":
        yield Fault(row, "email", "no_contact")
    since, until = values.get("since"), values.get("until")
    if since and until and until <= since:
        yield Fault(row, "until", "until_before_since")
    programme, office = values.get("programme"), values.get("office")
    if office and programme == "":
        yield Fault(row, "programme", "office_alone", {"value": office})
    elif office and programme and office not in known.offices[programme]:
        right = ", ".join(sorted(known.offices[programme]))
        yield Fault(row, "office", "unknown_office", {"value": office, "right": right})


def clashes(entries: Iterable[Entry], now: datetime) -> Iterator[Fault]:
    """Lines that cannot stand beside each other; said of the later one."""
    by_unit: dict[str, list[Entry]] = {}
    for e in entries:
        by_unit.setdefault(e.unit, []).append(e)
    for group in by_unit.values():
        for first, second in combinations(group, 2):
            if clash := _clash(first, second, now):
                column, rule = clash
                role = say(f"role.{second.role}")
                yield Fault(second.row, column, rule, {"other": first.row, "role": role})


def _clash(first: Entry, second: Entry, now: datetime) -> tuple[str, str] | None:
    same, overlap = same_person(first, second, near=True), _overlap(first, second, now)
    if same and (first.email, first.phone) != (second.email, second.phone):
        return "email", "contacts_differ"
    if first.place != second.place or not overlap:
        return None
    if same:
        return "name", "twice"
    return ("role", "two_holders") if first.role in ONE_HOLDER else None


def _overlap(first: Entry, second: Entry, now: datetime) -> bool:
    starts = first.since or now, second.since or now
    return starts[0] < (second.until or FAR) and starts[1] < (first.until or FAR)
