"""The ladder: when whom is reminded of what, and when that is no longer right (S3 to S17)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Literal
from zoneinfo import ZoneInfo

from domain.obligation import Standing
from domain.workdays import Workdays

Role = Literal["liaison", "deputy", "head", "office", "operator"]
Channel = Literal["email", "sms"]


@dataclass(frozen=True, slots=True)
class Rung:
    """One step: ``hours`` from the due instant, or ``workdays`` after it ``at`` a time."""

    code: str
    roles: tuple[Role, ...]
    channels: tuple[Channel, ...]
    hours: int = 0
    workdays: int = 0
    at: time | None = None


@dataclass(frozen=True, slots=True)
class Sending:
    """When anything may be sent: working days outside the quiet hours; and for how long after."""

    quiet_from: time
    quiet_to: time
    catch_up: timedelta
    workdays: Workdays
    zone: ZoneInfo

    def allowed_from(self, instant: datetime) -> datetime:
        """``instant`` itself, or the next minute at which something may be sent."""
        local = instant.astimezone(self.zone)
        day = local.date()
        if self.workdays.works(day) and local.time() < self.quiet_from:
            return max(local, self._opens(day))
        return self._opens(self.workdays.next(day))

    def is_quiet(self, instant: datetime) -> bool:
        """Whether nobody is to be disturbed at an instant."""
        return self.allowed_from(instant) > instant

    def resumes(self, start: datetime) -> datetime:
        """When sending begins again after the quiet hours that follow ``start``."""
        return self.allowed_from(self._closes(start))

    def catch_up_end(self, start: datetime) -> datetime:
        """When it is too late to make up for a rung of ``start``; only sending hours count."""
        left, instant = self.catch_up, self.allowed_from(start)
        while (end := instant + left) > (closes := self._closes(instant)):
            left -= closes - instant
            instant = self.allowed_from(closes)
        return end

    def day_before(self, due_at: datetime, at: time) -> datetime:
        """``at`` on the working day before the due day."""
        day = self.workdays.previous(due_at.astimezone(self.zone).date())
        return datetime.combine(day, at, self.zone)

    def _opens(self, day: date) -> datetime:
        return datetime.combine(day, self.quiet_to, self.zone)

    def _closes(self, instant: datetime) -> datetime:
        return datetime.combine(instant.astimezone(self.zone).date(), self.quiet_from, self.zone)


@dataclass(frozen=True, slots=True)
class Reminder:
    """A decided rung for one role of one obligation, to be told within [not_before, until]."""

    obligation: int
    role: Role
    rung: str
    not_before: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Action:
    """What to do with a decided reminder now; ``reason`` is a key of the catalogue."""

    reminder: Reminder
    act: Literal["tell", "clear", "drop", "wait"]
    reason: str = ""


def instant_of(rung: Rung, due_at: datetime, sending: Sending) -> datetime:
    """When a rung falls, moved to the next allowed minute."""
    if rung.at is None:
        return sending.allowed_from(due_at + timedelta(hours=rung.hours))
    day = sending.workdays.shift(due_at.astimezone(sending.zone).date(), rung.workdays)
    return sending.allowed_from(datetime.combine(day, rung.at, sending.zone))


def plan(
    ladder: Iterable[Rung], obligation: int, due_at: datetime, sending: Sending
) -> Iterator[Reminder]:
    """Every reminder of an obligation, decided when it opens."""
    for rung in ladder:
        start = instant_of(rung, due_at, sending)
        until = sending.catch_up_end(start)
        for role in rung.roles:
            yield Reminder(obligation, role, rung.code, start, until)


def due_actions(
    reminders: Iterable[Reminder], standings: dict[int, Standing], now: datetime, sending: Sending
) -> list[Action]:
    """What to do about each reminder that nobody was told of yet."""
    quiet = sending.is_quiet(now)
    return [_action(r, standings[r.obligation], now, quiet) for r in reminders]


def _action(reminder: Reminder, standing: Standing, now: datetime, quiet: bool) -> Action:
    # first, because what came today may be sent back before a later rung
    if now < reminder.not_before:
        return Action(reminder, "wait")
    if not standing.owed:
        return Action(reminder, "clear", f"reminder.cleared_{standing.state}")
    if now > reminder.until:
        return Action(reminder, "drop", "reminder.window_passed")
    if quiet:
        return Action(reminder, "wait")
    return Action(reminder, "tell")


@dataclass(frozen=True, slots=True)
class Appointment:
    """A person (by id) in a role of a unit for a time; reachable by ``channels``.

    While a stand-in is named, ``officer`` and ``channels`` are the stand-in's. ``id`` is the
    appointment's number on the register, 0 when it is on none.
    """

    officer: int
    unit: str
    role: Role
    channels: frozenset[Channel]
    valid_from: datetime
    valid_to: datetime | None = None
    id: int = 0

    def holds(self, at: datetime) -> bool:
        """Whether the person holds the role at an instant."""
        return self.valid_from <= at and (self.valid_to is None or at < self.valid_to)


def holders(
    appointments: Iterable[Appointment], unit: str, role: Role, at: datetime
) -> list[Appointment]:
    """Who holds a role of a unit at an instant."""
    return [a for a in appointments if a.unit == unit and a.role == role and a.holds(at)]


@dataclass(frozen=True, slots=True, order=True)
class Told:
    """One message to be: to whom, how, for which slot; many reminders go into one (digest)."""

    officer: int
    channel: Channel
    slot: datetime
    reminders: tuple[Reminder, ...]


def digest(
    due: Sequence[tuple[Reminder, Appointment, tuple[Channel, ...]]],
) -> list[Told]:
    """One message per person, channel and slot, from what each reachable holder is to be told."""
    rows = sorted(
        (
            (person.officer, channel, reminder.not_before, reminder)
            for reminder, person, channels in due
            for channel in channels
            if channel in person.channels
        ),
        key=lambda row: (*row[:3], row[3].obligation, row[3].rung),
    )
    return [
        Told(officer, channel, slot, tuple(row[3] for row in group))
        for (officer, channel, slot), group in groupby(rows, lambda row: row[:3])
    ]


def handover_at(
    successor: Appointment, told: Iterable[Reminder], sending: Sending
) -> datetime | None:
    """When a successor gets the one hand-over mail, or None when nothing has been told yet.

    ``told`` are the reminders of the unit's still open obligations that a predecessor got (S9).
    """
    passed = any(r.role == successor.role and r.not_before < successor.valid_from for r in told)
    return sending.allowed_from(successor.valid_from) if passed else None
