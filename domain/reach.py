"""Whether a unit can be reached, and what is about to go wrong with that (A0.3, S17)."""

from collections.abc import Sequence
from dataclasses import dataclass

NOBODY = ("no_one", "no_address", "no_office")  # nothing the product sends arrives there


@dataclass(frozen=True, slots=True)
class Line:
    """One way to a unit: a person in the role, without the person."""

    email: bool
    phone: bool
    confirmed: bool


def gaps(held: Sequence[Line], *, lasts: bool) -> list[str]:
    """What is wrong with how an office reaches a unit: keys of the catalogue's ``officers_gap``.

    ``held`` are those it goes by now; ``lasts`` whether it will have anybody after the time
    looked at.
    """
    if not held:
        return ["no_one"]
    if not any(line.email or line.phone for line in held):
        return ["no_address"]
    found = [] if any(line.email for line in held) else ["phone_only"]
    found += [] if any(line.confirmed for line in held) else ["unconfirmed"]
    return found + ([] if lasts else ["ends"])
