"""The forms of a programme as data: fields, and the checks on them; every rule with its origin."""

from typing import Literal, Self

from pydantic import Field as Constrained
from pydantic import model_validator

from domain.checklist import AtMost, Check, Range, Required
from domain.rule import BUNDLED, Code, Data, Day, Name, Rule, Time

__all__ = [
    "BUNDLED", "AtMost", "Check", "Code", "Data", "Day", "Field", "Form", "Name", "Range",
    "Required", "Rule", "Time",
]  # fmt: skip


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
        labels = [name for f in self.fields for name in (f.label, *f.aliases)]
        for words in ([f.code for f in self.fields], labels):
            if again := next((word for word in words if words.count(word) > 1), None):
                raise ValueError(f"programme_check.field_twice|forms.{self.code}.fields|{again}")
        return self

    @model_validator(mode="after")
    def _rows_have_a_key(self) -> Self:
        codes = [f.code for f in self.fields]
        if (self.rows == "many") != bool(self.key) or (self.key and self.key not in codes):
            known = "、".join(codes)
            raise ValueError(f"checklist.key|forms.{self.code}.key|{self.key or ''}|{known}")
        return self

    @model_validator(mode="after")
    def _choices_are_said(self) -> Self:
        for field in self.fields:
            if (field.kind == "choice") != bool(field.choices):
                raise ValueError(f"checklist.choices|forms.{self.code}.fields.{field.code}.choices")
        return self

    @model_validator(mode="after")
    def _checks_fit_their_fields(self) -> Self:
        kinds = {f.code: f.kind for f in self.fields}
        for check in self.checks:
            for key, code in check.codes():
                if code in kinds and check.KINDS and kinds[code] not in check.KINDS:
                    place = f"forms.{self.code}.checks.{check.kind}.{key}"
                    raise ValueError(f"checklist.kind|{place}|{code}|{'、'.join(check.KINDS)}")
        return self

    def field(self, code: str) -> Field:
        """The field with this code; StopIteration when the form has none."""
        return next(f for f in self.fields if f.code == code)

    @property
    def debtors(self) -> str:
        """Who owes it, in one word: "class:<code>", "leads", "units", or "" for who is asked."""
        if self.unit_class:
            return f"class:{self.unit_class}"
        return "leads" if self.lead_units else "units" if self.units else ""
