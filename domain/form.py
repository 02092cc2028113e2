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


class Rule(Data):
    """Something the programme prescribes, with where it comes from."""

    source: tuple[str, ...] = ()
    decided_by: str = ""
    decided_on: Day | None = None

    @model_validator(mode="after")
    def _has_an_origin(self) -> Self:
        if not self.source and not (self.decided_by and self.decided_on):
            raise ValueError("rule.no_origin")
        return self


class Field(Rule):
    """One field of a form."""

    code: Code
    label: Name
    kind: Literal["text", "number"] = "text"
    unit: str = ""


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
    """What one class of units hands in on one clock."""

    code: Code
    label: Name
    office: Code
    clock: Code
    unit_class: Code
    fields: tuple[Field, ...] = Constrained(min_length=1)
    checks: tuple[Check, ...] = ()
