"""What was read of a report, for its sender to look over: a page that a phone shows at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from documents.remarks import Remark, Returned
from documents.text import page
from domain.content import Cell, Content, Value
from domain.form import Field, Form
from domain.sentences import say


@dataclass(frozen=True, slots=True)
class Line:
    """One field as it was read: ``place`` is its cell, ``empty`` says that it has no value.

    What was written there all the same is shown as it was sent.
    """

    label: str
    value: str
    place: str
    empty: bool
    remarks: Sequence[Remark]

    @property
    def worst(self) -> str:
        """The worse of its remarks: error, warning, or nothing."""
        found = {remark.severity for remark in self.remarks}
        return "error" if "error" in found else "warning" if found else ""


@dataclass(frozen=True, slots=True)
class Part:
    """One row of a report with its name; without rows there is one part and it has none."""

    name: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class ReadBack:
    """The whole page, in words.

    ``state`` is the light of the obligation (按时); ``accepted`` whether it needs no mending. When
    it does: ``stands`` when an earlier report is accepted and remains so, else ``resend_by`` is
    until when a new one keeps the mark, empty when that is over.
    """

    returned: Returned
    programme: str
    label: str
    unit: str
    occasion: str
    period: str
    due: str
    state: str
    file: str
    parts: Sequence[Part]
    nil: bool
    unchanged: bool
    stands: bool
    resend_by: str
    office: str
    contact: str

    @property
    def accepted(self) -> bool:
        """Whether nothing has to be mended."""
        return not self.returned.of("error")


def read_back(told: ReadBack) -> str:
    """The page as HTML that needs nothing from outside; the same values give the same text."""
    mark = say("demo.mark") if told.returned.demo else ""
    return page("readback", told=told, mark=mark, severities=("error", "warning"))


def parts(
    form: Form, content: Content, remarks: Sequence[Remark], names: Mapping[str, str]
) -> list[Part]:
    """Every row of a report with its fields as read; ``names`` has the titles of tasks by code."""
    return [
        Part(
            " ".join(dict.fromkeys(filter(None, (key, names.get(key, ""))))),
            list(_lines(form, content, remarks, key)),
        )
        for key in content.rows
    ]


def _lines(form: Form, content: Content, remarks: Sequence[Remark], key: str) -> Iterator[Line]:
    places = content.places.get(key, {})
    for field in form.fields:
        value = content.rows[key].get(field.code, Cell.NOT_REPORTED)
        its = [r for r in remarks if (r.row, r.field) == (key, field.code)]
        place = places.get(field.code, "")
        empty = value is Cell.NOT_REPORTED
        sent = next((remark.value for remark in its if remark.value), "") if empty else ""
        shown = say("readback.unread", value=sent) if sent else said(field, value)
        yield Line(field.label, shown, place, empty, its)


def said(field: Field, value: Value) -> str:
    """A value as people read it, with its unit: 12 个, 85%, 2026-11-30, 未填."""
    if isinstance(value, Cell):
        return say("readback.empty") if value is Cell.NOT_REPORTED else value.value
    if isinstance(value, Decimal):
        unit = "%" if field.kind == "percent" else field.unit and f" {field.unit}"
        return f"{value:f}{unit}"
    return value.isoformat() if isinstance(value, date) else value
