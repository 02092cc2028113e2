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
from tasks.work import Work, programme

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


def to_office(session: Session, work: Work) -> list[Appointment]:
    """The people of the office of ``work``, at the unit it sits in, who have a mailbox."""
    host = programme(work.programme).office(work.office).host
    people = by_role(session, work, {host}).get((host, "office"), [])
    return [p for p in people if "email" in p.channels]


def told_of(
    session: Session, work: Work, kind: str, owed: Collection[Owed], slot: datetime
) -> list[Draft]:
    """One message to each liaison about everything among these, of every unit and office (S10).

    By mail, or by SMS to one who has no mailbox.
    """
    people = by_office(session, work, owed)
    every: dict[int, list[tuple[Appointment, Owed]]] = defaultdict(list)
    for o in owed:
        for person in people[o.office].get((o.debtor, "liaison"), ()):
            every[person.officer].append((person, o))
    return [
        Draft(
            programme=work.programme,
            office=about[0][1].office,
            kind=kind,
            channel="email" if "email" in about[0][0].channels else "sms",
            officer=officer,
            role="liaison",
            not_before=slot,
            subjects=tuple(Subject(o.id) for _, o in about),
        )
        for officer, about in every.items()
        if about[0][0].channels
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
