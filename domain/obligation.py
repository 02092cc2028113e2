"""Who owes what by when: an append-only history folded into one of five states (decision 0000)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from itertools import takewhile
from typing import Literal
from zoneinfo import ZoneInfo

from domain.errors import TransitionRefused
from domain.workdays import Workdays

CountingRule = Literal["first_received", "first_valid", "accepted"]


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
    "exempt": _SENT | {Kind.WITHDRAWN},
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
            "obligation.transition", kind=new.kind, phase=phase, last=last or "—"
        )


def _phase_after(phase: str, kind: Kind) -> str:
    match kind:
        case Kind.OPENED:
            return "open"
        case Kind.EXEMPTED:
            return "exempt"
        case Kind.WITHDRAWN:
            return "withdrawn"
    return phase


@dataclass(slots=True)
class _Receipt:
    """A receipt while its history is read."""

    id: int
    received_at: datetime
    nil: bool
    verdict: Literal["unchecked", "valid", "invalid"] = "unchecked"
    accepted: bool = False
    returned_at: datetime | None = None  # by the office; None when it stands


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

    @property
    def owed(self) -> bool:
        """Whether somebody still has to send something."""
        return self.state in (State.PENDING, State.MISSING)


@dataclass(frozen=True, slots=True)
class Counting:
    """How a programme counts: which receipt decides, and the working days to resend a return."""

    rule: CountingRule
    resend_days: int
    workdays: Workdays
    zone: ZoneInfo

    def grace_end(self, returned_at: datetime) -> datetime:
        """24:00 of the last working day on which a returned report may be sent again."""
        day = returned_at.astimezone(self.zone).date()
        last = self.workdays.shift(day, self.resend_days)
        return datetime.combine(last + timedelta(days=1), time(0), self.zone)


def known(events: Iterable[Event], as_of: datetime) -> list[Event]:
    """The events we knew of at ``as_of``, in the order we learnt them."""
    return sorted((e for e in events if e.recorded_at <= as_of), key=lambda e: e.recorded_at)


def due_instant(history: Sequence[Event]) -> datetime | None:
    """The due instant after every change, or None while nothing set one."""
    return next((e.due_at for e in reversed(history) if e.kind is Kind.DUE_SET), None)


def counted_receipt(
    events: Iterable[Event], counting: Counting, as_of: datetime
) -> tuple[int, datetime] | None:
    """The receipt that decides punctuality and when it was received, as known at ``as_of``.

    Slow checking never makes a unit late: what counts is always the receipt's own instant.
    """
    history = known(events, as_of)
    counted = _counted(_receipts(history), counting, due_instant(history), as_of)
    return (counted.id, counted.received_at) if counted else None


def standing(
    events: Iterable[Event], counting: Counting, as_of: datetime, *, self_filed: bool = False
) -> Standing:
    """Fold a history into its state and flags as known at ``as_of``."""
    history = known(events, as_of)
    due_at = due_instant(history)
    receipts = _receipts(history)
    counted = _counted(receipts, counting, due_at, as_of)
    content = _content(receipts)
    return Standing(
        state=_state(history, counted, due_at, as_of),
        flags=frozenset(_flags(history, counted, content, self_filed)),
        due_at=due_at,
        counted=counted.id if counted else None,
        content=content.id if content else None,
        received_at=counted.received_at if counted else None,
        announced=any(e.kind is Kind.ANNOUNCED for e in history),
    )


def verdict(history: Sequence[Event], receipt: int, passed: bool) -> list[tuple[Kind, int]]:
    """What the checks write about a receipt: checked, and accepted in place of the one before it,
    or returned."""
    if not passed:
        return [(Kind.CHECKED, receipt), (Kind.RETURNED, receipt)]
    last = {e.receipt: e.kind for e in history if e.kind is not Kind.REPEATED}
    earlier = takewhile(lambda r: r.id != receipt, _receipts(history))
    before = [r.id for r in earlier if last[r.id] is Kind.ACCEPTED]
    superseded = [(Kind.SUPERSEDED, id) for id in before]
    return [(Kind.CHECKED, receipt), (Kind.ACCEPTED, receipt), *superseded]


def partition(states: Iterable[State]) -> dict[State, int]:
    """How many obligations are in each state; the five add up to all of them."""
    counts = dict.fromkeys(State, 0)
    for state in states:
        counts[state] += 1
    return counts


def _receipts(history: Iterable[Event]) -> list[_Receipt]:
    """Receipts by the instant they came, each with the latest verdict on it."""
    receipts: dict[int, _Receipt] = {}
    for event in history:
        if event.receipt is None:
            continue
        if event.kind is Kind.RECEIVED:
            receipts[event.receipt] = _Receipt(event.receipt, event.at, event.nil)
        elif event.receipt in receipts:
            _judge(receipts[event.receipt], event, receipts.values())
    return sorted(receipts.values(), key=lambda r: (r.received_at, r.id))


def _judge(receipt: _Receipt, event: Event, every: Collection[_Receipt]) -> None:
    if event.kind is Kind.ACCEPTED:
        receipt.verdict, receipt.accepted = "valid", True
        _take_back(receipt, every if event.actor == "office" else (receipt,))
    elif event.kind is Kind.RETURNED and event.actor == "checks":
        receipt.verdict = "invalid"
    elif event.kind is Kind.RETURNED:
        # the office sends back all that was handed in up to now, not one version of it
        for earlier in every:
            if earlier.received_at <= event.at and earlier.returned_at is None:
                earlier.returned_at = event.at


def _take_back(receipt: _Receipt, versions: Collection[_Receipt]) -> None:
    """Undo the return of ``receipt`` for each version that return sent back."""
    returned_at = receipt.returned_at
    for version in versions:
        if version.returned_at == returned_at:
            version.returned_at = None


def _counts(receipt: _Receipt, rule: CountingRule) -> bool:
    match rule:
        case "first_received":
            return True
        case "first_valid":  # one not checked yet counts: its sender has done their part
            return receipt.verdict != "invalid"
        case "accepted":
            return receipt.accepted


def _counted(
    receipts: Sequence[_Receipt], counting: Counting, due_at: datetime | None, as_of: datetime
) -> _Receipt | None:
    candidates = [r for r in receipts if _counts(r, counting.rule)]
    if counting.rule == "first_received":
        return candidates[0] if candidates else None
    return next((r for r in candidates if _stands(r, candidates, counting, due_at, as_of)), None)


def _stands(
    receipt: _Receipt,
    receipts: Sequence[_Receipt],
    counting: Counting,
    due_at: datetime | None,
    as_of: datetime,
) -> bool:
    """Whether a receipt still counts: not returned, or resent within the days allowed."""
    returned_at = receipt.returned_at
    if returned_at is None:
        return True
    if due_at is not None and _by(returned_at, due_at):
        return False
    end = counting.grace_end(returned_at)
    return as_of < end or any(
        returned_at < r.received_at < end and _stands(r, receipts, counting, due_at, as_of)
        for r in receipts
    )


def _content(receipts: Sequence[_Receipt]) -> _Receipt | None:
    """The newest version that is not invalid, one that stands before one sent back."""
    usable = [r for r in receipts if r.verdict != "invalid"]
    return max(usable, key=lambda r: (r.returned_at is None, r.received_at, r.id), default=None)


def _state(
    history: Sequence[Event], counted: _Receipt | None, due_at: datetime | None, as_of: datetime
) -> State:
    if any(e.kind in (Kind.EXEMPTED, Kind.WITHDRAWN) for e in history):
        return State.EXEMPT
    if counted:
        on_time = due_at is None or _by(counted.received_at, due_at)
        return State.ON_TIME if on_time else State.LATE
    return State.PENDING if due_at is None or _by(as_of, due_at) else State.MISSING


def _by(instant: datetime, due_at: datetime) -> bool:
    # to the second, as it is printed: nobody is late by a part of one
    return instant.replace(microsecond=0) <= due_at


def _flags(
    history: Sequence[Event],
    counted: _Receipt | None,
    content: _Receipt | None,
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


def _awaits_resend(history: Sequence[Event], content: _Receipt | None) -> bool:
    """The last thing sent was sent back and nothing stands in its place."""
    if content and content.returned_at is None:
        return False
    return any(e.kind is Kind.RETURNED for e in history)


def correction_owed(history: Sequence[Event]) -> datetime | None:
    """The new due instant people must be told of: it moved after it had been announced (S8)."""
    announced = False
    told: datetime | None = None
    due_at: datetime | None = None
    for event in history:
        if event.kind is Kind.ANNOUNCED:
            announced, told = True, due_at
        elif event.kind is Kind.DUE_SET:
            due_at = event.due_at
    return due_at if announced and due_at != told else None
