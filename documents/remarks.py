"""What is wrong with a report, in words and with its place, and which report it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.checklist import Severity


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding in words: a sentence that says what is wrong and what would be right.

    ``place`` is the cell in the sender's file (周调度!C5), or empty; ``row`` and ``field`` the
    row's key and the field's code.
    """

    severity: Severity
    sentence: str
    place: str = ""
    row: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Returned:
    """A report as it is given back: its number, when it came and the hash of what came, in words.

    ``remarks`` come in the order they are to be read in.
    """

    number: str
    received_at: str
    sha256: str
    remarks: Sequence[Remark]
    demo: bool = False

    def of(self, severity: Severity) -> list[Remark]:
        """The remarks of one severity."""
        return [remark for remark in self.remarks if remark.severity == severity]
