"""Tell the offices of a change of liaison at once, one mail a person (A3.10)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from domain.post import Post
from domain.reminder import Appointment
from domain.succession import Step
from models import message
from models.appointment import programmes_of
from models.audit import Change
from models.base import Session
from models.message import Draft
from tasks.recipients import to_office
from tasks.work import Work, programme, sound


def changed_liaisons(steps: Iterable[Step], register: Sequence[Post]) -> list[int]:
    """The made-up or real numbers of liaisons the office is to hear of.

    A unit's first liaison is no change; neither is a new address.
    """
    had = {p.unit for p in register if p.role == "liaison" and not p.void}
    return [
        step.post.id
        for step in steps
        if step.post.role == "liaison" and step.post.unit in had and _is_change(step)
    ]


def _is_change(step: Step) -> bool:
    if step.before is None:
        return True
    before = (step.before.confirmed, step.before.valid_to)
    return before != (step.post.confirmed, step.post.valid_to)


def concerned(session: Session, change: Change, posts: Iterable[Post]) -> dict[str, list[Post]]:
    """The appointments that count in each programme their units take part in."""
    about = list(posts)
    available = sound()
    found: dict[str, list[Post]] = {}
    for slug in available:
        day = change.at.astimezone(programme(slug).zone).date()
        takes_part = programmes_of(session, {p.unit for p in about}, day)
        its = [p for p in about if p.programme in ("", slug)]
        its = [p for p in its if p.programme or slug in takes_part.get(p.unit, ())]
        if its:
            found[slug] = its
    return found


def tell_offices(session: Session, change: Change, posts: Iterable[Post]) -> int:
    """Queue one mail to each person of a host office about these liaisons; how many were new."""
    drafts: dict[int, Draft] = {}
    for person, draft in _drafts(session, change, concerned(session, change, posts)):
        known = drafts.setdefault(person.officer, draft)  # of several offices: one mail
        every = {*known.appointments, *draft.appointments}
        drafts[person.officer] = replace(known, appointments=tuple(sorted(every)))
    return message.put(session, change, drafts.values())


def _drafts(
    session: Session, change: Change, about: Mapping[str, Sequence[Post]]
) -> Iterator[tuple[Appointment, Draft]]:
    for slug, posts in about.items():
        for office in programme(slug).offices:
            its = tuple(p.id for p in posts if p.office in ("", office.code))
            work = Work(slug, office.code, "", change.at, 0)
            for person in to_office(session, work) if its else ():
                yield (
                    person,
                    Draft(
                        programme=slug,
                        office=office.code,
                        kind="changed",
                        channel="email",
                        officer=person.officer,
                        role="office",
                        not_before=change.at,
                        subjects=(),
                        appointments=its,
                    ),
                )
