"""What a task works on: ids and instants, never people. And the calendar and programme it needs."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TypeVar

from domain.errors import ProgrammeRefused, Refused
from domain.lexicon import Lexicon
from domain.programme import Programme
from domain.workdays import Workdays
from migrations import migrate
from models import installation
from models.audit import Change
from models.base import Session, reading
from models.workday import workdays
from programmes import load
from programmes.load import Loaded
from settings import Settings

SMALLEST_BATCH = 500
BATCHES = 8  # a stage never makes more task runs than this, however many units there are

T = TypeVar("T")
_marks: dict[str, bool] = {}  # of each database, whether it is a demonstration's
_simulated: ContextVar[datetime | None] = ContextVar("simulated", default=None)


@dataclass(frozen=True, slots=True)
class Work:
    """One stage of one run: which occasion, at what instant, written down as which step."""

    programme: str
    office: str
    occasion: str
    now: datetime
    step: int

    def change(self, actor: str) -> Change:
        """The audit context of what this stage writes."""
        return Change(self.programme, actor, self.now, self.step)


def now() -> datetime:
    """The instant things happen at: the clock's, or the simulated one of a demonstration."""
    return _simulated.get() or datetime.now(UTC)


def is_simulated() -> bool:
    """Whether the pipelines run under a simulated now."""
    return _simulated.get() is not None


@contextmanager
def simulated(instant: datetime) -> Iterator[None]:
    """Run the block as if it were ``instant``; only in a database marked as a demonstration."""
    with reading() as session:
        if not installation.is_demo(session):
            raise Refused("simulate.not_demo")
    token = _simulated.set(instant)
    try:
        yield
    finally:
        _simulated.reset(token)


def programme(slug: str) -> Programme:
    """The programme as its folder says now; in a demonstration a dated plan is moved."""
    return loaded(slug).programme


def loaded(slug: str) -> Loaded:
    """The programme's whole folder."""
    return _loaded(slug, _shows_demo(Settings().url))


def sound() -> list[str]:
    """The programmes whose folders can be used; a broken one must not stop the others."""
    broken = faults()
    return [slug for slug in load.available(Settings().programmes) if slug not in broken]


def faults() -> dict[str, str]:
    """What is wrong with each folder that cannot be used, in a sentence."""
    found: dict[str, str] = {}
    for slug in load.available(Settings().programmes):
        try:
            loaded(slug)
        except ProgrammeRefused as refusal:
            found[slug] = str(refusal)
    return found


def words_of(slug: str) -> Lexicon:
    """The words for units that a programme understands."""
    return _words(slug, _shows_demo(Settings().url))


@cache
def _words(slug: str, demo: bool) -> Lexicon:
    return _loaded(slug, demo).lexicon()


@cache
def _loaded(slug: str, demo: bool) -> Loaded:
    return load.load(slug, Settings().programmes, demo=demo)


def _shows_demo(url: str) -> bool:
    """Whether the database is a demonstration's; its mark never changes once it is set."""
    if url not in _marks and migrate.exists() and migrate.current():
        with reading() as session:
            if installation.since(session):
                _marks[url] = installation.is_demo(session)
    return _marks.get(url, False)


def calendar(session: Session, rules: Programme) -> Workdays:
    """The working days of a programme: the public ones, and its own extra days."""
    return rules.calendar(workdays(session))


def size_of(count: int, most: int) -> int:
    """How large a batch is so that ``most`` batches hold ``count``; never a small one."""
    return max(SMALLEST_BATCH, -(-count // most))


def batches(items: Sequence[T]) -> list[Sequence[T]]:
    """Cut into batches: larger populations take larger batches, not more of them."""
    size = size_of(len(items), BATCHES)
    return [items[start : start + size] for start in range(0, len(items), size)]
