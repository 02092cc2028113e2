"""Tell a successor, once, what the unit still owes; rungs that passed are not replayed (S9)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby

from prefect import task
from prefect.cache_policies import NO_CACHE

from domain.reminder import Appointment, Sending, handover_at
from domain.sentences import say
from models import handover, message, obligation
from models.base import Session, writing
from models.handover import ToldBefore
from models.message import Draft, Subject
from models.officer import appointments_at
from tasks.standings import standings_of
from tasks.work import Work, calendar, programme

LOOK_BACK = timedelta(days=60)
AHEAD = timedelta(days=7)  # a run within a week of it sees what was told by then

Found = tuple[Appointment, datetime, list[ToldBefore]]


@task(task_run_name=say("officers.task"), cache_policy=NO_CACHE)
def hand_over(work: Work) -> int:
    """Queue one mail for each successor of somebody who was reminded; how many were new."""
    span = (work.now - LOOK_BACK, work.now + AHEAD)
    with writing() as session:
        told = handover.told_before(session, work.programme, work.office, work.now, span)
        if not told:
            return 0
        rules = programme(work.programme)
        owed = obligation.by_ids(session, {t.reminder.obligation for t in told})
        standings = standings_of(session, rules, owed.values(), work.now)
        sending = rules.sending_hours(calendar(session, rules))
        still = [t for t in told if standings[t.reminder.obligation].owed]
        found = sorted(_successors(session, work, still, sending), key=_person_and_slot)
        groups = groupby(found, key=_person_and_slot)
        drafts = [_draft(work, slot, list(group)) for (_, slot), group in groups]
        return message.put(session, work.change("clock"), drafts)


def _successors(
    session: Session, work: Work, told: list[ToldBefore], sending: Sending
) -> Iterator[Found]:
    """Each successor the office can write to, with the slot and what a predecessor was told."""
    for begins, group in groupby(sorted(told, key=_begins), key=_begins):
        before = list(group)
        at, units = max(begins, work.now), {t.unit for t in before}
        scope = (work.programme, work.office)
        people = appointments_at(session, units, at, work.now, *scope)
        for person in (p for p in people if p.valid_from == begins and "email" in p.channels):
            there = {p.officer for p in people if (p.unit, p.role) == (person.unit, person.role)}
            its = [t for t in before if t.appointment == person.id and t.officer not in there]
            if slot := handover_at(person, [t.reminder for t in its], sending):
                yield person, slot, its


def _begins(told: ToldBefore) -> datetime:
    return told.valid_from


def _person_and_slot(found: Found) -> tuple[int, datetime]:
    return found[0].officer, found[1]


def _draft(work: Work, slot: datetime, found: list[Found]) -> Draft:
    """One mail about every unit a person takes over."""
    obligations = {t.reminder.obligation for _, _, told in found for t in told}
    return Draft(
        programme=work.programme,
        office=work.office,
        kind="handover",
        channel="email",
        officer=found[0][0].officer,
        role=found[0][0].role,
        not_before=slot,
        subjects=tuple(Subject(id) for id in sorted(obligations)),
        appointments=tuple(sorted(person.id for person, _, _ in found)),
    )
