"""One row of the year of deadlines: what ``luoshu deadlines`` prints and every calendar shows."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Status = Literal["confirmed", "provisional", "exempt"]


@dataclass(frozen=True, slots=True)
class Deadline:
    """When one form of one office is due for one occasion.

    ``debtors`` is "class:<code>", "leads" or "units"; ``due_at`` and ``shift_days`` are None when
    the occasion is exempt; ``reason`` is a key of the catalogue, empty when nothing was moved.
    """

    programme: str
    office: str
    form: str
    debtors: str
    occasion: str
    period_start: date
    period_end: date
    nominal_due_at: datetime
    due_at: datetime | None
    shift_days: int | None
    reason: str
    status: Status
