"""One row of a report under check, beside what it is compared with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from domain.checklist import Severity
from domain.content import Cell, Content, Value
from domain.finding import Finding
from domain.form import Form
from domain.periods import Period
from domain.task import Milestone

Found = Iterator[Finding]


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beside a report itself.

    ``previous`` is the last accepted report of the unit, ``history`` all of them, oldest first;
    ``milestones`` and ``names`` (titles) are by row key, ``others`` reports of the same time by
    form. What is not known is empty, and what would need it finds nothing.
    """

    period: Period
    unit_class: str = ""
    previous: Content | None = None
    history: Sequence[Content] = ()
    milestones: Mapping[str, Sequence[Milestone]] = field(default_factory=dict)
    others: Mapping[str, Content] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a report: its values by field code."""

    form: Form
    key: str
    report: Content
    context: Context

    def value(self, code: str) -> Value:
        """What stands in a field."""
        return self.report.rows[self.key].get(code, Cell.NOT_REPORTED)

    def number(self, code: str) -> Decimal | None:
        """The number in a field; None when there is none."""
        return _number(self.value(code))

    def day(self, code: str) -> date | None:
        """The day in a field; None when there is none."""
        found = self.value(code)
        return found if isinstance(found, date) else None

    def last(self, code: str) -> Value:
        """What stood there in the last accepted report."""
        return _in(self.context.previous, self.key, code)

    def last_number(self, code: str) -> Decimal | None:
        """The number that stood there in the last accepted report."""
        return _number(self.last(code))

    def history(self, code: str) -> list[Value]:
        """What stood there in every accepted report, oldest first."""
        return [_in(report, self.key, code) for report in self.context.history]

    def label(self, code: str) -> str:
        """What the field is called."""
        return self.form.field(code).label

    def finding(self, rule: str, code: str, severity: Severity, **detail: object) -> Finding:
        """A finding about a field of the row, with where it is."""
        return finding(self.form, rule, code, severity, detail, **self.where(code))

    def where(self, code: str) -> dict[str, str]:
        """The row's key, and the cell where it is known."""
        return {"row": self.key, "cell": self.report.places.get(self.key, {}).get(code, "")}


def finding(
    form: Form, rule: str, code: str, severity: Severity, detail: Mapping[str, object], **where: str
) -> Finding:
    """A finding about a field, its values as people read them."""
    told = {key: shown(value) for key, value in detail.items()}
    place = {key: value for key, value in where.items() if value}
    return Finding(rule, code, severity, {"label": form.field(code).label} | told | place)


def shown(value: object) -> str:
    """A value as people read it: numbers without powers, long texts cut."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value.value if isinstance(value, Cell) else value)[:60]


def _number(value: Value) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def _in(report: Content | None, key: str, code: str) -> Value:
    return report.rows.get(key, {}).get(code, Cell.NOT_REPORTED) if report else Cell.NOT_REPORTED
