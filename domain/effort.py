"""How long it takes to fill in a form, in minutes: estimates an office may replace by its own.

Nobody has measured them: they are there so that two forms can be compared, and so that a field
has a price before it is added. A pre-filled form that did not change takes less.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field as Constrained

from domain.form import BUNDLED, Field, Form, Rule

Minutes = Annotated[Decimal, Constrained(ge=0)]


class Effort(Rule):
    """Minutes a person needs for a report as a whole, and for each cell and row of it.

    ``opening`` is finding the form, having it looked over and sending it; ``row`` finding out
    which row is meant; ``rows`` how many of them a form with as many as there are things has.
    """

    opening: Minutes = Decimal(10)
    row: Minutes = Decimal(1)
    text: Minutes = Decimal(6)
    number: Minutes = Decimal(2)
    percent: Minutes = Decimal(2)
    date: Minutes = Decimal(1)
    choice: Minutes = Decimal("0.5")
    rows: int = Constrained(default=10, ge=0)

    def of_field(self, field: Field) -> Decimal:
        """One cell of a field."""
        minutes: Decimal = getattr(self, field.kind)
        return minutes

    def of_report(self, form: Form, rows: int) -> Decimal:
        """One report of a form with so many rows."""
        cells = sum((self.of_field(field) for field in form.fields), Decimal(0))
        each = cells if form.rows == "one" else cells + self.row
        return self.opening + rows * each


ESTIMATED = Effort(decided_by=BUNDLED, decided_on=date(2026, 11, 22))
