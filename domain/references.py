"""The codes in a programme that must stand elsewhere in it."""

from typing import TYPE_CHECKING

from domain.form import AtMost, Check, Form

if TYPE_CHECKING:
    from domain.programme import Programme

Reference = tuple[str, str, set[str]]  # where it stands, the code, what is known there


def references(programme: "Programme") -> list[Reference]:
    """Every code that must exist elsewhere in the programme."""
    lists = ("offices", "clocks", "classes", "phases")
    known = {name: {item.code for item in getattr(programme, name)} for name in lists}
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
        found += _checked(form)
    return found


def _checked(form: Form) -> list[Reference]:
    fields = {f.code for f in form.fields}
    place = f"forms.{form.code}.checks"
    return [(place, code, fields) for check in form.checks for code in _fields(check)]


def _fields(rule: Check) -> tuple[str, ...]:
    return (rule.field, rule.limit) if isinstance(rule, AtMost) else rule.fields
