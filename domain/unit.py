"""Units under the names they bore: one id, many dated names (S11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.timeline import holds


@dataclass(frozen=True, slots=True)
class DatedName:
    """A name a unit bore from ``valid_from`` until the day before ``valid_to``."""

    unit: str
    name: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A unit as a member of a programme, from ``valid_from`` until the day before ``valid_to``."""

    unit: str
    class_code: str
    group_code: str
    valid_from: date = date.min
    valid_to: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the unit is a member on a day."""
        return holds(self, day)


@dataclass(frozen=True, slots=True)
class UnitChange:
    """Units that became others on a day: a rename keeps its id, a merge or split does not."""

    kind: Literal["rename", "merge", "split"]
    before: tuple[str, ...]
    after: tuple[str, ...]
    on: date


@dataclass(frozen=True, slots=True)
class GroupReference:
    """Words a document uses for many units at once, such as 各城市区; ``units`` is who they are.

    ``open`` when nobody has said who they are: such a reference is flagged, never guessed.
    ``parent`` is the unit whose own parts they are, when the words name one.
    """

    code: str
    words: tuple[str, ...]
    units: tuple[str, ...]
    parent: str = ""

    @property
    def open(self) -> bool:
        """Whether a person still has to say whom the words mean."""
        return not self.units


def name_on(names: Iterable[DatedName], unit: str, day: date) -> str:
    """The name a document dated ``day`` prints: of a unit that is gone by then, the last it bore;
    the id itself when no name is known.
    """
    borne = [name for name in names if name.unit == unit and name.valid_from <= day]
    return max(borne, key=lambda name: name.valid_from).name if borne else unit


def streak(on_time: Iterable[bool]) -> int:
    """How many reports in a row, counted back from the newest, were on time."""
    count = 0
    for good in on_time:
        count = count + 1 if good else 0
    return count
