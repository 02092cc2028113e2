"""Which receipt decides punctuality, and which one's content holds (decision 0000, S2–S7)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import takewhile
from typing import Literal
from zoneinfo import ZoneInfo

from domain.history import Event, Kind, due_instant, known
from domain.workdays import Workdays

CountingRule = Literal["first_received", "first_valid", "accepted"]


@dataclass(slots=True)
class Version:
    """A receipt while its history is read."""

    id: int
    received_at: datetime
    nil: bool
    verdict: Literal["unchecked", "valid", "invalid"] = "unchecked"
    accepted: bool = False
    returned_at: datetime | None = None  # by the office; None when it stands


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


def counted_receipt(
    events: Iterable[Event], counting: Counting, as_of: datetime
) -> tuple[int, datetime] | None:
    """The receipt that decides punctuality and when it was received, as known at ``as_of``.

    Slow checking never makes a unit late: what counts is always the receipt's own instant.
    """
    history = known(events, as_of)
    counted = counting_version(versions(history), counting, due_instant(history), as_of)
    return (counted.id, counted.received_at) if counted else None


def verdict(history: Sequence[Event], receipt: int, passed: bool) -> list[tuple[Kind, int]]:
    """What the checks write about a receipt: checked, and accepted in place of the one before it,
    or returned."""
    if not passed:
        return [(Kind.CHECKED, receipt), (Kind.RETURNED, receipt)]
    last = {e.receipt: e.kind for e in history if e.kind is not Kind.REPEATED}
    earlier = takewhile(lambda r: r.id != receipt, versions(history))
    before = [r.id for r in earlier if last[r.id] is Kind.ACCEPTED]
    superseded = [(Kind.SUPERSEDED, id) for id in before]
    return [(Kind.CHECKED, receipt), (Kind.ACCEPTED, receipt), *superseded]


def versions(history: Iterable[Event]) -> list[Version]:
    """Receipts by the instant they came, each with the latest verdict on it."""
    receipts: dict[int, Version] = {}
    for event in history:
        if event.receipt is None:
            continue
        if event.kind is Kind.RECEIVED:
            receipts[event.receipt] = Version(event.receipt, event.at, event.nil)
        elif event.receipt in receipts:
            _judge(receipts[event.receipt], event, receipts.values())
    return sorted(receipts.values(), key=lambda r: (r.received_at, r.id))


def _judge(receipt: Version, event: Event, every: Collection[Version]) -> None:
    if event.kind is Kind.ACCEPTED:
        receipt.verdict, receipt.accepted = "valid", True
        _take_back(receipt, every if event.actor == "office" else (receipt,))
    elif event.kind is Kind.RETURNED and event.actor == "checks":
        receipt.verdict = "invalid"
    elif event.kind is Kind.RETURNED:
        # the office sends back all it has seen, not one version of it; one in flight it has not
        for seen in every:
            if seen.returned_at is None and (seen is receipt or seen.verdict != "unchecked"):
                seen.returned_at = event.at


def _take_back(receipt: Version, versions: Collection[Version]) -> None:
    """Undo the return of ``receipt`` for each version that return sent back."""
    returned_at = receipt.returned_at
    for version in versions:
        if version.returned_at == returned_at:
            version.returned_at = None


def _counts(receipt: Version, rule: CountingRule) -> bool:
    match rule:
        case "first_received":
            return True
        case "first_valid":  # one not checked yet counts: its sender has done their part
            return receipt.verdict != "invalid"
        case "accepted":
            return receipt.accepted


def counting_version(
    receipts: Sequence[Version], counting: Counting, due_at: datetime | None, as_of: datetime
) -> Version | None:
    candidates = [r for r in receipts if _counts(r, counting.rule)]
    if counting.rule == "first_received":
        return candidates[0] if candidates else None
    return next((r for r in candidates if _stands(r, candidates, counting, due_at, as_of)), None)


def _stands(
    receipt: Version,
    receipts: Sequence[Version],
    counting: Counting,
    due_at: datetime | None,
    as_of: datetime,
) -> bool:
    """Whether a receipt still counts: not returned, or resent within the days allowed."""
    returned_at = receipt.returned_at
    if returned_at is None:
        return True
    if due_at is not None and no_later(returned_at, due_at):
        return False
    end = counting.grace_end(returned_at)
    return as_of < end or any(
        r.returned_at != returned_at
        and receipt.received_at < r.received_at < end
        and _stands(r, receipts, counting, due_at, as_of)
        for r in receipts
    )


def content_version(receipts: Sequence[Version]) -> Version | None:
    """The newest version that is not invalid, one that stands before one sent back."""
    usable = [r for r in receipts if r.verdict != "invalid"]
    return max(usable, key=lambda r: (r.returned_at is None, r.received_at, r.id), default=None)


def no_later(instant: datetime, due_at: datetime) -> bool:
    # to the second, as it is printed: nobody is late by a part of one
    return instant.replace(microsecond=0) <= due_at
