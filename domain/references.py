"""The codes in a programme that must stand elsewhere in it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from domain.checklist import Agrees
from domain.form import Form

if TYPE_CHECKING:
    from domain.programme import Programme

Reference = tuple[str, str, set[str]]  # where it stands, the code, what is known there


def references(programme: "Programme") -> list[Reference]:
    """Every code that must exist elsewhere in the programme."""
    lists = ("offices", "clocks", "classes", "phases")
    known = {name: {item.code for item in getattr(programme, name)} for name in lists}
    fields = {form.code: {f.code for f in form.fields} for form in programme.forms}
    found: list[Reference] = []
    for form in programme.forms:
        place = f"forms.{form.code}"
        found += [
            (f"{place}.office", form.office, known["offices"]),
            (f"{place}.clock", form.clock, known["clocks"]),
            *((f"{place}.phases", code, known["phases"]) for code in form.phases),
        ]
        if form.unit_class:
            found.append((f"{place}.unit_class", form.unit_class, known["classes"]))
        found += _checked(form, fields, known["classes"])
    return found


def _checked(form: Form, fields: dict[str, set[str]], classes: set[str]) -> Iterator[Reference]:
    for check in form.checks:
        place = f"forms.{form.code}.checks.{check.kind}"
        yield from ((f"{place}.{key}", code, fields[form.code]) for key, code in check.codes())
        yield from ((f"{place}.classes", code, classes) for code in check.classes)
        if isinstance(check, Agrees):
            yield f"{place}.form", check.form, set(fields)
            yield f"{place}.other", check.other, fields.get(check.form, set())
