"""A reminder desk in memory: runs the rules at given instants and remembers what came of it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from domain.history import Event, Kind, due_instant, known
from domain.obligation import Standing
from domain.reminder import (
    Appointment,
    Channel,
    Reminder,
    Role,
    digest,
    due_actions,
    handover_at,
    holders,
    plan,
)
from tests.domain.build import CHANHE, DEBTORS, LADDER, SENDING, announced, fold, local

UNITS = (*DEBTORS, CHANHE)  # an obligation's id is the place of its unit
CHANNELS = {rung.code: rung.channels for rung in LADDER}
OFFICERS = {role: 10 * n for n, role in enumerate(("liaison", "deputy", "head"), 1)}
BOTH: frozenset[Channel] = frozenset({"email", "sms"})


def officer(unit: str, role: Role) -> int:
    """The one who holds a role of a unit unless a test says otherwise."""
    return OFFICERS[role] + UNITS.index(unit)


def staff(*units: str) -> list[Appointment]:
    """A liaison, a deputy and a head for each unit, since long ago."""
    since = local("2026-01-01 00:00")
    return [
        Appointment(officer(unit, role), unit, role, BOTH, since)
        for unit in units
        for role in ("liaison", "deputy", "head")
    ]


class Sent(NamedTuple):
    """One message that went out."""

    at: datetime
    what: str  # the rung, or "correction", "handover", "unreachable"
    officer: int | None  # None is the office mailbox
    channel: Channel


Key = tuple[str, Role, str]


@dataclass
class Desk:
    """Debtors' histories by unit, and who holds which role."""

    histories: dict[str, list[Event]]
    people: Sequence[Appointment]
    sent: list[Sent] = field(default_factory=list)
    settled: dict[Key, tuple[str, str]] = field(default_factory=dict)
    _told: list[tuple[Reminder, int]] = field(default_factory=list)

    def run(self, *instants: datetime) -> None:
        for now in instants:
            standings = {unit: self._standing(unit, now) for unit in self.histories}
            self._correct(now)
            self._report_unreachable(standings, now)
            self._hand_over(standings, now)
            self._remind(standings, now)

    def run_hourly(self, start: datetime, end: datetime) -> None:
        """Run again and again, twice at each instant."""
        while start <= end:
            self.run(start, start)
            start += timedelta(hours=1)

    def tally(self) -> dict[tuple[datetime, str, Channel], int]:
        """How many messages of each kind went out when."""
        return dict(Counter((s.at, s.what, s.channel) for s in self.sent))

    def outcome(self, unit: str, rung: str, role: Role = "liaison") -> tuple[str, str] | None:
        """What became of a reminder and why; None while it waits."""
        return self.settled.get((unit, role, rung))

    def _standing(self, unit: str, now: datetime) -> Standing:
        return fold(self.histories[unit], now)

    def _correct(self, now: datetime) -> None:
        for unit, events in self.histories.items():
            if _moved_since_told(known(events, now)):
                self._send(now, "correction", holders(self.people, unit, "liaison", now))
                events += announced(now)
                events.sort(key=lambda e: e.recorded_at)  # what is to come stands after it

    def _report_unreachable(self, standings: dict[str, Standing], now: datetime) -> None:
        for unit, at in standings.items():
            reachable = [p for p in holders(self.people, unit, "liaison", now) if p.channels]
            nine = at.due_at and SENDING.day_before(at.due_at, local("2026-01-01 09:00").time())
            told = any(s.what == "unreachable" for s in self.sent)
            if nine and nine <= now and not reachable and not told:
                self.sent.append(Sent(now, "unreachable", None, "email"))

    def _hand_over(self, standings: dict[str, Standing], now: datetime) -> None:
        done = {s.officer for s in self.sent if s.what == "handover"}
        for person in self.people:
            told = [
                r
                for r, by in self._told
                if by != person.officer
                and UNITS[r.obligation] == person.unit
                and standings[person.unit].owed
            ]
            at = handover_at(person, told, SENDING)
            if at and at <= now and person.officer not in done:
                self._send(now, "handover", [person])

    def _remind(self, standings: dict[str, Standing], now: datetime) -> None:
        by_id = {UNITS.index(unit): at for unit, at in standings.items()}
        due: list[tuple[Reminder, Appointment, tuple[Channel, ...]]] = []
        for action in due_actions(self._waiting(standings), by_id, now, SENDING):
            unit = UNITS[action.reminder.obligation]
            key = (unit, action.reminder.role, action.reminder.rung)
            # one that is caught up on waits for the end of the quiet hours
            if action.act == "wait":
                continue
            self.settled[key] = (action.act, action.reason)
            if action.act == "tell":
                to = holders(self.people, unit, action.reminder.role, now)
                due += [(action.reminder, person, CHANNELS[key[2]]) for person in to]
        self._tell(due, now)

    def _tell(
        self, due: list[tuple[Reminder, Appointment, tuple[Channel, ...]]], now: datetime
    ) -> None:
        for message in digest(due):
            what = "+".join(sorted({r.rung for r in message.reminders}))
            self.sent.append(Sent(now, what, message.officer, message.channel))
        for reminder, person, _ in due:
            self._told.append((reminder, person.officer))
            events = self.histories[UNITS[reminder.obligation]]
            if not any(e.kind is Kind.ANNOUNCED for e in events):
                events += announced(now)
                events.sort(key=lambda e: e.recorded_at)  # what is to come stands after it

    def _waiting(self, standings: dict[str, Standing]) -> list[Reminder]:
        """Decided anew for the due instant of now; what is settled stays settled."""
        return [
            reminder
            for unit, at in standings.items()
            if at.due_at
            for reminder in plan(LADDER, UNITS.index(unit), at.due_at, SENDING)
            if (unit, reminder.role, reminder.rung) not in self.settled
        ]

    def _send(self, now: datetime, what: str, to: Iterable[Appointment]) -> None:
        self.sent += [Sent(now, what, person.officer, "email") for person in to]


def _moved_since_told(history: Sequence[Event]) -> bool:
    """Whether people were told of another due instant than the one in force."""
    told = [n for n, event in enumerate(history) if event.kind is Kind.ANNOUNCED]
    return bool(told) and due_instant(history) != due_instant(history[: told[-1]])
