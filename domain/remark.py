"""What a person should know about a table."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a table that a person should know: a sentence of the catalogue."""

    rule: str
    detail: Mapping[str, str] = field(default_factory=dict)
