"""Who is, was or would be told what at an instant, and why the others are not. Writes nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.agenda import around
from domain.expansion import dues
from domain.history import Event, Kind
from domain.obligation import Standing, standing
from domain.periods import Period
from domain.programme import Programme
from domain.reminder import Action, Appointment, Reminder, Sending, due_actions, plan
from domain.sentences import say
from models import obligation, outbox
from models.base import Session, reading
from models.officer import appointments_at, contacts
from models.unit import printed_names
from tasks.masking import mask_name
from tasks.register import Register
from tasks.standings import standings_of
from tasks.work import programme

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Expected:
    """An obligation as stored, or as it will be once opened; then its id is a negative number."""

    id: int
    unit: str
    standing: Standing


def who(slug: str, office: str, at: datetime) -> list[Row]:
    """One row for every rung whose window holds ``at``: whom it is for, what happens and why.

    Of every office of the programme, unless one is named.
    """
    rules = programme(slug)
    offices = [rules.office(office)] if office else list(rules.offices)
    with reading() as session:
        known = Register(rules, session)
        return [
            row
            for one in offices
            for period in around(rules, one.code, at)
            for row in _of_period(session, known, one.code, period, at)
        ]


def _of_period(
    session: Session, known: Register, office: str, period: Period, at: datetime
) -> Iterator[Row]:
    rules, sending = known.rules, known.rules.sending_hours(known.workdays)
    expected = {e.id: e for e in _expected(session, known, office, period, at)}
    planned = _planned(rules, sending, expected.values())
    due = [r for r in planned if r.not_before <= at <= r.until]
    told = outbox.told_by(session, {r.obligation for r in due}, at)
    units_of = {e.unit for e in expected.values()}
    people = appointments_at(session, units_of, at, at, rules.slug, office)
    names = {id: c.name for id, c in contacts(session, {p.officer for p in people}).items()}
    units = printed_names(session, period.end)
    channels = {rung.code: rung.channels for rung in rules.rungs()}
    standings = {id: e.standing for id, e in expected.items()}
    for action in due_actions(due, standings, at, sending):
        r = action.reminder
        unit = expected[r.obligation].unit
        row = {
            "unit": units.get(unit, unit),
            "occasion": period.id,
            "rung": r.rung,
            "role": say(f"role.{r.role}"),
            "not_before": r.not_before,
        }
        holders: list[Appointment | None] = [
            p for p in people if p.unit == unit and p.role == r.role
        ]
        for person in holders or [None]:
            by = [c for c in channels[r.rung] if person and c in person.channels]
            was_told = (r.obligation, r.role, r.rung) in told
            yield row | {
                "person": mask_name(names[person.officer]) if person else "",
                "channels": [say(f"channel.{c}") for c in by],
                "outcome": _outcome(action, bool(by), was_told),
            }


def _outcome(action: Action, reachable: bool, told: bool) -> str:
    if told:
        return say("who.told")
    if action.act == "wait":
        return say("who.quiet")
    if action.act == "tell":
        return say("who.tell") if reachable else say("reminder.nobody")
    return say(action.reason)


def _expected(
    session: Session, known: Register, office: str, period: Period, at: datetime
) -> list[Expected]:
    rules = known.rules
    stored = obligation.of_occasion(session, rules.slug, office, period.id, at)
    if stored:
        standings = standings_of(session, rules, stored, at)
        return [Expected(o.id, o.debtor, standings[o.id]) for o in stored]
    counting, due = rules.counting_on(known.workdays), dues(rules, office, period, known.workdays)
    return [
        Expected(-number, unit.unit, standing(_opened(due_at, at), counting, at))
        for number, unit in enumerate(known.owing(office, period), start=1)
        if (due_at := due[unit.form].due_at)
    ]


def _opened(due_at: datetime, at: datetime) -> list[Event]:
    return [Event(Kind.OPENED, at, at), Event(Kind.DUE_SET, at, at, "clock", due_at=due_at)]


def _planned(
    rules: Programme, sending: Sending, expected: Iterable[Expected]
) -> Iterator[Reminder]:
    for e in expected:
        if e.standing.due_at:
            yield from plan(rules.rungs(), e.id, e.standing.due_at, sending)
