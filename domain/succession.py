"""What a list of officers changes: who is new, who is succeeded, what stays (A3.10, S9)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.officer import FAR, ONE_HOLDER, Entry, Fault
from domain.person import same_person
from domain.post import Post, Posts
from domain.wording import say_instant


@dataclass(frozen=True, slots=True)
class Step:
    """What one line comes to: ``post`` as it will be, ``before`` as it was, None when new.

    ``ended`` are the predecessors, as they will be.
    """

    entry: Entry
    post: Post
    before: Post | None = None
    ended: tuple[Post, ...] = ()

    @property
    def act(self) -> str:
        """What happens: a key of the catalogue's ``officers_act``."""
        if self.before is None:
            return "entered"
        return "kept" if self.post == self.before else "changed"


@dataclass(slots=True)
class Plan:
    """Every line's step in the order of the list, or the faults that keep all of them out."""

    steps: list[Step] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def plan(entries: Iterable[Entry], register: Sequence[Post], now: datetime, zone: ZoneInfo) -> Plan:
    """Work the lines into the register, earliest first; each sees what those before it did."""
    made, posts = Plan(), Posts(register)
    for number, entry in enumerate(sorted(entries, key=lambda e: (e.since or now, e.row)), 1):
        person = _person(entry, posts)
        found = _appointment(entry, person, posts, now) if person else None
        if found and _starts_elsewhere(entry, found, now):
            right = {"right": say_instant(found.valid_from, zone)}
            made.faults.append(Fault(entry.row, "since", "other_since", right))
            continue
        if found:
            step = _kept(entry, found, posts, now)
        else:
            step = _entered(entry, _new(entry, -number, person, now), posts)
        posts.keep(step.post, *step.ended)
        made.steps.append(step)
    made.steps.sort(key=lambda step: step.entry.row)
    return made


def _new(entry: Entry, number: int, person: Post | None, now: datetime) -> Post:
    return Post(
        id=number,
        officer=person.officer if person else number,
        unit=entry.unit,
        role=entry.role,
        name=entry.name,
        email=entry.email or (person.email if person else ""),
        phone=entry.phone or (person.phone if person else ""),
        valid_from=entry.since or now,
        valid_to=entry.until,
        confirmed=entry.confirmed,
        programme=entry.programme,
        office=entry.office,
    )


def _person(entry: Entry, posts: Posts) -> Post | None:
    """An appointment of the person the line means."""
    near = (p for p in posts.like(entry) if same_person(entry, p, near=p.unit == entry.unit))
    return next(near, None)


def _appointment(entry: Entry, person: Post, posts: Posts, now: datetime) -> Post | None:
    """The appointment a line speaks of: the one that began then, or else one of that time."""
    own = [p for p in posts.of(person.officer, entry.place) if not p.void]
    began = (p for p in own if p.valid_from == entry.since)
    then = (p for p in own if p.overlaps(entry.since or now, entry.until))
    return next(began, None) or next(then, None)


def _starts_elsewhere(entry: Entry, post: Post, now: datetime) -> bool:
    """Whether the line gives it another beginning; when both have passed it simply goes on."""
    return post.valid_from != entry.since and max(post.valid_from, entry.since or now) > now


def _kept(entry: Entry, post: Post, posts: Posts, now: datetime) -> Step:
    """The appointment goes on: its end, its confirmation and the addresses may be new."""
    nexts = [p.valid_from for p in _rivals(post, posts) if p.valid_from >= post.valid_from]
    until = min([entry.until or FAR, *nexts])
    over = post.valid_to is not None and post.valid_to <= now
    after = replace(
        post,
        valid_to=post.valid_to if over and entry.until is None else None if until == FAR else until,
        confirmed=post.confirmed or entry.confirmed,
        email=entry.email or post.email,
        phone=entry.phone or post.phone,
    )
    return Step(entry, after, post)


def _entered(entry: Entry, post: Post, posts: Posts) -> Step:
    """A new appointment ends those it overlaps, and ends itself where a later one begins."""
    rivals = [p for p in _rivals(post, posts) if p.overlaps(post.valid_from, post.valid_to)]
    later = [p.valid_from for p in rivals if p.valid_from > post.valid_from]
    ended = [
        replace(p, valid_to=post.valid_from) for p in rivals if p.valid_from <= post.valid_from
    ]
    until = min([post.valid_to or FAR, *later])
    return Step(entry, replace(post, valid_to=None if until == FAR else until), None, tuple(ended))


def _rivals(post: Post, posts: Posts) -> Iterator[Post]:
    """Other people's appointments to a place that one person holds at a time."""
    if post.role in ONE_HOLDER:
        for p in posts.at(post.place):
            if p.officer != post.officer and not p.void:
                yield p
