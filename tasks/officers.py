"""The register as an operator reads it, people masked; and which units cannot be reached."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Any

from domain.programme import Programme
from domain.reach import Line, gaps
from domain.sentences import say
from domain.succession import Post
from domain.wording import say_deadline
from models import appointment as register
from models.base import Session, reading
from models.delegation import stand_ins
from models.officer import Contact, contacts
from models.unit import members_on, printed_names
from tasks.forecasts import mask
from tasks.masking import mask_email, mask_phone
from tasks.work import programme

Row = dict[str, Any]


def listed(slug: str, now: datetime, *, unconfirmed: bool, show_names: bool) -> list[Row]:
    """Who holds a role of the programme's units now or later, by unit and role."""
    rules = programme(slug)
    with reading() as session:
        names = printed_names(session, now.astimezone(rules.zone).date())
        posts = _posts(session, rules, now)
        instead = stand_ins(session, [p.id for p in posts], now, now)
        people = contacts(session, instead.values())
    return [
        _row(p, names.get(p.unit, p.unit), people.get(instead.get(p.id, 0)), show_names)
        for p in sorted(posts, key=lambda p: (names.get(p.unit, p.unit), p.role, p.valid_from))
        if not (unconfirmed and p.confirmed)
    ]


def _posts(session: Session, rules: Programme, now: datetime) -> list[Post]:
    """What counts for the programme and is not over: its members' posts, and its hosts'."""
    units = _units(session, rules, now)
    return [
        p
        for p in register.posts_of(session, units)
        if p.programme in ("", rules.slug) and p.overlaps(now, None)
    ]


def _units(session: Session, rules: Programme, now: datetime) -> set[str]:
    return _members(session, rules, now) | _hosts(rules)


def _members(session: Session, rules: Programme, now: datetime) -> set[str]:
    day = max(now.astimezone(rules.zone).date(), rules.valid_from)
    return {m.unit for m in members_on(session, rules.slug, day)}


def _hosts(rules: Programme) -> set[str]:
    return {office.host for office in rules.offices}


def _row(post: Post, unit: str, instead: Contact | None, show_names: bool) -> Row:
    return {
        "unit": unit,
        "role": say(f"role.{post.role}"),
        **person_row(post.name, post.email, post.phone, show_names),
        "since": post.valid_from,
        "until": post.valid_to,
        "confirmed": post.confirmed,
        "scope": scope_words(post),
        "stand_in": "" if instead is None else instead.name if show_names else mask(instead.name),
    }


def person_row(name: str, email: str, phone: str, show_names: bool) -> Row:
    """A person for the operator's terminal: masked unless asked for."""
    if show_names:
        return {"person": name, "email": email, "phone": phone}
    return {"person": mask(name), "email": mask_email(email), "phone": mask_phone(phone)}


def scope_words(post: Post) -> str:
    """Where alone an appointment counts, as codes; empty when it counts everywhere."""
    return "/".join(filter(None, (post.programme, post.office)))


def unreached(slug: str, now: datetime, days: int) -> list[Row]:
    """One row for each unit whose liaison is missing, silent, unconfirmed or about to go."""
    rules, within = programme(slug), timedelta(days=days)
    with reading() as session:
        names = printed_names(session, now.astimezone(rules.zone).date())
        posts = _posts(session, rules, now)
        instead = stand_ins(session, [p.id for p in posts], now, now)
        people = contacts(session, instead.values())
        units = sorted(_units(session, rules, now), key=lambda unit: names.get(unit, unit))
        members = _members(session, rules, now)
    lines: dict[tuple[str, str], list[Line]] = {}
    for p in posts:
        line = _line(p, people.get(instead.get(p.id, 0)))
        lines.setdefault((p.unit, p.role), []).append(line)
    return [
        {"unit": names.get(unit, unit), "gap": gap, "finding": finding}
        for unit in units
        for gap, finding in _findings(rules, unit, lines, (now, within), members)
    ]


def count_units(slug: str, now: datetime) -> int:
    """How many units are to be reached: members and hosts."""
    with reading() as session:
        return len(_units(session, programme(slug), now))


def _line(post: Post, instead: Contact | None) -> Line:
    email, phone = (instead.email, instead.phone) if instead else (post.email, post.phone)
    return Line(bool(email), bool(phone), post.confirmed, post.valid_from, post.valid_to)


def _findings(
    rules: Programme,
    unit: str,
    lines: dict[tuple[str, str], list[Line]],
    span: tuple[datetime, timedelta],
    members: Collection[str],
) -> Iterator[tuple[str, str]]:
    """What is wrong at one unit: as a key, and as a sentence."""
    now = span[0]
    own = lines.get((unit, "liaison"), [])
    for gap in gaps(own, *span) if unit in members else ():
        ends = max((line.valid_to for line in own if line.valid_to), default=None)
        at = say_deadline(ends, rules.zone) if ends else ""
        yield gap, say(f"officers_gap.{gap}", at=at)
    offices = [line for line in lines.get((unit, "office"), []) if line.holds(now)]
    if unit in _hosts(rules) and not any(line.email for line in offices):
        yield "no_office", say("officers_gap.no_office")
