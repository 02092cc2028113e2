"""The forms of a programme as data: fields, and the checks on them; every rule with its origin.

Every rule names its ``source`` (requirement ids) or who decided it and when; a rule with neither
is refused. Unknown keys are refused.
"""

from datetime import date, time
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Strict, model_validator
from pydantic import Field as Constrained

Day = Annotated[date, Strict()]  # TOML has days and times of its own: no words, no numbers
Time = Annotated[time, Strict()]
Code = Annotated[str, Constrained(pattern=r"^[a-z0-9][a-z0-9-]*$")]
Name = Annotated[str, Constrained(min_length=1)]


class Data(BaseModel):
    """A frozen piece of a programme that refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


BUNDLED = "bundled-default"  # decided by whoever wrote the folder, until an office confirms it


class Rule(Data):
    """Something the programme prescribes, with where it comes from.

    ``note`` says in one sentence what was decided where the document is silent.
    """

    source: tuple[str, ...] = ()
    decided_by: str = ""
    decided_on: Day | None = None
    note: str = ""

    @model_validator(mode="after")
    def _has_an_origin(self) -> Self:
        if not self.source and not (self.decided_by and self.decided_on):
            raise ValueError("rule.no_origin")
        return self


class Field(Rule):
    """One field of a form."""

    code: Code
    label: Name
    kind: Literal["text", "number", "percent", "date", "choice"] = "text"
    unit: str = ""
    choices: tuple[Name, ...] = ()  # of a choice: the words it may be
    aliases: tuple[Name, ...] = ()  # other heads it is known under (A0.11)
    hint: str = ""  # what to write, in one sentence
    example: str = ""
    practice: bool = False  # its texts go into the library of good practice (A0.17)


class Required(Rule):
    """The fields must be filled; "不适用" counts as filled."""

    kind: Literal["required"]
    fields: tuple[Code, ...]
    severity: Literal["error", "warning"] = "error"


class Range(Rule):
    """The fields, where reported, lie within [min, max]."""

    kind: Literal["range"]
    fields: tuple[Code, ...]
    min: Decimal | None = None
    max: Decimal | None = None
    severity: Literal["error", "warning"] = "error"


class AtMost(Rule):
    """The field, where both are reported, is at most ``limit``."""

    kind: Literal["at_most"]
    field: Code
    limit: Code
    severity: Literal["error", "warning"] = "error"


Check = Annotated[Required | Range | AtMost, Constrained(discriminator="kind")]


class Form(Rule):
    """What some units hand in on one clock: those of a class, the leads of tasks, or a list.

    A form for one-off matters says none of them: the office names the units when it opens one.
    ``phases`` are those of the programme in which it is asked for; none means in all. ``rows``:
    a report is one set of fields, a row for each live task the unit leads (keyed by the task's
    code), or many rows told apart by what stands in the field ``key``.
    """

    code: Code
    label: Name
    office: Code
    clock: Code
    unit_class: Code | None = None
    lead_units: bool = False
    units: tuple[Code, ...] = ()
    phases: tuple[Code, ...] = ()
    fields: tuple[Field, ...] = Constrained(min_length=1)
    rows: Literal["one", "tasks", "many"] = "one"
    key: Code | None = None
    checks: tuple[Check, ...] = ()

    @model_validator(mode="after")
    def _owed_by_one_kind(self) -> Self:
        if bool(self.unit_class) + self.lead_units + bool(self.units) > 1:
            raise ValueError("rule.who_owes")
        return self

    @model_validator(mode="after")
    def _cells_can_be_told_apart(self) -> Self:
        for words in ([f.code for f in self.fields], [f.label for f in self.fields]):
            if again := next((word for word in words if words.count(word) > 1), None):
                raise ValueError(f"programme_check.field_twice|forms.{self.code}.fields|{again}")
        return self

    @property
    def debtors(self) -> str:
        """Who owes it, in one word: "class:<code>", "leads", "units", or "" for who is asked."""
        if self.unit_class:
            return f"class:{self.unit_class}"
        return "leads" if self.lead_units else "units" if self.units else ""
