"""The cells of an officers' list: each read into a value, or said to be bad and why."""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from typing import Any, get_args
from zoneinfo import ZoneInfo

from domain.reminder import Role
from domain.sentences import say

ROLES: tuple[Role, ...] = get_args(Role)
MAILBOX = re.compile(r"[\w+-]+(\.[\w+-]+)*@[a-z0-9-]+(\.[a-z0-9-]+)+", re.ASCII | re.IGNORECASE)
MOBILE = re.compile(r"(?:\+?86)?(1\d{10})")
LANDLINE = re.compile(r"0\d{2,3}-?\d{7,8}")
DAY = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})\D?(?:[ T]*(\d{1,2}):(\d{2})(?::(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class Known:
    """What a list is read against: the units by every word for them, the offices by programme."""

    zone: ZoneInfo
    units: Mapping[str, str]
    names: Sequence[str]  # to propose from
    offices: Mapping[str, Collection[str]]


class Bad(ValueError):
    """A cell that cannot be taken: the rule, and what fills its sentence."""

    def __init__(self, rule: str, **values: object) -> None:
        self.rule, self.values = rule, values
        super().__init__(rule)


def plain(cell: str) -> str:
    """A cell without the width of its characters and the blanks around it."""
    return unicodedata.normalize("NFKC", cell).strip()


def mailbox(cell: str, known: Known | None = None) -> str:
    """A mail address as it can be written to, or empty; raises Bad."""
    if cell and not MAILBOX.fullmatch(cell):
        raise Bad("bad_email", value=cell)
    return cell


def telephone(cell: str, known: Known | None = None) -> str:
    """A mobile number as eleven digits, or a landline with its area code, or empty; raises Bad."""
    number = re.sub(r"[\s()]", "", cell)
    if mobile := MOBILE.fullmatch(number.replace("-", "")):
        return mobile[1]
    if number and not LANDLINE.fullmatch(number):
        raise Bad("bad_phone", value=cell)
    return number


def _unit(cell: str, known: Known) -> str:
    if not cell:
        raise Bad("no_unit")
    if cell not in known.units:
        raise Bad("unknown_unit", value=cell, right=proposals(cell, known.names))
    return known.units[cell]


def proposals(word: str, names: Sequence[str]) -> str:
    """The names nearest to a word, for a person to choose from; never chosen for them."""
    near = get_close_matches(word, names, n=3, cutoff=0.4)
    return say("officers.near", names=say("officers.or").join(near)) if near else ""


def role(cell: str, known: Known | None = None) -> Role:
    """The role a word names, in Chinese or English; raises Bad."""
    words = {say(f"role.{r}"): r for r in ROLES} | {r: r for r in ROLES}
    if cell.lower() not in words:
        right = say("officers.or").join(say(f"role.{r}") for r in ROLES)
        raise Bad("unknown_role", value=cell, right=right)
    return words[cell.lower()]


def _name(cell: str, known: Known) -> str:
    if not cell:
        raise Bad("no_name")
    return cell if cell.isascii() else "".join(cell.split())  # two characters are set wide in lists


def _confirmed(cell: str, known: Known) -> bool:
    words = {say("officers_word.yes"): True, say("officers_word.no"): False, "": False}
    words |= {"yes": True, "no": False}
    if cell.lower() not in words:
        raise Bad("bad_confirmed", value=cell)
    return words[cell.lower()]


def _programme(cell: str, known: Known) -> str:
    if cell and cell not in known.offices:
        raise Bad("unknown_programme", value=cell, right=", ".join(sorted(known.offices)))
    return cell


def beginning(cell: str, zone: ZoneInfo) -> datetime | None:
    """When something begins: an instant, or the first of a day; None when empty; raises Bad."""
    day, at = _moment(cell)
    return datetime.combine(day, at or time(0), zone) if day else None


def ending(cell: str, zone: ZoneInfo) -> datetime | None:
    """The first instant after: the one given, or 24:00 of a day; None when empty; raises Bad."""
    day, at = _moment(cell)
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=at is None), at or time(0), zone)


def _moment(cell: str) -> tuple[date | None, time | None]:
    if not cell:
        return None, None
    found = DAY.fullmatch(cell)
    try:
        if found is None:
            raise ValueError
        year, month, day, *clock = (int(part) for part in found.groups() if part)
        hour, minute, second = [*clock, 0, 0, 0][:3]
        return date(year, month, day), time(hour, minute, second) if clock else None
    except ValueError:
        raise Bad("bad_time", value=cell) from None


READERS: dict[str, Callable[[str, Known], Any]] = {
    "unit": _unit,
    "role": role,
    "name": _name,
    "email": mailbox,
    "phone": telephone,
    "since": lambda cell, known: beginning(cell, known.zone),
    "until": lambda cell, known: ending(cell, known.zone),
    "confirmed": _confirmed,
    "programme": _programme,
    "office": lambda cell, known: cell,
}
