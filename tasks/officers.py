"""The register as an operator reads it, people masked."""

from datetime import datetime
from typing import Any

from domain.post import Post
from domain.programme import Programme
from domain.sentences import say
from models import appointment as register
from models.base import Session, reading
from models.delegation import stand_ins
from models.officer import Contact, contacts
from models.unit import printed_names
from tasks.masking import mask_email, mask_name, mask_phone
from tasks.reaches import units_of
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
    units = units_of(session, rules, now)
    return [
        p
        for p in register.posts_of(session, units)
        if p.programme in ("", rules.slug) and p.overlaps(now, None)
    ]


def _row(post: Post, unit: str, instead: Contact | None, show_names: bool) -> Row:
    return {
        "unit": unit,
        "role": say(f"role.{post.role}"),
        **person_row(post.name, post.email, post.phone, show_names),
        "since": post.valid_from,
        "until": post.valid_to,
        "confirmed": post.confirmed,
        "scope": scope_words(post),
        "stand_in": ""
        if instead is None
        else instead.name
        if show_names
        else mask_name(instead.name),
    }


def person_row(name: str, email: str, phone: str, show_names: bool) -> Row:
    """A person for the operator's terminal: masked unless asked for."""
    if show_names:
        return {"person": name, "email": email, "phone": phone}
    return {"person": mask_name(name), "email": mask_email(email), "phone": mask_phone(phone)}


def scope_words(post: Post) -> str:
    """Where alone an appointment counts, as codes; empty when it counts everywhere."""
    return "/".join(filter(None, (post.programme, post.office)))
