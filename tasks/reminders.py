"""Work out who is to be told what now: decided rungs become messages, or are cleared or dropped."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from prefect import task
from prefect.cache_policies import NO_CACHE

from domain.reminder import Action, Appointment, Channel, Reminder, digest, due_actions
from domain.sentences import say
from models import message, obligation, reminder
from models.base import reading, writing
from models.message import Draft, Subject
from models.obligation import Owed
from tasks.recipients import Holders, by_office
from tasks.standings import standings_of
from tasks.work import Work, calendar, programme

Due = tuple[int, Reminder]


def due_reminders(work: Work) -> list[list[Due]]:
    """The programme's decided reminders whose instant has come, those of one unit together."""
    with reading() as session:
        due = reminder.due(session, work.programme, work.now)
    return [[pair for _, pair in group] for _, group in groupby(due, key=lambda row: row[0])]


@task(task_run_name=say("task.remind"), cache_policy=NO_CACHE)
def remind(work: Work, due: Sequence[Sequence[Due]]) -> Counter[str]:
    """Queue what is to be told, clear what is no longer owed, drop what came too late."""
    found = {pair[1]: pair[0] for group in due for pair in group}
    with writing() as session:
        planned = reminder.lock_planned(session, found.values())
        ids = {r: id for r, id in found.items() if id in planned}
        owed = obligation.by_ids(session, {r.obligation for r in ids})
        rules = programme(work.programme)
        standings = standings_of(session, rules, owed.values(), work.now)
        sending = rules.sending_hours(calendar(session, rules))
        actions = due_actions(ids, standings, work.now, sending)
        people = by_office(session, work, owed.values())
        tell = [a.reminder for a in actions if a.act == "tell"]
        reached = [row for r in tell for row in _reach(work, r, owed[r.obligation], people)]
        offices = {id: o.office for id, o in owed.items()}
        message.put(session, work.change("clock"), _drafts(work, reached, ids, offices))
        told = {r for r, _, _ in reached}
        reminder.settle(session, [ids[r] for r in told], "queued")
        reminder.settle(
            session, [ids[r] for r in tell if r not in told], "dropped", "reminder.nobody"
        )
        for state, act in (("cleared", "clear"), ("dropped", "drop")):
            for reason, group in _by_reason(actions, act):
                reminder.settle(session, [ids[a.reminder] for a in group], state, reason)
    return Counter(a.act for a in actions)


def _reach(
    work: Work,
    due: Reminder,
    owed: Owed,
    people: Mapping[str, Holders],
) -> list[tuple[Reminder, Appointment, tuple[Channel, ...]]]:
    """Who holds the rung's role, with the rung's channels they can be reached by."""
    rungs = {rung.code: rung.channels for rung in programme(work.programme).rungs()}
    channels = rungs.get(due.rung, ())  # the ladder may have lost a rung since
    return [
        (due, person, channels)
        for person in people[owed.office].get((owed.debtor, due.role), ())
        if person.channels & set(channels)
    ]


def _drafts(
    work: Work,
    reached: Sequence[tuple[Reminder, Appointment, tuple[Channel, ...]]],
    ids: dict[Reminder, int],
    offices: dict[int, str],
) -> list[Draft]:
    return [
        Draft(
            programme=work.programme,
            office=offices[told.reminders[0].obligation],
            kind="remind",
            channel=told.channel,
            officer=told.officer,
            role=told.reminders[0].role,
            not_before=told.slot,
            subjects=tuple(Subject(r.obligation, reminder=ids[r]) for r in told.reminders),
        )
        for told in digest(reached)
    ]


def _by_reason(actions: Iterable[Action], act: str) -> Iterable[tuple[str, Iterable[Action]]]:
    chosen = sorted((a for a in actions if a.act == act), key=lambda a: a.reason)
    return groupby(chosen, key=lambda a: a.reason)
