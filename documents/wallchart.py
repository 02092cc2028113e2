"""The year on the wall: one A3 page, a row an office, a column a month (A2.23, A0.7, X2, X3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from documents.footnotes import footnotes
from documents.text import page
from documents.wallrow import MONTHS, lines
from documents.year import YearRow
from domain.sentences import say
from domain.workdays import Workdays

DAY = timedelta(days=1)
ROOM = 9.5  # rows the page holds at full size; more of them are printed smaller
ROOMY = 3  # rows that leave room for a line a deadline
COLUMNS, LETTERS = 3, 27  # of the notes at the foot, and Chinese letters a line of them takes
FEW = 4  # lines of notes the page has room for beside the rows
LINE = 0.2  # of a row that each further line of notes takes


@dataclass(frozen=True, slots=True)
class WallChart:
    """What hangs on the wall: ``rows`` whose nominal instants lie in ``year``, and its workdays.

    ``notes`` are the rules no office has confirmed yet.
    """

    title: str
    office: str
    year: int
    rows: Sequence[YearRow]
    workdays: Workdays
    zone: ZoneInfo
    printed_on: date
    notes: Sequence[str]
    demo: bool


@dataclass(frozen=True, slots=True)
class Month:
    """The head of a column: its days off as stretches, its make-up workdays."""

    number: int
    off: Sequence[str]
    extra: Sequence[str]
    confirmed: bool


def wall_chart(chart: WallChart) -> str:
    """The page as HTML that needs nothing from outside; the same values give the same text."""
    parts = [(name, lines(rows, chart.zone)) for name, rows in _by_programme(chart.rows)]
    notes = footnotes(chart.notes)
    taken = sum(line.room for _, part in parts for line in part) + _room(notes)
    return page(
        "wallchart",
        chart=chart,
        programmes=parts,
        months=[_month(chart.year, number, chart.workdays) for number in MONTHS],
        provisional=any(row.status == "provisional" for row in chart.rows),
        notes=notes,
        columns=COLUMNS,
        roomy=taken <= ROOMY,
        scale=round(min(1.0, ROOM / max(taken, 1)), 3),
        mark=say("demo.mark") if chart.demo else "",
    )


def _room(notes: Sequence[str]) -> float:
    """How many rows the notes at the foot push off the page."""
    deep = sum(-(-len(note) // LETTERS) for note in notes[1:]) / COLUMNS
    return max(0.0, deep + 1 - FEW) * LINE


def _by_programme(rows: Sequence[YearRow]) -> list[tuple[str, list[YearRow]]]:
    names = dict.fromkeys(row.programme for row in rows)
    return [(name, [row for row in rows if row.programme == name]) for name in names]


def _month(year: int, number: int, workdays: Workdays) -> Month:
    first = date(year, number, 1)
    days = [day for day in (first + n * DAY for n in range(31)) if day.month == number]
    resting = [[*run] for works, run in groupby(days, workdays.works) if not works]
    return Month(
        number=number,
        off=[_stretch(run) for run in resting if any(day.weekday() < 5 for day in run)],
        extra=[str(day.day) for day in days if day.weekday() >= 5 and workdays.works(day)],
        confirmed=workdays.confirmed(first),
    )


def _stretch(run: Sequence[date]) -> str:
    """Days off in a row, weekends among them, as a holiday notice counts them."""
    first, last = run[0].day, run[-1].day
    return str(first) if first == last else say("wallchart.stretch", first=first, last=last)
