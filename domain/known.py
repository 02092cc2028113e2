"""What the cells of an officers' list are read against, and how a bad one is said."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Known:
    """What a list is read against: what a word for a unit may mean depends on the programme.

    ``units`` are by programme and word, under no programme ("") what any of them means by it;
    ``members`` all who take part in a programme, host an office of it or have a task of it.
    ``programme`` is that of the line read, where it names one.
    """

    zone: ZoneInfo
    units: Mapping[str, Mapping[str, Collection[str]]]
    names: Sequence[str]  # to propose from
    offices: Mapping[str, Collection[str]]
    members: Mapping[str, Collection[str]]
    programme: str = ""

    def within(self, programme: str) -> "Known":
        """What a line of a programme is read against; of an unknown one, as if it named none."""
        return replace(self, programme=programme if programme in self.offices else "")


class Bad(ValueError):
    """A cell that cannot be taken: the rule, and what fills its sentence."""

    def __init__(self, rule: str, **values: object) -> None:
        self.rule, self.values = rule, values
        super().__init__(rule)
