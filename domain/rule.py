"""What every rule of a programme has: an origin, and no keys it does not know.

Every rule names its ``source`` (requirement ids) or who decided it and when; a rule with neither
is refused. Unknown keys are refused.
"""

from datetime import date, time
from typing import Annotated, Self

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
