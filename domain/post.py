"""The appointments of the register as a list is worked into them: each found without a search."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from domain.officer import FAR, Entry
from domain.person import addresses
from domain.reminder import Role

Place = tuple[str, Role, str, str]  # unit, role and scope


@dataclass(frozen=True, slots=True)
class Post:
    """An appointment on the register; a number below one is not written yet."""

    id: int
    officer: int
    unit: str
    role: Role
    name: str = field(repr=False)
    email: str = field(repr=False)
    phone: str = field(repr=False)
    valid_from: datetime
    valid_to: datetime | None
    confirmed: bool
    programme: str = ""
    office: str = ""

    @property
    def place(self) -> Place:
        """What is held: unit, role and scope."""
        return self.unit, self.role, self.programme, self.office

    @property
    def void(self) -> bool:
        """Whether it was succeeded before it began."""
        return self.valid_to is not None and self.valid_to <= self.valid_from

    def overlaps(self, since: datetime, until: datetime | None) -> bool:
        """Whether it holds at some instant of [since, until)."""
        alive = not self.void and self.valid_from < (until or FAR)
        return alive and since < (self.valid_to or FAR)


class Posts:
    """Every appointment as it stands, oldest first: a line looks at its person's and its place's.

    Of an appointment only times, addresses and the confirmation change, so that what it was
    found under stays right; an address it has no more is sorted out by the rule itself.
    """

    def __init__(self, posts: Iterable[Post]) -> None:
        self._posts: dict[int, Post] = {}
        self._rank: dict[int, int] = {}
        self._by: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
        self.keep(*posts)

    def keep(self, *posts: Post) -> None:
        """Enter appointments, or what has become of them."""
        for post in posts:
            before = self._posts.get(post.id)
            known = set(_keys(before)) if before else set()
            self._posts[post.id] = post
            self._rank.setdefault(post.id, len(self._rank))
            for key in _keys(post):
                if key not in known:
                    self._by[key].append(post.id)

    def like(self, entry: Entry) -> list[Post]:
        """Appointments of people of this name who have, or had, one of these addresses."""
        found = {id for a in addresses(entry) for id in self._by.get((entry.name, a), ())}
        return [self._posts[id] for id in sorted(found, key=self._rank.__getitem__)]

    def of(self, officer: int, place: Place) -> list[Post]:
        """A person's appointments to a place."""
        return [self._posts[id] for id in self._by.get((officer, place), ())]

    def at(self, place: Place) -> list[Post]:
        """Everybody's appointments to a place."""
        return [self._posts[id] for id in self._by.get(place, ())]


def _keys(post: Post) -> Iterator[tuple[object, ...]]:
    yield post.place
    yield post.officer, post.place
    for address in addresses(post):
        yield post.name, address
