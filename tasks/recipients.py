"""Who is told: the people who hold a role now, by id; their addresses stay in the models."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from domain.reminder import Appointment, Role
from models.base import Session
from models.message import Draft, Subject
from models.obligation import Owed
from models.officer import appointments_at
from tasks.work import Work

Holders = dict[tuple[str, Role], list[Appointment]]


@dataclass(frozen=True, slots=True)
class About:
    """A receipt somebody is told about; ``slot`` makes the message the same on every rerun."""

    owed: Owed
    receipt: int
    slot: datetime


def to_liaisons(session: Session, work: Work, kind: str, about: Collection[About]) -> list[Draft]:
    """One mail about each receipt to every liaison of the unit that sent it."""
    people = by_office(session, work, [a.owed for a in about])
    return [
        Draft(
            programme=work.programme,
            office=a.owed.office,
            kind=kind,
            channel="email",
            officer=person.officer,
            role=person.role,
            not_before=a.slot,
            subjects=(Subject(a.owed.id, receipt=a.receipt),),
        )
        for a in about
        for person in people[a.owed.office].get((a.owed.debtor, "liaison"), ())
        if "email" in person.channels
    ]


def told_of(
    session: Session, work: Work, kind: str, owed: Collection[Owed], slot: datetime
) -> list[Draft]:
    """One message to each liaison about all of their unit's obligations to an office among these.

    By mail, or by SMS to one who has no mailbox.
    """
    every: dict[tuple[str, str], list[Owed]] = defaultdict(list)
    for o in owed:
        every[o.office, o.debtor].append(o)
    people = by_office(session, work, owed)
    return [
        Draft(
            programme=work.programme,
            office=office,
            kind=kind,
            channel="email" if "email" in person.channels else "sms",
            officer=person.officer,
            role=person.role,
            not_before=slot,
            subjects=tuple(Subject(o.id) for o in mine),
        )
        for (office, unit), mine in every.items()
        for person in people[office].get((unit, "liaison"), ())
        if person.channels
    ]


def by_office(session: Session, work: Work, owed: Collection[Owed]) -> dict[str, Holders]:
    """The people who hold each role of the debtors now, for each office they owe to."""
    units: dict[str, set[str]] = defaultdict(set)
    for o in owed:
        units[o.office].add(o.debtor)
    return {
        office: by_role(session, replace(work, office=office), debtors)
        for office, debtors in units.items()
    }


def by_role(session: Session, work: Work, units: Collection[str]) -> Holders:
    """The people who hold each role of each unit now, as the office of ``work`` has them."""
    found: Holders = {}
    scope = (work.programme, work.office)
    for person in appointments_at(session, units, work.now, work.now, *scope):
        found.setdefault((person.unit, person.role), []).append(person)
    return found
