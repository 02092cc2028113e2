"""The year of deadlines of an office as .xlsx: a row a deadline, what was moved and why (A0.7, X2).

``YearRow`` is also what the wall chart is made of.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter

from documents.footnotes import footnotes
from documents.sheet import Layout, height, lay_out, new_book, sheet_name
from domain.deadline import Status
from domain.sentences import say
from domain.wording import deadline_day

# programme, office, form, debtors, occasion, period, nominal, due, weekday, shift, reason, status
WIDTHS = (25, 29, 15, 15, 10, 19, 16, 16, 6, 9, 26, 6)
DATES = (6, 7)
HEAD = 2  # under the title and the legend
MINUTE = "yyyy-mm-dd hh:mm"
TONES: dict[str, dict[str, Any]] = {
    "plain": {},
    "shifted": {"bg_color": "#FFE699", "bold": True},
    "provisional": {"bg_color": "#DDEBF7", "italic": True},
    "exempt": {"bg_color": "#E7E6E6", "font_color": "#595959", "italic": True},
}
Formats = Callable[[str, bool, bool], Any]


@dataclass(frozen=True, slots=True)
class YearRow:
    """A deadline (``domain.deadline.Deadline``) in words people read, but for its instants.

    ``due_at`` and ``shift_days`` are None when the occasion is exempt; ``reason`` is a sentence.
    """

    programme: str
    office: str
    form: str
    debtors: str
    occasion: str
    period: str
    nominal_due_at: datetime
    due_at: datetime | None
    shift_days: int | None
    reason: str
    status: Status

    @property
    def moved(self) -> bool:
        """Whether it is due on another day than its rule alone would say."""
        return bool(self.shift_days)


def year_workbook(
    title: str,
    rows: Sequence[YearRow],
    notes: Mapping[str, Sequence[str]],
    created: datetime,
    *,
    zone: ZoneInfo,
    demo: bool,
) -> bytes:
    """The .xlsx file: all deadlines by due instant, and a sheet a programme when there are more.

    ``notes`` are the rules no office has confirmed yet, by programme; the first sheet has all.
    The same values give the same bytes.
    """
    buffer = BytesIO()
    book = new_book(buffer, created)
    title = (say("demo.mark") if demo else "") + title
    ordered = sorted(rows, key=lambda row: (row.due_at or row.nominal_due_at, row.office, row.form))
    programmes = list(dict.fromkeys(row.programme for row in rows))
    every = [note for found in notes.values() for note in found]
    parts = {say("year.all"): (title, ordered, every)}
    for number, name in enumerate(programmes if len(programmes) > 1 else [], start=1):
        part = [row for row in ordered if row.programme == name]
        line = say("year.part", title=title, programme=name)
        parts[f"{number} {name}"] = (line, part, list(notes.get(name, ())))
    for name, (line, part, its) in parts.items():
        _write(book, book.add_worksheet(sheet_name(name)), line, part, notes=its, zone=zone)
    book.close()
    return buffer.getvalue()


def say_shift(days: int | None) -> str:
    """By how many days a deadline was moved, and in which direction; empty when it was not."""
    if not days:
        return ""
    return say("year.earlier" if days < 0 else "year.later", days=abs(days))


def _write(
    book: xlsxwriter.Workbook,
    page: "xlsxwriter.worksheet.Worksheet",
    title: str,
    rows: Sequence[YearRow],
    *,
    notes: Sequence[str],
    zone: ZoneInfo,
) -> None:
    formats = _formats(book)
    heads = say("year.heads").split("|")
    page.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    page.write_string(1, 0, say("year.legend"))
    page.set_row(HEAD, height(heads, WIDTHS))
    head = {
        "bold": True,
        "border": 1,
        "text_wrap": True,
        "bg_color": "#DDEBF7",
        "valign": "vcenter",
    }
    page.write_row(HEAD, 0, heads, book.add_format(head))
    month = 0
    for number, row in enumerate(rows, start=HEAD + 1):
        before, month = month, deadline_day(row.due_at or row.nominal_due_at, zone)[0].month
        _write_row(page, number, row, zone=zone, formats=formats, opens=month != before)
    for number, note in enumerate(footnotes(notes), start=HEAD + len(rows) + 2):
        page.write_string(number, 0, note)
    lay_out(page, Layout(WIDTHS, HEAD, len(rows), frozen=0, paper="A4"))
    page.set_footer(say("year.footer"))


def _write_row(
    page: "xlsxwriter.worksheet.Worksheet",
    number: int,
    row: YearRow,
    *,
    zone: ZoneInfo,
    formats: Formats,
    opens: bool,
) -> None:
    cells = _cells(row, zone)
    page.set_row(number, height([*cells[:6], *("" for _ in DATES), *cells[8:]], WIDTHS))
    for column, cell in enumerate(cells):
        form = formats(_tone(row), column in DATES, opens)
        if isinstance(cell, datetime):
            page.write_datetime(number, column, cell, form)
        elif not cell:
            page.write_blank(number, column, None, form)
        else:
            page.write_string(number, column, cell, form)


def _cells(row: YearRow, zone: ZoneInfo) -> list[str | datetime]:
    weekday = ""
    if row.due_at:
        weekday = say("time.weekdays")[deadline_day(row.due_at, zone)[0].weekday()]
    due = _instant(row.due_at, zone) if row.due_at else say("year.exempt")
    words = [row.programme, row.office, row.form, row.debtors, row.occasion, row.period]
    dates = [_instant(row.nominal_due_at, zone), due]
    rest = [weekday and say("year.weekday", weekday=weekday), say_shift(row.shift_days)]
    return [*words, *dates, *rest, row.reason, say(f"year.{row.status}")]


def _instant(instant: datetime, zone: ZoneInfo) -> datetime | str:
    """A date Excel can filter and sort by; as words where Excel has none, at 24:00."""
    day, clock = deadline_day(instant, zone)
    return f"{day} {clock}" if clock == "24:00" else instant.astimezone(zone).replace(tzinfo=None)


def _tone(row: YearRow) -> str:
    if row.status == "exempt" or row.moved:
        return "exempt" if row.status == "exempt" else "shifted"
    return "provisional" if row.status == "provisional" else "plain"


def _formats(book: xlsxwriter.Workbook) -> Formats:
    """A format for each tone, for dates and for words; a thick line where a month begins."""

    @cache
    def make(tone: str, dated: bool, opens: bool) -> Any:
        shape = {"border": 1, "top": 5 if opens else 1, "text_wrap": True, "valign": "vcenter"}
        shown = {"num_format": MINUTE, "align": "left"} if dated else {}
        return book.add_format({**shape, **shown, **TONES[tone]})

    return make
