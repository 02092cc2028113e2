"""Let somebody stand in for the holder of a role for a time; messages go there meanwhile."""

from dataclasses import dataclass, field
from datetime import datetime

from domain.cell import Bad, beginning, ending, mailbox, plain, telephone
from domain.delegation import Person, Span
from domain.errors import Refused
from domain.reminder import Role
from domain.succession import Post
from models import appointment as register
from models.appointment import people_with, person_called
from models.audit import Change
from models.base import Session, writing
from models.delegation import delegate, is_delegated
from models.officer import contacts
from tasks.appointments import role_of, unit_of, zone
from tasks.runs import anchor


@dataclass(frozen=True, slots=True)
class Delegated:
    """What was put on record: for which appointments, who stands in, and when."""

    posts: list[Post]
    name: str = field(repr=False)
    since: datetime
    until: datetime | None


def stand_in(
    post: tuple[str, str, str], person: Person, span: Span, reason: str, now: datetime
) -> Delegated:
    """Let a person stand in for who holds ``post``: unit, role, and an address where several do."""
    since, until = _span(span, now)
    if not reason.strip():
        raise Refused("officers.no_reason")
    with writing() as session:
        posts = _held(session, post, since, now)
        officer = _officer(session, person, posts[0])
        change = Change("registry", "office", now)
        ids = [p.id for p in posts]
        delegate(session, change, ids, officer, (since, until), reason.strip())
        name = contacts(session, [officer])[officer].name
    anchor(now)
    return Delegated(posts, name, since, until)


def cancel(post: tuple[str, str, str], reason: str, now: datetime) -> list[Post]:
    """Let messages go to the holder again from now on; refused when nobody stands in."""
    with writing() as session:
        posts = _held(session, post, now, now)
        ids = [p.id for p in posts]
        if not is_delegated(session, ids, now):
            raise Refused("officers.not_delegated", unit=post[0])
        change = Change("registry", "office", now)
        delegate(session, change, ids, None, (now, None), reason.strip())
    anchor(now)
    return posts


def _span(span: Span, now: datetime) -> tuple[datetime, datetime | None]:
    try:
        since = beginning(plain(span.since), zone()) or now
        until = ending(plain(span.until), zone())
    except Bad as bad:
        raise Refused(f"officers_fault.{bad.rule}", **bad.values) from None
    if until and until <= max(since, now):
        raise Refused("officers_fault.until_before_since")
    return since, until


def _held(
    session: Session, post: tuple[str, str, str], since: datetime, now: datetime
) -> list[Post]:
    """The one person's appointments to a role that hold at an instant."""
    word, role_word, address = post
    role: Role = role_of(role_word)
    unit = unit_of(session, word, now)
    register.lock_units(session, {unit})
    found = [p for p in register.posts_of(session, [unit]) if p.role == role]
    held = [p for p in found if p.overlaps(since, None) and p.valid_from <= since]
    named = [p for p in held if address.strip() in ("", p.email, p.phone)]
    if not named:
        raise Refused("officers.nobody", unit=word)
    if len({p.officer for p in named}) > 1:
        raise Refused("officers.several", unit=word, count=len({p.officer for p in named}))
    return named


def _officer(session: Session, person: Person, held: Post) -> int:
    """The stand-in's number: known by an address, or entered as a new person."""
    try:
        email, phone = mailbox(plain(person.email)), telephone(plain(person.phone))
    except Bad as bad:
        raise Refused(f"officers_fault.{bad.rule}", **bad.values) from None
    address = plain(person.known)
    if address:
        found = people_with(session, address)
    elif person.name.strip() and (email or phone):
        found = {person_called(session, person.name.strip(), email, phone)}
    else:
        raise Refused("officers.who")
    if not found:
        raise Refused("officers.unknown_person")
    if len(found) > 1:
        raise Refused("officers.several_people")
    if held.officer in found:
        raise Refused("officers.himself")
    return found.pop()
