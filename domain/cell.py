"""The cells of an officers' list: each read into a value, or said to be bad and why."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from typing import Any, get_args
from zoneinfo import ZoneInfo

from domain.known import Bad, Known
from domain.reminder import Role
from domain.sentences import say

ROLES: tuple[Role, ...] = get_args(Role)
MAILBOX = re.compile(r"[\w+-]+(\.[\w+-]+)*@[a-z0-9-]+(\.[a-z0-9-]+)+", re.ASCII | re.IGNORECASE)
MOBILE = re.compile(r"(?:\+?86)?(1\d{10})")
LANDLINE = re.compile(r"0\d{2,3}-?\d{7,8}")
DAY = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})\D?(?:[ T]*(\d{1,2}):(\d{2})(?::(\d{2}))?)?")


def plain(cell: str) -> str:
    """A cell without the width of its characters and the blanks around it."""
    return unicodedata.normalize("NFKC", cell).strip()


def mailbox(cell: str, known: Known | None = None) -> str:
    """A mail address in small letters, or empty; raises Bad."""
    if cell and not MAILBOX.fullmatch(cell):
        raise Bad("bad_email", value=cell)
    return cell.lower()  # however it is typed, it is one mailbox


def telephone(cell: str, known: Known | None = None) -> str:
    """A mobile number as eleven digits, or a landline with its area code, or empty; raises Bad."""
    number = re.sub(r"[\s()]", "", cell)
    if mobile := MOBILE.fullmatch(number.replace("-", "")):
        return mobile[1]
    if number and not LANDLINE.fullmatch(number):
        raise Bad("bad_phone", value=cell)
    return number


def address(cell: str) -> str:
    """A mail address or a telephone number, or empty; raises Bad."""
    return mailbox(cell) if "@" in cell else telephone(cell)


def unit(cell: str, known: Known) -> str:
    """The unit a word names to the programme of the line, or to all that know it; raises Bad."""
    if not cell:
        raise Bad("no_unit")
    meant = known.units[known.programme].get(cell, ())
    if not meant:
        raise Bad("unknown_unit", value=cell, right=proposals(cell, known.names))
    if len(meant) > 1:
        raise Bad("several_units", value=cell, right=say("officers.or").join(sorted(meant)))
    [found] = meant
    if known.programme and found not in known.members[known.programme]:
        raise Bad("not_in_programme", value=cell, programme=known.programme)
    return found


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


def name(cell: str, known: Known | None = None) -> str:
    """A person's name without blanks between its characters; raises Bad."""
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


READERS: dict[str, Callable[[str, Any], Any]] = {  # a cell, and the Known it is read against
    "unit": unit,
    "role": role,
    "name": name,
    "email": mailbox,
    "phone": telephone,
    "since": lambda cell, known: beginning(cell, known.zone),
    "until": lambda cell, known: ending(cell, known.zone),
    "confirmed": _confirmed,
    "programme": _programme,
    "office": lambda cell, known: cell,
}
