"""Who owes what by when: an append-only history folded into one of five states (decision 0000)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from domain.counting import (
    Counting,
    Version,
    content_version,
    counting_version,
    no_later,
    versions,
)
from domain.history import Event, Kind, due_instant, known, phase_of, was_announced


class State(StrEnum):
    """The five-way partition: every obligation is in exactly one at any instant."""

    PENDING = "pending"
    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"
    EXEMPT = "exempt"


class Flag(StrEnum):
    """What else is true of an obligation, beside its state."""

    NIL = "nil"
    EXTENDED = "extended"
    RETURNED = "returned"
    SELF_FILED = "self_filed"
    UNCHECKED = "unchecked"
    NOT_OPENED = "not_opened"  # nothing is stored of it yet: it is as it will be opened


@dataclass(frozen=True, slots=True)
class Standing:
    """What an obligation's history amounts to at one instant.

    ``counted`` is the receipt that decides punctuality, ``content`` the one whose values hold.
    """

    state: State
    flags: frozenset[Flag]
    due_at: datetime | None
    counted: int | None
    content: int | None
    received_at: datetime | None
    announced: bool
    resend_by: datetime | None = None  # until when a returned report may be sent again

    @property
    def owed(self) -> bool:
        """Whether somebody still has to send something."""
        return self.state in (State.PENDING, State.MISSING)


def standing(
    events: Iterable[Event], counting: Counting, as_of: datetime, *, self_filed: bool = False
) -> Standing:
    """Fold a history into its state and flags as known at ``as_of``."""
    history = known(events, as_of)
    due_at = due_instant(history)
    receipts = versions(history)
    counted = counting_version(receipts, counting, due_at, as_of)
    content = content_version(receipts)
    return Standing(
        state=_state(history, counted, due_at, as_of),
        flags=frozenset(_flags(history, counted, content, self_filed)),
        due_at=due_at,
        counted=counted.id if counted else None,
        content=content.id if content else None,
        received_at=counted.received_at if counted else None,
        announced=was_announced(history),
        resend_by=_resend_by(content, counting, due_at),
    )


def _resend_by(
    content: Version | None, counting: Counting, due_at: datetime | None
) -> datetime | None:
    returned_at = content.returned_at if content else None
    if returned_at is None:
        return due_at
    before_due = due_at is not None and no_later(returned_at, due_at)
    return due_at if before_due else counting.grace_end(returned_at)


def partition(states: Iterable[State]) -> dict[State, int]:
    """How many obligations are in each state; the five add up to all of them."""
    counts = dict.fromkeys(State, 0)
    for state in states:
        counts[state] += 1
    return counts


def on_time_rate(counts: Mapping[State, int]) -> Decimal | None:
    """Reports on time over reports due by now, the exempt left out (S13); None when none is due."""
    due = counts[State.ON_TIME] + counts[State.LATE] + counts[State.MISSING]
    return Decimal(counts[State.ON_TIME]) / due if due else None


def _state(
    history: Sequence[Event], counted: Version | None, due_at: datetime | None, as_of: datetime
) -> State:
    if phase_of(history) in ("exempt", "withdrawn"):
        return State.EXEMPT
    if counted:
        on_time = due_at is None or no_later(counted.received_at, due_at)
        return State.ON_TIME if on_time else State.LATE
    return State.PENDING if due_at is None or no_later(as_of, due_at) else State.MISSING


def _flags(
    history: Sequence[Event],
    counted: Version | None,
    content: Version | None,
    self_filed: bool,
) -> Iterable[Flag]:
    if content and content.nil:
        yield Flag.NIL
    if any(e.kind is Kind.DUE_SET and e.actor == "office" for e in history):
        yield Flag.EXTENDED
    if _awaits_resend(history, content):
        yield Flag.RETURNED
    if counted and counted.verdict == "unchecked":
        yield Flag.UNCHECKED
    if self_filed:
        yield Flag.SELF_FILED


def _awaits_resend(history: Sequence[Event], content: Version | None) -> bool:
    """The last thing sent was sent back and nothing stands in its place."""
    if content and content.returned_at is None:
        return False
    return any(e.kind is Kind.RETURNED for e in history)
