"""One-off matters: asked for at once, so only what lies ahead of the ladder is left (A3.7)."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from domain.reminder import Reminder, Rung, Sending, plan

SOON = timedelta(minutes=1)  # a rung that falls together with the asking says nothing new


def due_after(opened_at: datetime, hours: int) -> datetime:
    """When a matter is due that is opened at an instant: on the minute, never a second short."""
    due_at = opened_at + timedelta(hours=hours)
    whole = due_at.replace(second=0, microsecond=0)
    return whole if whole == due_at else whole + timedelta(minutes=1)


def reminders_ahead(
    ladder: Iterable[Rung], obligation: int, due_at: datetime, opened_at: datetime, sending: Sending
) -> Iterator[Reminder]:
    """The rungs that come after everybody was asked; those that had passed are none."""
    asked_at = sending.allowed_from(opened_at)
    return (r for r in plan(ladder, obligation, due_at, sending) if r.not_before > asked_at + SOON)
