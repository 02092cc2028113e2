"""What a blank form is made of: whose it is, in codes and in words, and what it begins with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.content import ONE, Content
from domain.form import Form
from domain.identity import Identity
from domain.sentences import say

SPARE = 30  # empty rows of a form with as many rows as there are things to report


@dataclass(frozen=True, slots=True)
class Spec:
    """Whose template it is, in codes (``identity``) and in words, and what it begins with.

    ``tasks`` are the unit's live tasks by code, with their titles, for a form that has a row for
    each. ``before`` is the last accepted report, of the occasion ``before_of``; ``now`` what is
    to stand in the cells instead of it, when a report is shown as it was read.
    """

    identity: Identity
    form: Form
    programme: str
    unit: str
    period: str
    due: str
    created: datetime
    tasks: Mapping[str, str]
    before: Content | None = None
    before_of: str = ""
    now: Content | None = None
    demo: bool = False

    @property
    def title(self) -> str:
        """The line on top, with the mark of a demonstration."""
        mark = say("demo.mark") if self.demo else ""
        return say("template.title", mark=mark, programme=self.programme, label=self.form.label)

    @property
    def line(self) -> str:
        """Who owes it, for when, by when."""
        occasion = self.identity.occasion
        names = {"unit": self.unit, "occasion": occasion, "period": self.period, "due": self.due}
        return say("template.line", **names)

    def keys(self) -> list[str]:
        """The rows from top to bottom; "" is one that is still empty."""
        if self.form.rows == "one":
            return [ONE]
        shown = self.now or self.before
        told = list(shown.rows) if shown else []
        if self.form.rows == "tasks":
            # what was read stays, though its task is no longer live
            return [
                *self.tasks,
                *(key for key in (self.now or Content({})).rows if key not in self.tasks),
            ]
        return [*told, *[""] * SPARE]
