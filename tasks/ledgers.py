"""The consolidated ledger file of an occasion, with every unit's light and what it sent (A0.12)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from prefect import task
from prefect.cache_policies import NO_CACHE

from documents.file import put
from documents.footnotes import said
from documents.ledger import LedgerRow, LedgerSheet, workbook
from documents.ledgerlines import heads_of, lines_of
from documents.remarks import row_of
from domain.defaults import concerning, of_ledgers
from domain.programme import Programme
from domain.sentences import say
from domain.wording import say_instant, say_period
from models.base import reading
from models.installation import is_demo
from models.task import tasks_of
from settings import Settings
from tasks.defaults import undecided
from tasks.held import Told, told_by
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
        found = _grouped(rules, lines(session, work, rules, as_of))
        titles = {task.code: task.title for task in tasks_of(session, rules.slug).tasks}
        by_form = [
            told_by(session, rules, form, its, as_of)
            for form in rules.forms_of(work.office)
            if (its := [line for line in found if line.owed.form == form.code])
        ]
    sheets = [
        replace(
            _sheet(rules, one, work.occasion, demo, titles),
            notes=said(concerning(open_rules, [one.form])),
        )
        for one in by_form
    ]
    name = _file_name(rules, work, as_of)
    folder = Settings().folder("exports", work.programme)
    put(folder / name, workbook(sheets, as_of))
    return name


def _grouped(rules: Programme, found: Iterable[Line]) -> list[Line]:
    """The lines with those that are compared with each other side by side."""
    order = {group.code: number for number, group in enumerate(rules.groups)}
    return sorted(found, key=lambda line: order.get(line.owed.group_code, -1))


def owed(work: Work, as_of: datetime) -> bool:
    """Whether anybody owed anything for the occasion, as known at ``as_of``."""
    with reading() as session:
        return any(True for _ in lines(session, work, programme(work.programme), as_of))


def _file_name(rules: Programme, work: Work, as_of: datetime) -> str:
    office = f"-{work.office}" if len(rules.offices) > 1 else ""
    past = f"@{as_of.astimezone(UTC):%Y%m%dT%H%M%SZ}" if as_of < work.now else ""
    return f"{work.occasion}{office}{past}.xlsx"


def _sheet(
    rules: Programme, told: Told, occasion: str, demo: bool, titles: Mapping[str, str]
) -> LedgerSheet:
    names, form = group_names(rules), told.form
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
    rows = [row for line in told.lines for row in _rows(rules, told, line, names, titles)]
    return LedgerSheet(klass, title, heads_of(form), rows)


def _rows(
    rules: Programme, told: Told, line: Line, names: Mapping[str, str], titles: Mapping[str, str]
) -> list[LedgerRow]:
    standing, form, group = line.standing, told.form, line.owed.group_code
    first = LedgerRow(
        group=names.get(group or form.code, group),
        unit=line.unit,
        state=standing.state,
        flags="、".join(sorted(say(f"flag.{flag}") for flag in standing.flags)),
        due=say_instant(standing.due_at, rules.zone) if standing.due_at else "",
        received=say_instant(standing.received_at, rules.zone) if standing.received_at else "",
        cells=(),
    )
    held = told.contents.get(standing.content or 0)
    warnings: dict[str, str] = {}
    for finding in told.warnings.get(standing.content or 0, ()):
        key = row_of(finding, held.rows if held else ())
        warnings[key] = "\n".join(
            filter(None, (warnings.get(key), say(finding.rule, **finding.detail)))
        )
    return lines_of(first, form, held, tasks=titles, warnings=warnings)
