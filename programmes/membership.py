"""Reading members.csv: which units take part in a programme, in which class and group, and when."""

from collections.abc import Collection
from datetime import date
from pathlib import Path

from pydantic import Field

from domain.form import Code, Data, Name
from domain.sentences import say
from domain.unit import Member
from programmes.cells import Since, Until
from programmes.reading import refused, rows
from programmes.registry import check_known


class MemberRow(Data):
    """A row of members.csv; ``group`` may be blank, no ``from`` is always, no ``to`` still."""

    unit: Code
    class_code: Name = Field(alias="class")
    group: str
    since: Since = Field(alias="from")
    until: Until = Field(alias="to")
    source: Name


def read_members(
    home: Path, units: Collection[str], classes: Collection[str], groups: Collection[str]
) -> list[Member]:
    """The members of a programme; refuses unknown codes, and a unit that is twice in one day."""
    file = home / "members.csv"
    found: list[Member] = []
    of_unit: dict[str, list[Member]] = {}
    for place, row in rows(file, MemberRow):
        check_known(file, f"{place} unit", [row.unit], units)
        given = (("class", row.class_code, classes), ("group", row.group, ["", *groups]))
        for column, code, known in given:
            if code not in known:
                right = "、".join(filter(None, known)) or say("programme_check.none_yet")
                told = {"value": code, "allowed": right}
                raise refused("row_unknown", file, f"{place} {column}", **told)
        member = Member(row.unit, row.class_code, row.group, row.since, row.until)
        if member.valid_to and member.valid_to <= member.valid_from:
            raise refused("registry.member_days", file, place, value=row.unit)
        own = of_unit.setdefault(member.unit, [])
        if any(_overlap(member, other) for other in own):
            raise refused("registry.member_twice", file, place, value=row.unit)
        own.append(member)
        found.append(member)
    return found


def _overlap(one: Member, other: Member) -> bool:
    starts = max(one.valid_from, other.valid_from)
    ends = min(one.valid_to or date.max, other.valid_to or date.max)
    return starts < ends
