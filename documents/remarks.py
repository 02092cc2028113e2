"""What is wrong with a report, in words and with its place, and which report it is."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from domain.checklist import Severity
from domain.finding import Finding
from domain.sentences import say


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding in words: a sentence that says what is wrong and what would be right.

    ``place`` is the cell in the sender's file (周调度!C5), or empty; ``row`` and ``field`` the
    row's key and the field's code; ``value`` what the sentence says of the cell.
    """

    severity: Severity
    sentence: str
    place: str = ""
    row: str = ""
    field: str = ""
    value: str = ""


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


def remarks_of(findings: Iterable[Finding], rows: Collection[str]) -> list[Remark]:
    """What was found, errors first, as remarks on the rows of a report by their keys."""
    found = [
        Remark(
            severity=finding.severity,
            sentence=say(finding.rule, **finding.detail),
            place=finding.detail.get("cell", ""),
            row=row_of(finding, rows),
            field=finding.field,
            value=finding.detail.get("value", ""),
        )
        for finding in findings
    ]
    return sorted(found, key=lambda remark: remark.severity)


def row_of(finding: Finding, rows: Collection[str]) -> str:
    """The key of the row a finding is about, whose title may stand behind it; "" for none."""
    told = finding.detail.get("row", "")
    fits = [key for key in rows if key and (told == key or told.startswith(f"{key} "))]
    return max(fits, key=len, default="")
