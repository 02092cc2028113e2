"""Everything units owe in a year, as it will be opened and, over that, as it stands now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from domain.deadline import Deadline
from domain.expansion import deadlines
from domain.obligation import State
from domain.programme import Programme
from domain.sentences import reason, say
from domain.workdays import Workdays
from models.demand import due_within, last_changes
from tasks.register import Register
from tasks.standings import standings_of


class Key(NamedTuple):
    """Which duty it is: what a calendar knows its event by, for good."""

    programme: str
    office: str
    form: str
    occasion: str
    unit: str

    @property
    def uid(self) -> str:
        """The UID of the event, but for the domain."""
        return "/".join(self)


@dataclass(frozen=True, slots=True)
class Demand:
    """By when something is owed; ``reason`` in words, why that is not its nominal instant."""

    nominal_due_at: datetime
    due_at: datetime
    reason: str
    provisional: bool


def demands(known: Register, year: int, now: datetime) -> dict[Key, Demand]:
    """Every duty whose nominal instant lies in a year, but for those nothing is owed for.

    What is stored holds over what is computed: the office may have given more time, or let
    somebody off. A one-off matter counts by the instant it is due.
    """
    computed = dict(_computed(known, year))
    found = computed | dict(_stored(known, year, now, computed))
    return {key: demand for key, demand in found.items() if demand}


def _computed(known: Register, year: int) -> Iterator[tuple[Key, Demand | None]]:
    rules = known.rules
    for (office, occasion), due in _occasions(rules, year, known.workdays).items():
        for owing in known.owing(office, rules.period(occasion)):
            if owing.form in due:
                key = Key(rules.slug, office, owing.form, occasion, owing.unit)
                yield key, _demand(due[owing.form])


def _occasions(
    rules: Programme, year: int, workdays: Workdays
) -> dict[tuple[str, str], dict[str, Deadline]]:
    """The deadlines of each office and occasion by form: who owes them is asked once."""
    found: dict[tuple[str, str], dict[str, Deadline]] = {}
    for deadline in deadlines(rules, year, workdays):
        found.setdefault((deadline.office, deadline.occasion), {})[deadline.form] = deadline
    return found


def _demand(deadline: Deadline) -> Demand | None:
    """None in an occasion that is exempt."""
    if deadline.due_at is None:
        return None
    why = say(deadline.reason) if deadline.reason else ""
    return Demand(deadline.nominal_due_at, deadline.due_at, why, deadline.status == "provisional")


def _stored(
    known: Register, year: int, now: datetime, computed: Mapping[Key, Demand | None]
) -> Iterator[tuple[Key, Demand | None]]:
    """What has been opened, where that is not as computed; None where nothing is owed."""
    rules, session = known.rules, known.session
    if session is None:
        return
    start, end = (datetime(y, 1, 1, tzinfo=rules.zone) for y in (year, year + 1))
    owed = due_within(session, rules.slug, start, end)
    standings = standings_of(session, rules, owed, now)
    changes = last_changes(session, [o.id for o in owed])
    for o in owed:
        key = Key(rules.slug, o.office, o.form, o.occasion, o.debtor)
        due_at, was = standings[o.id].due_at, computed.get(key)
        if standings[o.id].state is State.EXEMPT or due_at is None:
            yield key, None
        elif was is None or was.due_at != due_at:
            yield key, Demand(o.nominal_due_at, due_at, reason(changes[o.id].reason), False)
