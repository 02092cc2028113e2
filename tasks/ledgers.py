"""The consolidated ledger file of an occasion, with every unit's light and what it sent (A0.12)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE

from documents.file import put
from documents.footnotes import said
from documents.ledger import LedgerRow, LedgerSheet, workbook
from domain.checks import Cell, Value, read
from domain.defaults import concerning, of_ledgers
from domain.form import Form
from domain.programme import Programme
from domain.sentences import say
from domain.wording import say_instant, say_period
from models import receipt
from models.base import reading
from models.installation import is_demo
from settings import Settings
from tasks.defaults import undecided
from tasks.summaries import Line, group_names, lines
from tasks.work import Work, programme


@task(task_run_name=say("task.export"), cache_policy=NO_CACHE)
def export_ledger(work: Work, as_of: datetime) -> str:
    """Write the occasion's ledger into the export folder; its name."""
    return write_ledger(work, as_of)


def write_ledger(work: Work, as_of: datetime) -> str:
    """Write the ledger as known at ``as_of``; a look into the past does not replace the present."""
    rules = programme(work.programme)
    with reading() as session:
        demo, open_rules = is_demo(session), of_ledgers(undecided(session, rules, as_of))
        found = list(lines(session, work, rules, as_of))
        content = receipt.payloads(session, [ln.standing.content for ln in found])
    sheets = [
        replace(
            _sheet(rules, form, work.occasion, demo, _of_form(found, form), content),
            notes=said(concerning(open_rules, [form])),
        )
        for form in rules.forms_of(work.office)
    ]
    name = _file_name(rules, work, as_of)
    folder = Settings().folder("exports", work.programme)
    put(folder / name, workbook([s for s in sheets if s.rows], as_of))
    return name


def _file_name(rules: Programme, work: Work, as_of: datetime) -> str:
    office = f"-{work.office}" if len(rules.offices) > 1 else ""
    past = f"@{as_of.astimezone(UTC):%Y%m%dT%H%M%SZ}" if as_of < work.now else ""
    return f"{work.occasion}{office}{past}.xlsx"


def _of_form(found: Iterable[Line], form: Form) -> list[Line]:
    return [line for line in found if line.owed.form == form.code]


def _sheet(
    rules: Programme,
    form: Form,
    occasion: str,
    demo: bool,
    found: Sequence[Line],
    content: dict[int, dict[str, Any]],
) -> LedgerSheet:
    names = group_names(rules)
    klass = names[form.code]
    mark = say("demo.mark") if demo else ""
    title = say(
        "ledger.title",
        mark=mark,
        programme=rules.name,
        label=form.label,
        occasion=occasion,
        period=say_period(rules.period(occasion)),
        klass=klass,
    )
    rows = [_row(rules, form, line, names, content) for line in found]
    return LedgerSheet(klass, title, [_label(f.label, f.unit) for f in form.fields], rows)


def _label(label: str, unit: str) -> str:
    return say("ledger.label_unit", label=label, unit=unit) if unit else label


def _row(
    rules: Programme,
    form: Form,
    line: Line,
    names: dict[str, str],
    content: dict[int, dict[str, Any]],
) -> LedgerRow:
    standing = line.standing
    sent = content.get(standing.content or 0)
    cells, _ = read(form, sent) if sent is not None else ({}, [])
    return LedgerRow(
        group=names.get(line.owed.group_code or form.code, line.owed.group_code),
        unit=line.unit,
        state=standing.state,
        flags="、".join(sorted(say(f"flag.{flag}") for flag in standing.flags)),
        due=say_instant(standing.due_at, rules.zone) if standing.due_at else "",
        received=say_instant(standing.received_at, rules.zone) if standing.received_at else "",
        cells=[_cell(cells.get(f.code, Cell.NOT_REPORTED)) for f in form.fields],
    )


def _cell(value: Value) -> str | Decimal:
    if isinstance(value, Cell):
        return "" if value is Cell.NOT_REPORTED else value.value
    return value
