"""The case library: what units wrote as good practice, to be looked through and reused (A0.17).

A workbook and a page of the same texts, by unit and date. A text that a unit sent again and again
stands once, with the first and the last occasion it was sent for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO

from documents.asking import DATE
from documents.looks import put
from documents.sheet import Layout, height, lay_out, new_book, sheet_name
from documents.text import page
from domain.content import Cell, Content
from domain.folding import fold
from domain.form import Form
from domain.sentences import say
from domain.vocabulary import words as known

# programme, form, unit, group, field, text, reported on, occasion, times, last occasion
WIDTHS = (17, 9, 14, 12, 14, 58, 12, 11, 7, 11)
DAY = 6
NOTHING = known("answer", "nil") | {fold(cell.value) for cell in Cell}


@dataclass(frozen=True, slots=True)
class Case:
    """One text a unit wrote: about which occasion, reported on which day, in words.

    ``times`` is how often it was sent, ``last`` the last occasion of them.
    """

    programme: str
    form: str
    unit: str
    group: str
    field: str
    text: str
    on: date
    occasion: str
    times: int = 1
    last: str = ""


def practice(form: Form, content: Content) -> list[tuple[str, str]]:
    """What a report says in the fields that collect good practice: each label and its text."""
    fields = [field for field in form.fields if field.practice]
    found = [
        (field.label, row.get(field.code)) for row in content.rows.values() for field in fields
    ]
    return [(label, text) for label, text in found if isinstance(text, str)]


def library(cases: Iterable[Case]) -> list[Case]:
    """The texts worth keeping, newest first; what says nothing is left out, each stands once."""
    found: dict[tuple[str, ...], list[Case]] = {}
    for case in sorted(cases, key=lambda case: (case.on, case.occasion)):
        words = "".join(letter for letter in case.text if letter.isalnum())
        if words and fold(words) not in NOTHING:
            found.setdefault((case.programme, case.unit, case.field, words), []).append(case)
    once = [replace(its[0], times=len(its), last=its[-1].occasion) for its in found.values()]
    return sorted(once, key=lambda case: (-case.on.toordinal(), case.unit, case.field))


def cases_workbook(title: str, cases: Sequence[Case], created: datetime, *, demo: bool) -> bytes:
    """The .xlsx file, a row a text under a filter; the same cases give the same bytes."""
    buffer = BytesIO()
    book = new_book(buffer, created)
    sheet = book.add_worksheet(sheet_name(say("cases.sheet")))
    heads = say("cases.heads").split("|")
    sheet.write_string(0, 0, _marked(title, demo), book.add_format({"bold": True, "font_size": 14}))
    shape = {"border": 1, "text_wrap": True, "valign": "top"}
    head = book.add_format({**shape, "bold": True, "bg_color": "#DDEBF7"})
    plain = book.add_format(shape)
    day = book.add_format({**shape, "num_format": DATE, "align": "left"})
    sheet.set_row(1, height(heads, WIDTHS))
    sheet.write_row(1, 0, heads, head)
    for number, case in enumerate(cases, start=2):
        cells = _cells(case)
        sheet.set_row(number, height(cells, WIDTHS))
        for column, cell in enumerate(cells):
            put(sheet, (number, column), cell, day if column == DAY else plain)
    lay_out(sheet, Layout(WIDTHS, 1, len(cases), frozen=0, paper="A4"))
    sheet.set_footer(say("template.footer"))
    book.close()
    return buffer.getvalue()


def cases_page(title: str, cases: Sequence[Case], *, demo: bool) -> str:
    """The page as HTML that needs nothing from outside; without scripts it is the whole list."""
    units = list(dict.fromkeys(case.unit for case in sorted(cases, key=lambda case: case.unit)))
    fields = list(dict.fromkeys(case.field for case in cases))
    mark = say("demo.mark") if demo else ""
    months = list(dict.fromkeys(f"{case.on:%Y-%m}" for case in cases))
    parts = {"units": units, "fields": fields, "months": months}
    return page("cases", title=title, mark=mark, cases=cases, **parts)


def _marked(title: str, demo: bool) -> str:
    return (say("demo.mark") if demo else "") + title


def _cells(case: Case) -> list[str | int | date]:
    names: list[str | int | date] = [case.programme, case.form, case.unit, case.group, case.field]
    again = case.last if case.times > 1 else ""
    return [*names, case.text, case.on, case.occasion, case.times, again]
