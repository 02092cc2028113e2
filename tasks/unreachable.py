"""Tell the office, on the working day before, of debtors whom no reminder can reach (S17)."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from prefect import task
from prefect.cache_policies import NO_CACHE

from domain.obligation import State
from domain.sentences import say
from models import message, obligation
from models.base import Session, writing
from models.message import Draft, Subject
from models.obligation import Owed
from tasks.recipients import by_role, to_office
from tasks.standings import standings_of
from tasks.work import Work, calendar, programme


@task(task_run_name=say("task.unreachable"), cache_policy=NO_CACHE)
def warn_of_unreachable(work: Work) -> int:
    """Queue one mail to the office that names them; how many were new."""
    rules = programme(work.programme)
    with writing() as session:
        silent = _silent(session, work)
        standings = standings_of(session, rules, silent, work.now)
        sending = rules.sending_hours(calendar(session, rules))
        pending = [o for o in silent if standings[o.id].state is State.PENDING]
        pending.sort(key=lambda o: standings[o.id].due_at or work.now)
        drafts: list[Draft] = []
        for due_at, group in groupby(pending, key=lambda o: standings[o.id].due_at):
            slot = sending.day_before(due_at, rules.sending.unreachable_at) if due_at else None
            if slot and slot <= work.now:
                drafts += _drafts(session, work, slot, [o.id for o in group])
        return message.put(session, work.change("clock"), drafts)


def _silent(session: Session, work: Work) -> list[Owed]:
    """The occasion's obligations whose unit has no liaison with a mailbox, not yet reported."""
    owed = obligation.of_occasion(session, work.programme, work.office, work.occasion, work.now)
    people = by_role(session, work, {o.debtor for o in owed})
    silent = [
        o
        for o in owed
        if not any("email" in p.channels for p in people.get((o.debtor, "liaison"), ()))
    ]
    scope = obligation.scope(work.programme, work.office, work.occasion)
    named = message.already_told(session, scope, "unreachable")
    return [o for o in silent if o.id not in named]


def _drafts(
    session: Session, work: Work, slot: datetime, obligations: Sequence[int]
) -> Iterator[Draft]:
    for person in to_office(session, work):
        yield Draft(
            programme=work.programme,
            office=work.office,
            kind="unreachable",
            channel="email",
            officer=person.officer,
            role="office",
            not_before=slot,
            subjects=tuple(Subject(id) for id in obligations),
        )
