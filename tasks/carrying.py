"""What a unit carries from occasion to occasion: its accepted reports of a year, form by form."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from documents.carry import CarrySheet, Stand, carry_workbook
from domain.content import Content
from domain.errors import Refused
from domain.form import Form
from domain.sentences import say
from domain.wording import say_instant
from models.installation import is_demo
from models.report import Span
from models.unit import printed_names
from tasks.blanks import units_meant
from tasks.masking import mask
from tasks.previous import all_before
from tasks.register import Register, register
from tasks.work import programme


def carried(slug: str, word: str, year: int, now: datetime) -> tuple[str, bytes]:
    """The file of a unit for the year of its occasions, and its name.

    Raises Refused for a unit that is none, or of which nothing was accepted.
    """
    rules = programme(slug)
    with register(rules) as known:
        [unit] = units_meant(known, [word])
        day = now.astimezone(rules.zone).date()
        assert known.session is not None
        name = printed_names(known.session, day).get(unit, unit)
        sheets = [sheet for f in rules.forms for sheet in _sheets(known, f, unit, name, year)]
    if not sheets:
        raise Refused("desk.nothing_carried", unit=name, year=year, slug=slug)
    return say("carry.file", unit=name, year=year), carry_workbook(sheets, now)


def _sheets(known: Register, form: Form, unit: str, name: str, year: int) -> Iterator[CarrySheet]:
    session, rules = known.session, known.rules
    assert session is not None
    found = all_before(session, rules, form, [unit], Span()).get(unit, [])
    stands = [
        Stand(last.occasion, say_instant(last.received_at, rules.zone), _masked(last.content))
        for last in reversed(found)
        if rules.period(last.occasion).end.year == year
    ]
    if stands:
        mark = say("demo.mark") if is_demo(session) else ""
        words = {"mark": mark, "unit": name, "label": form.label, "year": year}
        titles = {task.code: task.title for task in known.tasks.tasks}
        yield CarrySheet(say("carry.title", **words), form, stands, titles)


def _masked(content: Content) -> Content:
    """The same without the telephones and mailboxes that stand in its words."""
    rows = {
        key: {code: mask(v) if isinstance(v, str) else v for code, v in row.items()}
        for key, row in content.rows.items()
    }
    return replace(content, rows=rows)
