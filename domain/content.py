"""What a report says: rows of three-valued cells, each with the place it was read from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum


class Cell(Enum):
    """The two values of a cell that are not a value; neither is ever taken for 0."""

    NOT_APPLICABLE = "不适用"
    NOT_REPORTED = "未报送"


Value = str | Decimal | date | Cell
ONE = ""  # the key of the only row of a form that has no rows


@dataclass(frozen=True, slots=True)
class Words:
    """What was sent, as words: for each row the words by field code, label or unknown head.

    ``places`` has the cell of each of them (周调度!C5), ``troubles`` the catalogue key of what is
    wrong with a cell itself (a formula without a result, an error value, several rows merged).
    ``nil`` says there is nothing to report, ``unchanged`` that all stands as last reported.
    """

    rows: Mapping[str, Mapping[str, str]]
    places: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    troubles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    nil: bool = False
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """What a report says once it is read: for each row a value under every field code."""

    rows: Mapping[str, Mapping[str, Value]]
    places: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    nil: bool = False
    unchanged: bool = False
