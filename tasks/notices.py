"""From 1 November on, ask for next year's holiday notice until it is there (X3)."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from domain.periods import week_of
from domain.programme import Programme
from domain.workdays import Workdays, year_awaited
from models import message
from models.base import Session, writing
from models.message import Draft
from tasks.recipients import to_office
from tasks.work import Work, calendar, programme, sound

ASKED_AT = time(9)


def ask_for_notice(work: Work) -> int:
    """One mail a week to each person of an office that misses a notice; how many were new."""
    drafts: dict[int, Draft] = {}
    with writing() as session:
        for slug in sound():
            for draft in _drafts(session, work, programme(slug)):
                drafts.setdefault(draft.officer, draft)  # of several programmes: one mail
        return message.put(session, work.change("clock"), drafts.values())


def _drafts(session: Session, work: Work, rules: Programme) -> Iterator[Draft]:
    today, days = work.now.astimezone(rules.zone).date(), calendar(session, rules)
    over = rules.active_to and rules.active_to < today
    slot = _slot(rules, work.now)
    if over or year_awaited(days, today) is None or not _may_go(rules, days, slot, work.now):
        return
    for office in rules.offices:
        its_own = Work(rules.slug, office.code, "", work.now, work.step)
        for person in to_office(session, its_own):
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


def _may_go(rules: Programme, days: Workdays, slot: datetime, now: datetime) -> bool:
    """Whether anything may be sent yet in the week of the slot; if not, next week asks."""
    opens = rules.sending_hours(days).allowed_from(max(slot, now))
    return week_of(opens.date()) == week_of(slot.date())


def _slot(rules: Programme, now: datetime) -> datetime:
    """This week's Monday morning: the message is the same whenever it is decided in the week."""
    day = now.astimezone(rules.zone).date()
    return datetime.combine(day - timedelta(days=day.weekday()), ASKED_AT, rules.zone)
