"""A unit's lines in the ledger and the labels over them: a form with rows has a line a row."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from documents.ledger import LedgerRow
from domain.content import ONE, Cell, Content, Value
from domain.form import Field, Form
from domain.sentences import say


def heads_of(form: Form) -> list[str]:
    """The labels over a form's cells: its fields with their units, after what tells rows apart."""
    locked = say("template.task_heads").split("|") if form.rows == "tasks" else []
    return [*locked, *(_label(field) for field in form.fields)]


def lines_of(
    line: LedgerRow,
    form: Form,
    content: Content | None,
    *,
    tasks: Mapping[str, str],
    warnings: Mapping[str, str],
) -> list[LedgerRow]:
    """A unit's lines: one, or one a row it reported; ``line`` has what all of them begin with.

    ``tasks`` has titles by code, ``warnings`` sentences by row key, "" for those of no row. One
    that reported no rows has a single line without cells.
    """
    keys = list(content.rows) if content else []
    loose = [text for key, text in warnings.items() if key not in keys]
    found = []
    for number, key in enumerate(keys or [ONE]):
        values = content.rows.get(key, {}) if content else {}
        shown = [key, tasks.get(key, "")] if form.rows == "tasks" else []
        cells = [*shown, *(_shown(values.get(field.code)) for field in form.fields)]
        its = [warnings.get(key, ""), *(loose if not number else [])]
        told = "\n".join(dict.fromkeys(filter(None, its)))
        found.append(replace(line, cells=cells, warnings=told))
    return found


def _label(field: Field) -> str:
    if not field.unit:
        return field.label
    return say("ledger.label_unit", label=field.label, unit=field.unit)


def _shown(value: Value | None) -> str | Decimal | date:
    """A value as the ledger shows it: empty when it was not reported, never 0."""
    if value is None or isinstance(value, Cell):
        return value.value if value is Cell.NOT_APPLICABLE else ""
    return value
