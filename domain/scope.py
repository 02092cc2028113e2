"""Where an appointment counts: everywhere, in one programme, or at one office of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from domain.reminder import Role


class Scoped(Protocol):
    """An appointment, as far as where and when it counts."""

    @property
    def unit(self) -> str: ...

    @property
    def role(self) -> Role: ...

    @property
    def valid_from(self) -> datetime: ...

    @property
    def valid_to(self) -> datetime | None: ...

    @property
    def programme(self) -> str: ...

    @property
    def office(self) -> str: ...


T = TypeVar("T", bound=Scoped)


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


def narrowest(held: Iterable[T]) -> list[T]:
    """Of those that count for an office, at each unit and role those made for it most closely."""
    every = list(held)
    closest: dict[tuple[str, Role], int] = {}
    for h in every:
        place = h.unit, h.role
        closest[place] = max(closest.get(place, 0), _closeness(h))
    return [h for h in every if _closeness(h) == closest[h.unit, h.role]]


def counting(held: Iterable[T], programme: str, office: str, at: datetime) -> list[T]:
    """Those that an office goes by at an instant: in force, and the narrowest that count there."""
    return narrowest(
        h
        for h in held
        if h.programme in ("", programme)
        and h.office in ("", office)
        and h.valid_from <= at
        and (h.valid_to is None or at < h.valid_to)
    )


def _closeness(held: Scoped) -> int:
    return bool(held.programme) + bool(held.office)
