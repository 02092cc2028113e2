"""From 1 November on, ask for next year's holiday notice until it is there (X3)."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from domain.programme import Programme
from domain.workdays import year_awaited
from models import message
from models.base import Session, writing
from models.message import Draft
from tasks.recipients import by_role
from tasks.work import Work, calendar, programme, sound

ASKED_AT = time(9)


def ask_for_notice(work: Work) -> int:
    """One mail a week to each office that still misses a notice; how many were new."""
    with writing() as session:
        drafts = [draft for slug in sound() for draft in _drafts(session, work, programme(slug))]
        return message.put(session, work.change("clock"), drafts)


def _drafts(session: Session, work: Work, rules: Programme) -> Iterator[Draft]:
    today = work.now.astimezone(rules.zone).date()
    if year_awaited(calendar(session, rules), today) is None:
        return
    slot = _slot(rules, work.now)
    for office in rules.offices:
        people = by_role(session, work, {office.host})
        for person in people.get((office.host, "office"), ()):
            if "email" in person.channels:
                yield Draft(
                    programme=rules.slug,
                    office=office.code,
                    kind="calendar",
                    channel="email",
                    officer=person.officer,
                    role=person.role,
                    not_before=slot,
                    subjects=(),
                )


def _slot(rules: Programme, now: datetime) -> datetime:
    """This week's Monday morning: the message is the same whenever it is decided in the week."""
    day = now.astimezone(rules.zone).date()
    return datetime.combine(day - timedelta(days=day.weekday()), ASKED_AT, rules.zone)
