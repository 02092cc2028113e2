"""Open an occasion: every obligation with its due instant and its decided reminders."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from prefect import task
from prefect.cache_policies import NO_CACHE

from domain.clock import Due
from domain.expansion import Owing, dues, has_begun
from domain.history import Kind
from domain.reminder import Reminder, Rung, Sending, plan
from domain.sentences import say
from models import obligation, reminder
from models.base import Row, Session, reading, writing
from models.programme import keep_version
from tasks.register import Register
from tasks.work import Work, calendar, programme

Dues = Mapping[str, Due]  # by form


def owing_units(work: Work) -> list[Owing]:
    """Who owes which form for the occasion; nobody before it has begun."""
    rules = programme(work.programme)
    period = rules.period(work.occasion)
    if not has_begun(rules, period, work.now):
        return []
    with reading() as session:
        return Register(rules, session).owing(work.office, period)


@task(task_run_name=say("task.open"), cache_policy=NO_CACHE)
def open_obligations(work: Work, units: Sequence[Owing]) -> int:
    """Open what is not open yet; how many obligations were new."""
    rules = programme(work.programme)
    with writing() as session:
        workdays = calendar(session, rules)
        nominal = dues(rules, work.office, rules.period(work.occasion), workdays)
        due = {form: _asked_in_time(found, work.now) for form, found in nominal.items()}
        new = opened(session, work, units, due)
        sending = rules.sending_hours(workdays)
        reminder.decide(session, _reminders(new, due, rules.rungs(), sending))
    return len(new)


def _asked_in_time(due: Due, now: datetime) -> Due:
    """Nobody is missing who was not asked: what opens after its due instant is exempt."""
    if due.due_at is None or now <= due.due_at:
        return due
    return replace(due, due_at=None, reason="opening.too_late")


def opened(session: Session, work: Work, units: Sequence[Owing], due: Dues) -> list[Row]:
    """Write obligations that are not there yet, each with its first two events; those new."""
    change = work.change("clock")
    version = keep_version(session, change, programme(work.programme))
    rows = [_row(work, unit, due[unit.form], version) for unit in units]
    new = obligation.open_all(session, change, rows)
    obligation.add_events(session, change, _events(new, due))
    return new


def _row(work: Work, unit: Owing, due: Due, version: int) -> Row:
    return {
        "programme": work.programme,
        "office": work.office,
        "form": unit.form,
        "debtor": unit.unit,
        "occasion": work.occasion,
        "nominal_due_at": due.nominal_due_at,
        "group_code": unit.group,
        "programme_version_id": version,
    }


def _events(rows: Sequence[Row], due: Dues) -> list[Row]:
    """An obligation opens, then has its due instant or is exempt with the reason.

    All of one kind at a time: what rows share is written at once.
    """
    begun = [obligation.event_row(row["id"], Kind.OPENED) for row in rows]
    return begun + [_decided(row["id"], due[row["form"]]) for row in rows]


def _decided(id: int, due: Due) -> Row:
    if due.due_at is None:
        return obligation.event_row(id, Kind.EXEMPTED, reason=due.reason)
    return obligation.event_row(id, Kind.DUE_SET, due_at=due.due_at, reason=due.reason)


def _reminders(
    rows: Sequence[Row], due: Dues, ladder: Sequence[Rung], sending: Sending
) -> Iterator[Reminder]:
    """The reminders of obligations, rung by rung: its instants are worked out once a form."""
    for rung in ladder:
        planned = {
            form: list(plan((rung,), 0, at.due_at, sending))
            for form, at in due.items()
            if at.due_at
        }
        for row in rows:
            for step in planned.get(row["form"], ()):
                yield replace(step, obligation=row["id"])
