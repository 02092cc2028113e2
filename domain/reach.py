"""Whether a unit can be reached, and what is about to go wrong with that (A0.3, S17)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

NOBODY = ("no_one", "no_address", "no_office")  # nothing the product sends arrives there


@dataclass(frozen=True, slots=True)
class Line:
    """One way to a unit: a person in the role, without the person."""

    email: bool
    phone: bool
    confirmed: bool
    valid_from: datetime
    valid_to: datetime | None

    def holds(self, at: datetime) -> bool:
        """Whether the person holds the role at an instant."""
        return self.valid_from <= at and (self.valid_to is None or at < self.valid_to)


def gaps(lines: Sequence[Line], now: datetime, within: timedelta) -> list[str]:
    """What is wrong with how a unit is reached: keys of the catalogue's ``officers_gap``."""
    held = [line for line in lines if line.holds(now)]
    if not held:
        return ["no_one"]
    if not any(line.email or line.phone for line in held):
        return ["no_address"]
    found = [] if any(line.email for line in held) else ["phone_only"]
    found += [] if any(line.confirmed for line in held) else ["unconfirmed"]
    last = now + within
    return found + ([] if any(line.holds(last) for line in lines) else ["ends"])
