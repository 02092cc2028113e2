"""Who is told: the people who hold a role now, by id; their addresses stay in the models."""

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
    return [
        Draft(
            programme=work.programme,
            office=office,
            kind=kind,
            channel="email",
            officer=person.officer,
            role=person.role,
            not_before=a.slot,
            subjects=(Subject(a.owed.id, receipt=a.receipt),),
        )
        for office, group in _by_office(about)
        for people in [by_role(session, replace(work, office=office), _debtors(group))]
        for a in group
        for person in people.get((a.owed.debtor, "liaison"), ())
        if "email" in person.channels
    ]


def _by_office(about: Collection[About]) -> list[tuple[str, list[About]]]:
    offices = {a.owed.office: None for a in about}
    return [(office, [a for a in about if a.owed.office == office]) for office in offices]


def _debtors(about: Collection[About]) -> set[str]:
    return {a.owed.debtor for a in about}


def by_role(session: Session, work: Work, units: Collection[str]) -> Holders:
    """The people who hold each role of each unit now, as the office of ``work`` has them."""
    found: Holders = {}
    scope = (work.programme, work.office)
    for person in appointments_at(session, units, work.now, work.now, *scope):
        found.setdefault((person.unit, person.role), []).append(person)
    return found
