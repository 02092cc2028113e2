"""A year of deadlines as calendar files, one a liaison, that keep up with what changes (A4.1)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from documents.calendar import Duty, Entry, cancelled, description, ics, summary
from documents.footnotes import said
from domain.defaults import concerning, of_deadlines
from domain.errors import Refused
from domain.programme import Programme
from domain.sentences import say
from domain.wording import say_period
from models.base import Session, writing
from models.calendar_entry import Handout, Status, Turn, gone, next_sequences
from models.installation import is_demo
from models.matter import titles
from models.officer import appointments_at
from models.unit import printed_names
from settings import Settings
from tasks.defaults import undecided
from tasks.duties import Demand, Key, demands
from tasks.register import Register
from tasks.work import programme

FEW = 3  # units the name of a calendar lists; of more it says how many


@dataclass(frozen=True, slots=True)
class HandedOut:
    """The calendar files by name, and the units that have nobody to hand one to, by name."""

    files: Mapping[str, bytes]
    unreached: Sequence[str]


@dataclass(slots=True)
class Shelf:
    """What one liaison gets: the units it is about, and their events."""

    units: set[str] = field(default_factory=set)
    entries: list[Entry] = field(default_factory=list)


def hand_out(slug: str, year: int, now: datetime, office: str = "") -> HandedOut:
    """The calendar files of a year; what they say is remembered, so that a change has its turn.

    Whoever is liaison of several units gets one file. With ``office`` only its deadlines are
    shown. Raises Refused when something is owed and no unit has a liaison.
    """
    rules = programme(slug)
    with writing() as session:
        owed = demands(Register(rules, session), year, now)
        names = printed_names(session, now.astimezone(rules.zone).date())
        duties = _duties(session, rules, owed, names)
        entries = _entries(session, rules, f"{slug}/{year}", duties, now)
        shown = {key: entry for key, entry in entries.items() if office in ("", key.office)}
        holders = _liaisons(session, slug, shown, now)
        demo = is_demo(session)
        lost = {k.unit for k in shown if k in owed and (k.office, k.unit) not in holders}
        if lost and not holders:
            raise Refused("deadlines.no_liaisons", programme=rules.name)
    files = _files(rules, year, _shelves(shown, holders), names, demo)
    return HandedOut(dict(files), sorted(names.get(unit, unit) for unit in lost))


def _duties(
    session: Session, rules: Programme, owed: Mapping[Key, Demand], names: Mapping[str, str]
) -> dict[Key, Duty]:
    found = of_deadlines(undecided(session, rules))
    notes = {form.code: said(concerning(found, [form])) for form in rules.forms}
    matters = titles(session, rules.slug, {key.occasion for key in owed})
    return {
        key: Duty(
            form=matters.get(key.occasion) or rules.form(key.form).label,
            occasion=key.occasion,
            period=say_period(rules.period(key.occasion)),
            office=rules.office(key.office).name,
            nominal_due_at=demand.nominal_due_at,
            due_at=demand.due_at,
            reason=demand.reason,
            provisional=demand.provisional,
            unit=names.get(key.unit, key.unit),
            notes=notes[key.form],
        )
        for key, demand in owed.items()
    }


def _entries(
    session: Session, rules: Programme, scope: str, duties: Mapping[Key, Duty], now: datetime
) -> dict[Key, Entry]:
    """The events with their turns, and those that were handed out and are owed no more."""
    zone = rules.zone
    wanted = {key: _handout(key, scope, duty, rules) for key, duty in duties.items()}
    turns = next_sequences(session, wanted.values(), now)
    entries = {
        key: _entry(wanted[key], turns[key.uid], wanted[key].summary, description(duty, zone))
        for key, duty in duties.items()
    }
    for uid, (handout, turn) in gone(session, scope, turns, now).items():
        entries[Key(*uid.split("/"))] = _entry(handout, turn, *cancelled(handout.summary))
    return entries


def _handout(key: Key, scope: str, duty: Duty, rules: Programme) -> Handout:
    status: Status = "provisional" if duty.provisional else "confirmed"
    return Handout(key.uid, scope, key.unit, duty.due_at, summary(duty, rules.zone), status)


def _entry(handout: Handout, turn: Turn, words: str, about: str) -> Entry:
    return Entry(
        key=handout.uid,
        sequence=turn.sequence,
        changed_at=turn.changed_at,
        due_at=handout.due_at,
        status=handout.status,
        summary=words,
        description=about,
    )


def _liaisons(
    session: Session, slug: str, keys: Iterable[Key], now: datetime
) -> dict[tuple[str, str], int]:
    """Who is the liaison of each unit now, for each office it owes to; by id."""
    units: dict[str, set[str]] = {}
    for key in keys:
        units.setdefault(key.office, set()).add(key.unit)
    return {
        (office, person.unit): person.officer
        for office, debtors in units.items()
        for person in appointments_at(session, debtors, now, now, slug, office)
        if person.role == "liaison"
    }


def _shelves(
    shown: Mapping[Key, Entry], holders: Mapping[tuple[str, str], int]
) -> dict[int, Shelf]:
    shelves: dict[int, Shelf] = {}
    for key, entry in shown.items():
        if officer := holders.get((key.office, key.unit)):
            shelf = shelves.setdefault(officer, Shelf())
            shelf.units.add(key.unit)
            shelf.entries.append(entry)
    return shelves


def _files(
    rules: Programme, year: int, shelves: Mapping[int, Shelf], names: Mapping[str, str], demo: bool
) -> Iterator[tuple[str, bytes]]:
    """Each file under the first unit's id and the person's number: no name stands in it."""
    for officer, shelf in sorted(shelves.items()):
        units = sorted(shelf.units)
        called = "、".join(names.get(unit, unit) for unit in units[:FEW])
        key = "deadlines.calendar_of_more" if len(units) > FEW else "deadlines.calendar"
        name = say(key, programme=rules.name, units=called, count=len(units))
        domain = Settings().mail_domain
        yield (
            f"{rules.slug}-{year}-{units[0]}-{officer}.ics",
            ics(name, shelf.entries, zone=rules.zone, domain=domain, demo=demo),
        )
