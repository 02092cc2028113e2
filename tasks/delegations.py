"""Let somebody stand in for the holder of a role for a time; messages go there meanwhile."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.cell import address, beginning, ending, mailbox, name, plain, role, telephone
from domain.delegation import Person, Span
from domain.errors import Refused
from domain.person import addresses, folded, same_person
from domain.post import Post
from models import appointment as register
from models.audit import Change
from models.base import Session, writing
from models.delegation import delegate, delegated
from models.officer import Contact, contacts
from tasks.entries import understood, unit_named, zone
from tasks.runs import anchor

Asked = tuple[str, str, str]  # unit, role, and an address of the holder where there are several


@dataclass(frozen=True, slots=True)
class Delegated:
    """What was put on record: for which appointments, who stands in, and when."""

    posts: list[Post]
    name: str = field(repr=False)
    since: datetime
    until: datetime | None


def stand_in(
    post: Asked, person: Person, span: Span, reason: str, now: datetime, *, slug: str = ""
) -> Delegated:
    """Let a person stand in for who holds ``post``; ``slug`` is whose word for the unit it is."""
    since, until = _span(span, now)
    if not reason.strip():
        raise Refused("officers.no_reason")
    with writing() as session:
        posts = _posts(session, post, slug, now)
        posts = _of_one(
            post, [p for p in posts if p.valid_from <= since and p.overlaps(since, None)]
        )
        officer = _officer(session, person, posts[0])
        change = Change("registry", "office", now)
        ids = [p.id for p in posts]
        delegate(session, change, ids, officer, (since, until), reason.strip())
        name = contacts(session, [officer])[officer].name
    anchor(now)
    return Delegated(posts, name, since, until)


def cancel(post: Asked, reason: str, now: datetime, *, slug: str = "") -> list[Post]:
    """Let messages go to the holder again from now on, also to one whose time is still to come.

    Refused when nobody stands in, now or later.
    """
    with writing() as session:
        held = [p for p in _posts(session, post, slug, now) if p.overlaps(now, None)]
        ids = delegated(session, [p.id for p in held], now)
        if held and not ids:
            raise Refused("officers.not_delegated", unit=post[0])
        posts = _of_one(post, [p for p in held if p.id in ids])
        change = Change("registry", "office", now)
        delegate(session, change, sorted(ids), None, (now, None), reason.strip())
    anchor(now)
    return posts


def _span(span: Span, now: datetime) -> tuple[datetime, datetime | None]:
    since = understood(lambda cell: beginning(cell, zone()), plain(span.since)) or now
    until = understood(lambda cell: ending(cell, zone()), plain(span.until))
    if until and until <= max(since, now):
        raise Refused("officers_fault.until_before_since")
    return since, until


def _posts(session: Session, post: Asked, slug: str, now: datetime) -> list[Post]:
    """Everybody's appointments there ever were to a role, or those of the person with an address.

    From here on nobody else changes the register.
    """
    word, role_word, text = post
    wanted, whose = understood(role, plain(role_word)), understood(address, plain(text))
    register.lock(session)
    unit = unit_named(session, word, slug, now)
    found = [p for p in register.posts_of(session, [unit]) if p.role == wanted]
    return [p for p in found if not whose or folded(whose) in addresses(p)]


def _of_one(post: Asked, posts: list[Post]) -> list[Post]:
    """The appointments, when they are one person's."""
    holders = {p.officer for p in posts}
    if not holders:
        raise Refused("officers.nobody", unit=post[0])
    if len(holders) > 1:
        raise Refused("officers.several", unit=post[0], count=len(holders))
    return posts


def _officer(session: Session, person: Person, held: Post) -> int:
    """The stand-in's number: known by an address, or by the rule of lists, or entered as new."""
    known = understood(address, plain(person.known))
    if known:
        found = {c.officer for c in register.people_with(session, {folded(known)})}
    elif person.name.strip() and (person.email.strip() or person.phone.strip()):
        found = {_called(session, person, held.unit)}
    else:
        raise Refused("officers.who")
    if not found:
        raise Refused("officers.unknown_person")
    if len(found) > 1:
        raise Refused("officers.several_people")
    if held.officer in found:
        raise Refused("officers.himself")
    return found.pop()


def _called(session: Session, person: Person, unit: str) -> int:
    """The person so called, with the addresses given; entered when there is none."""
    email = understood(mailbox, plain(person.email))
    phone = understood(telephone, plain(person.phone))
    asked = Contact(0, understood(name, plain(person.name)), email, phone)
    its = addresses(asked)
    near = {p.officer for p in register.posts_of_people(session, its) if p.unit == unit}
    for known in register.people_with(session, its):
        if same_person(asked, known, near=known.officer in near):
            now = replace(known, email=email or known.email, phone=phone or known.phone)
            register.write_contacts(session, [now])
            return known.officer
    return register.new_person(session, asked.name, email, phone)
