"""Open an occasion: every obligation with its due instant and its decided reminders."""

from collections.abc import Sequence

from prefect import task
from prefect.cache_policies import NO_CACHE

from domain.clock import Due
from domain.expansion import Owing, dues, has_begun
from domain.history import Kind
from domain.reminder import plan
from domain.sentences import say
from models import obligation, reminder
from models.base import Row, reading, writing
from models.programme import keep_version
from tasks.register import Register
from tasks.work import Work, calendar, programme


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
        workdays, change = calendar(session, rules), work.change("clock")
        version = keep_version(session, change, rules)
        due = dues(rules, work.office, rules.period(work.occasion), workdays)
        rows = [_row(work, unit, due[unit.form], version) for unit in units]
        new = obligation.open_all(session, change, rows)
        obligation.add_events(session, change, [e for row in new for e in _events(row, due)])
        ladder, sending = rules.rungs(), rules.sending_hours(workdays)
        reminder.decide(
            session,
            (
                planned
                for row in new
                if (due_at := due[row["form"]].due_at)
                for planned in plan(ladder, row["id"], due_at, sending)
            ),
        )
    return len(new)


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


def _events(row: Row, due: dict[str, Due]) -> list[Row]:
    """An obligation opens with its due instant, or exempt with the reason."""
    opened = obligation.event_row(row["id"], Kind.OPENED)
    at = due[row["form"]]
    if at.due_at is None:
        return [opened, obligation.event_row(row["id"], Kind.EXEMPTED, reason=at.reason)]
    return [
        opened,
        obligation.event_row(row["id"], Kind.DUE_SET, due_at=at.due_at, reason=at.reason),
    ]
