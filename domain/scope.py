"""Where an appointment counts: everywhere, in one programme, or at one office of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.reminder import Role


@dataclass(frozen=True, slots=True)
class Held:
    """An appointment in force, without anything of its person but the number."""

    appointment: int
    officer: int
    unit: str
    role: Role
    valid_from: datetime
    valid_to: datetime | None
    programme: str = ""
    office: str = ""


def narrowest(held: Sequence[Held]) -> list[Held]:
    """Of those that count for an office, at each unit and role those made for it most closely."""
    closest: dict[tuple[str, Role], int] = {}
    for h in held:
        place = h.unit, h.role
        closest[place] = max(closest.get(place, 0), _closeness(h))
    return [h for h in held if _closeness(h) == closest[h.unit, h.role]]


def _closeness(held: Held) -> int:
    return bool(held.programme) + bool(held.office)
