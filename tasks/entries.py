"""What the cells of an officers' list mean here, and the words of a command in their place."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from domain.cell import READERS, plain, unit
from domain.errors import Refused
from domain.known import Bad, Known
from models.appointment import enrolled, members_from
from models.base import Session
from models.task import tasks_of
from models.unit import printed_names
from tasks.matching import meanings, units_of
from tasks.work import programme, sound

T = TypeVar("T")


def known_to(session: Session, asked: Iterable[tuple[str, str]], now: datetime) -> Known:
    """What a list is read against; ``asked`` are its words for units, each with its programme."""
    words: defaultdict[str, set[str]] = defaultdict(set)
    offices = {slug: {office.code for office in programme(slug).offices} for slug in sound()}
    for word, slug in asked:
        words[slug if slug in offices else ""].add(word)
    units = {slug: _units(session, slug, words[slug]) for slug in {"", *words}}
    members = {slug: _members(session, slug, now) for slug in words if slug}
    names = sorted(printed_names(session, now.astimezone(zone()).date()).values())
    return Known(zone(), units, names, offices, members)


def _units(session: Session, slug: str, words: Collection[str]) -> dict[str, set[str]]:
    """The units each word may mean; one that a folder knows and nobody has enrolled is none."""
    if slug:
        meant = {word: {unit} for word, unit in units_of(session, slug, words).items()}
    else:
        meant = meanings(session, words)
    there = enrolled(session, {unit for units in meant.values() for unit in units})
    return {word: units & there for word, units in meant.items()}


def _members(session: Session, slug: str, now: datetime) -> set[str]:
    """Who has to do with a programme, now or later: its members, its hosts, who has a task."""
    rules = programme(slug)
    day = now.astimezone(rules.zone).date()
    found = members_from(session, slug, day)
    found |= {unit for o in rules.offices for unit in (o.host, o.recipient) if unit}
    found |= {unit for form in rules.forms for unit in form.units}
    its = tasks_of(session, slug).units
    return found | {u.unit for u in its if u.unit and (u.valid_to is None or u.valid_to > day)}


def zone() -> ZoneInfo:
    """The time zone of the installation's programmes, for instants that name none."""
    return programme(sound()[0]).zone


def unit_named(session: Session, word: str, slug: str, now: datetime) -> str:
    """The unit a word names, to a programme where one is said; Refused as a line of a list is."""
    word, slug = word.strip(), plain(slug)
    here = known_to(session, [(word, slug)], now)
    understood(lambda cell: READERS["programme"](cell, here), slug)
    return understood(lambda cell: unit(cell, here.within(slug)), word)


def understood(read: Callable[[str], T], cell: str) -> T:
    """What a word of a command means, read as a cell of a list is; Refused when it is none."""
    try:
        return read(cell)
    except Bad as bad:
        raise Refused(f"officers_fault.{bad.rule}", **bad.values) from None
