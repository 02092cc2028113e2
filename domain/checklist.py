"""The kinds of check a form may ask for, as data; ``CONTRIBUTING.md`` has the same table.

A check is silent about cells that were not reported or are not applicable, unless its line says
otherwise. ``classes`` are the unit classes it holds for; none means all.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field as Constrained
from pydantic import model_validator

from domain.rule import Code, Day, Rule

Severity = Literal["error", "warning"]
Codes = Annotated[tuple[Code, ...], Constrained(min_length=1)]
Positive = Annotated[Decimal, Constrained(gt=0)]
NUMBERS = ("number", "percent")


class Checked(Rule):
    """A check: an error returns the report, a warning is accepted and shown."""

    CODES: ClassVar[tuple[str, ...]] = ("fields",)  # the keys that hold codes of fields
    KINDS: ClassVar[tuple[str, ...]] = ()  # the kinds those fields may be of; none means any
    classes: tuple[Code, ...] = ()
    severity: Severity = "error"

    def codes(self) -> Iterator[tuple[str, Code]]:
        """Every code of a field the check names, with the key it stands under."""
        for key in self.CODES:
            value = getattr(self, key)
            yield from ((key, code) for code in ((value,) if isinstance(value, str) else value))


class Required(Checked):
    """``fields`` must be filled; "不适用" counts as filled."""

    kind: Literal["required"]
    fields: tuple[Code, ...]


class Range(Checked):
    """``fields`` lie within [``min``, ``max``]; either may be left out. ``whole``: they count."""

    KINDS = NUMBERS
    kind: Literal["range"]
    fields: tuple[Code, ...]
    min: Decimal | None = None
    max: Decimal | None = None
    whole: bool = False


class AtMost(Checked):
    """``field`` is at most ``limit``, another field."""

    CODES, KINDS = ("field", "limit"), NUMBERS
    kind: Literal["at_most"]
    field: Code
    limit: Code


class Sum(Checked):
    """``parts`` add up to ``total`` within ``tolerance``; ``short``: severity below it (A1.18)."""

    CODES, KINDS = ("parts", "total"), NUMBERS
    kind: Literal["sum"]
    parts: Codes
    total: Code
    tolerance: Decimal = Decimal(0)
    short: Severity | None = None


class Share(Checked):
    """``field`` is at most ``percent`` % of the field ``of`` (A1.19)."""

    CODES, KINDS = ("field", "of"), NUMBERS
    kind: Literal["share"]
    field: Code
    of: Code
    percent: Positive


class Dated(Checked):
    """A date beside one of: another field, a fixed day, the first or last day of the period."""

    CODES, KINDS = ("field",), ("date",)
    field: Code
    other: Code | None = None
    day: Day | None = None
    period: Literal["start", "end"] | None = None

    @model_validator(mode="after")
    def _beside_one_thing(self) -> Self:
        if sum(x is not None for x in (self.other, self.day, self.period)) != 1:
            raise ValueError("checklist.beside_one")
        return self

    def codes(self) -> Iterator[tuple[str, Code]]:
        """Every code of a field the check names, with the key it stands under."""
        yield from [("field", self.field), *([("other", self.other)] if self.other else [])]


class NotBefore(Dated):
    """``field`` is not before ``other``, ``day``, or the ``period``'s start or end."""

    kind: Literal["not_before"]


class NotAfter(Dated):
    """``field`` is not after ``other``, ``day``, or the ``period``'s start or end."""

    kind: Literal["not_after"]


class Needs(Checked):
    """Where ``done`` is filled, and not 0, ``start`` is filled too."""

    CODES = ("done", "start")
    kind: Literal["needs"]
    done: Code
    start: Code


class NoDecrease(Checked):
    """``fields`` do not fall below the last accepted report."""

    KINDS = NUMBERS
    kind: Literal["no_decrease"]
    fields: Codes


class Change(Checked):
    """``fields`` differ from the last accepted report by at most ``percent`` % and ``amount``."""

    KINDS = NUMBERS
    kind: Literal["change"]
    fields: Codes
    percent: Positive | None = None
    amount: Positive | None = None
    severity: Severity = "warning"

    @model_validator(mode="after")
    def _says_how_much(self) -> Self:
        if self.percent is None and self.amount is None:
            raise ValueError("checklist.how_much")
        return self


class Outlier(Checked):
    """``fields`` lie within ``times`` median deviations of at least ``least`` own reports."""

    KINDS = NUMBERS
    kind: Literal["outlier"]
    fields: Codes
    times: Positive = Decimal(5)
    least: Annotated[int, Constrained(ge=3)] = 5
    severity: Severity = "warning"


class SameText(Checked):
    """``fields`` of ``least`` characters or more are less than ``percent`` % like last time."""

    KINDS = ("text",)
    kind: Literal["same_text"]
    fields: Codes
    percent: Annotated[Decimal, Constrained(gt=0, le=100)] = Decimal(95)
    least: Annotated[int, Constrained(ge=1)] = 10
    severity: Severity = "warning"


class Unchanged(Checked):
    """A report that says the same as the last one says so (本期无变化)."""

    CODES = ()
    kind: Literal["unchanged"]
    severity: Severity = "warning"


class Milestones(Checked):
    """Milestones due by the period's end show in ``fields``: a count, a date or words of it."""

    kind: Literal["milestones"]
    fields: Codes
    severity: Severity = "warning"


class Agrees(Checked):
    """``field`` is equal to, or ``how`` = at_most, ``other`` of ``form``, within ``tolerance``."""

    CODES, KINDS = ("field",), NUMBERS
    kind: Literal["agrees"]
    field: Code
    form: Code
    other: Code
    how: Literal["equal", "at_most"] = "equal"
    tolerance: Decimal = Decimal(0)


Check = Annotated[
    Required | Range | AtMost | Sum | Share | NotBefore | NotAfter | Needs | NoDecrease | Change
    | Outlier | SameText | Unchanged | Milestones | Agrees,
    Constrained(discriminator="kind"),
]  # fmt: skip
