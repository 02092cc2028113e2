"""What has happened to an obligation: append-only facts, and which may follow which."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.errors import TransitionRefused
from domain.sentences import say


class Kind(StrEnum):
    """What can happen to an obligation; the word is stored."""

    OPENED = "opened"
    ANNOUNCED = "announced"
    DUE_SET = "due_set"
    RECEIVED = "received"
    REPEATED = "repeated"
    CHECKED = "checked"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    SUPERSEDED = "superseded"
    EXEMPTED = "exempted"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Event:
    """One fact about an obligation: when it happened, when we knew, and what it concerns."""

    kind: Kind
    at: datetime
    recorded_at: datetime
    actor: str = ""  # "checks", "office", "clock" or "unit"
    receipt: int | None = None
    due_at: datetime | None = None
    nil: bool = False


# What may follow: for the obligation by its phase, for a receipt by its last event.
_SENT = frozenset(
    {Kind.RECEIVED, Kind.REPEATED, Kind.CHECKED, Kind.RETURNED, Kind.ACCEPTED, Kind.SUPERSEDED}
)
PHASES: dict[str, frozenset[Kind]] = {
    "none": frozenset({Kind.OPENED}),
    "open": _SENT | {Kind.ANNOUNCED, Kind.DUE_SET, Kind.EXEMPTED, Kind.WITHDRAWN},
    "exempt": _SENT | {Kind.DUE_SET, Kind.WITHDRAWN},
    "withdrawn": _SENT,
}
RECEIPTS: dict[Kind | None, frozenset[Kind]] = {
    None: frozenset({Kind.RECEIVED}),
    Kind.RECEIVED: frozenset({Kind.REPEATED, Kind.CHECKED}),
    Kind.CHECKED: frozenset({Kind.REPEATED, Kind.ACCEPTED, Kind.RETURNED}),
    Kind.ACCEPTED: frozenset({Kind.REPEATED, Kind.RETURNED, Kind.SUPERSEDED}),
    Kind.RETURNED: frozenset({Kind.REPEATED, Kind.ACCEPTED}),
    Kind.SUPERSEDED: frozenset({Kind.REPEATED, Kind.RETURNED}),
}


def admit(history: Iterable[Event], new: Event) -> None:
    """Raise TransitionRefused when ``new`` cannot follow ``history``."""
    phase, last = "none", None
    for event in history:
        phase = _phase_after(phase, event.kind)
        if event.receipt == new.receipt and event.kind is not Kind.REPEATED:
            last = event.kind
    allowed = PHASES[phase] - _SENT if new.receipt is None else PHASES[phase] & RECEIPTS[last]
    if new.kind not in allowed:
        raise TransitionRefused(
            "obligation.transition",
            kind=say(f"kind.{new.kind}"),
            phase=say(f"phase.{phase}"),
            last=say(f"kind.{last or 'nothing'}"),
        )


def _phase_after(phase: str, kind: Kind) -> str:
    match kind:
        case Kind.OPENED:
            return "open"
        case Kind.EXEMPTED:
            return "exempt"
        case Kind.WITHDRAWN:
            return "withdrawn"
        case Kind.DUE_SET if phase == "exempt":
            return "open"  # a new due instant makes it owed again
    return phase


def phase_of(history: Iterable[Event]) -> str:
    """The phase an obligation is in after its history."""
    phase = "none"
    for event in history:
        phase = _phase_after(phase, event.kind)
    return phase


def known(events: Iterable[Event], as_of: datetime) -> list[Event]:
    """The events we knew of at ``as_of``, in the order they were written: no clock is asked."""
    return [e for e in events if e.recorded_at <= as_of]


def due_instant(history: Sequence[Event]) -> datetime | None:
    """The due instant after every change, or None while nothing set one."""
    return next((e.due_at for e in reversed(history) if e.kind is Kind.DUE_SET), None)


def demanded(history: Sequence[Event]) -> datetime | None:
    """The due instant in force, or None while nothing is owed."""
    return due_instant(history) if phase_of(history) == "open" else None


def was_announced(history: Sequence[Event]) -> bool:
    """Whether a message has named its due instant: a change is then told (S8)."""
    return any(e.kind is Kind.ANNOUNCED for e in history)
