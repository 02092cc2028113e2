"""A liaison's deadlines as an .ics file, one event a deadline, that a calendar can keep up to date.

Sources: A0.7, A2.9, A3.8, A4.1 (the deadlines), X3 (provisional years).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, vText

from documents.footnotes import footnotes
from domain.sentences import say
from domain.wording import say_deadline

BLOCK = timedelta(minutes=30)  # long enough to be seen in a day view; it ends at the due instant
WARNING = timedelta(days=-1)  # from the start of the block
PRODID = "-//Luoshu//Deadlines//ZH"
EntryStatus = Literal["confirmed", "provisional", "cancelled"]
STATUS = {"confirmed": "CONFIRMED", "provisional": "TENTATIVE", "cancelled": "CANCELLED"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One deadline of one unit as a calendar shows it.

    ``key`` is programme/office/form/occasion/unit and never changes; ``sequence`` and
    ``changed_at`` come from what was handed out last (``models.calendar_entry``).
    """

    key: str
    sequence: int
    changed_at: datetime
    due_at: datetime
    status: EntryStatus
    summary: str
    description: str


@dataclass(frozen=True, slots=True)
class Duty:
    """What the words of an entry are made of: all as people read it, but for the instants."""

    form: str
    occasion: str
    period: str
    office: str
    nominal_due_at: datetime
    due_at: datetime
    reason: str
    provisional: bool
    unit: str = ""
    notes: Sequence[str] = ()  # the rules behind it that no office has confirmed yet


def summary(duty: Duty, zone: ZoneInfo) -> str:
    """The one line a calendar shows: what is to be sent, and by when."""
    due = say_deadline(duty.due_at, zone)
    key = "calendar.provisional" if duty.provisional else "calendar.summary"
    return say(key, unit=duty.unit, form=duty.form, occasion=duty.occasion, due=due)


def description(duty: Duty, zone: ZoneInfo) -> str:
    """Who sends what to whom by when, why it was moved, and what may still change."""
    due, nominal = say_deadline(duty.due_at, zone), say_deadline(duty.nominal_due_at, zone)
    lines = [
        say("calendar.what", form=duty.form, occasion=duty.occasion, period=duty.period),
        say("calendar.to", office=duty.office),
        say("calendar.due", due=due),
    ]
    if duty.unit:
        lines.insert(0, say("calendar.from", unit=duty.unit))
    if duty.due_at != duty.nominal_due_at:
        lines.append(say("calendar.moved", nominal=nominal, reason=duty.reason))
    if duty.provisional:
        lines.append(say("calendar.may_move"))
    return "\n".join([*lines, *footnotes(duty.notes)])


def cancelled(known: str) -> tuple[str, str]:
    """The summary and description of an entry that is no longer owed, from its last summary."""
    return say("calendar.cancelled", summary=known), say("calendar.not_owed")


def ics(name: str, entries: Sequence[Entry], *, zone: ZoneInfo, domain: str, demo: bool) -> bytes:
    """The calendar file ``name`` of one liaison; the same entries give the same bytes.

    ``domain`` ends each UID, as in Message-IDs. Nothing in it comes from the clock.
    """
    calendar = Calendar()
    title = (say("demo.mark") if demo else "") + name
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for key in ("name", "x-wr-calname"):  # RFC 7986, and what came before it
        calendar.add(key, title)
    calendar.add("x-wr-timezone", zone.key)
    if entries:
        calendar.add_component(_timezone(entries, zone))
    for entry in sorted(entries, key=lambda entry: (entry.due_at, entry.key)):
        calendar.add_component(_event(entry, zone, domain, demo))
    content: bytes = calendar.to_ical()
    return content


def _timezone(entries: Sequence[Entry], zone: ZoneInfo) -> Timezone:
    """The rules of the zone for the years the entries lie in, and one on either side."""
    first, last = (f(entry.due_at.year for entry in entries) for f in (min, max))
    start, end = datetime(first - 1, 1, 1, tzinfo=UTC), datetime(last + 2, 1, 1, tzinfo=UTC)
    made = Timezone.from_tzinfo(zone, zone.key, start.date(), end.date())
    made.pop("COMMENT", None)  # English, and for nobody who reads the file
    return made


def _event(entry: Entry, zone: ZoneInfo, domain: str, demo: bool) -> Event:
    event = Event()
    mark = say("demo.mark") if demo else ""
    due = entry.due_at.astimezone(UTC)
    event.add("uid", f"{entry.key}@{domain}")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    event.add("summary", mark + entry.summary)
    event.add("description", mark + entry.description)
    event.add("dtstart", (due - BLOCK).astimezone(zone))
    event.add("dtend", due.astimezone(zone))
    event.add("status", STATUS[entry.status])
    event.add("transp", "TRANSPARENT")  # nobody is busy because something is due
    if entry.status != "cancelled":
        event.add_component(_alarm(mark + entry.summary))
    return event


def _alarm(words: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", vText(words))
    alarm.add("trigger", WARNING)
    return alarm
