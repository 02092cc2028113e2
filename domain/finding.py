"""What a check found: where, what is wrong and what would be right."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from domain.checklist import Severity
from domain.sentences import say


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a field: the catalogue key ``rule`` and the values that fill it.

    ``detail`` has the field's ``label`` and the ``value``, and where it is known the ``row`` (its
    key, with its name) and the ``cell`` (周调度!C5).
    """

    rule: str
    field: str
    severity: Severity
    detail: Mapping[str, str]


def passes(findings: Iterable[Finding]) -> bool:
    """Whether a report with these findings is accepted: warnings are shown, errors return it."""
    return all(finding.severity != "error" for finding in findings)


class Said(Protocol):
    """A sentence of the catalogue with what fills it: a finding, or a remark on a table."""

    @property
    def rule(self) -> str:
        """The key of the sentence."""
        ...

    @property
    def detail(self) -> Mapping[str, str]:
        """What fills it, and where it is."""
        ...


def told(finding: Said) -> str:
    """The finding as a sentence that begins with where it is."""
    detail = finding.detail
    shown = [name for name in ("cell", "row") if detail.get(name)]
    where = say(f"where.{'_'.join(shown)}", **detail) if shown else ""
    return where + say(finding.rule, **detail)


def named(finding: Finding, names: Mapping[str, str]) -> Finding:
    """The finding with the name of its row behind the key, where it has one."""
    row = finding.detail.get("row", "")
    if not names.get(row):
        return finding
    return replace(finding, detail={**finding.detail, "row": f"{row} {names[row]}"})
