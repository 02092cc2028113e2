"""The year of deadlines as files: which programmes are meant, and what was written where."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from documents.file import put
from domain.errors import Refused
from domain.sentences import say

if TYPE_CHECKING:
    from tasks.deadlines import Year

YEARS = range(1000, 9000)  # four digits, and room on either side to count weeks in


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for: where each paper is to go, and which deadlines are shown.

    ``moved`` is for tables alone: a page for the wall and a calendar show the whole year.
    """

    ics: Path | None
    xlsx: Path | None
    chart: Path | None
    office: str
    moved: bool

    @property
    def files(self) -> bool:
        """Whether any paper is asked for; else it is a table."""
        return bool(self.ics or self.xlsx or self.chart)

    def rows(self, years: Sequence["Year"]) -> list["Year"]:
        """The deadlines a table shows: all, or those that were moved and the exempt."""
        if not self.moved:
            return list(years)
        return [year.where(lambda d: d.shift_days != 0) for year in years]


@dataclass(slots=True)
class Written:
    """What was written where; the units that have no liaison to hand a calendar to."""

    paths: dict[str, Any] = field(default_factory=dict)

    def told(self) -> Iterator[str]:
        """What the operator is told of it."""
        for paper in ("xlsx", "chart"):
            if paper in self.paths:
                yield say("output.written", path=self.paths[paper])
        if "chart" in self.paths:
            yield say("deadlines.print_chart")
        if "ics" in self.paths:
            yield say("deadlines.handed", count=len(self.paths["files"]), path=self.paths["ics"])
            units = self.paths["unreached"]
            if units:
                yield say("deadlines.unreached", count=len(units), units="、".join(units))


def chosen(slug: str, year: int | None, wanted: Wanted, now: datetime) -> list["Year"]:
    """The year of the programme, or of every programme that has deadlines in it.

    Raises Refused when the year is none, or when only one programme can be meant and none is
    named.
    """
    from tasks.deadlines import whole_year, whole_years
    from tasks.work import programme, sound

    known = sound()
    rules = programme(slug or known[0])
    number = now.astimezone(rules.zone).year if year is None else year
    if number not in YEARS:
        raise Refused("deadlines.year", year=number)
    if slug:
        found = whole_year(slug, number)
        code = rules.office(wanted.office).code if wanted.office else ""
        parts = [found.where(lambda d: d.office == code) if code else found]
    elif wanted.ics or wanted.office or not wanted.files:
        raise Refused("deadlines.which", known="、".join(known))
    else:
        parts = whole_years(number)
        if not parts:
            raise Refused("deadlines.none", year=number)
    return parts


def write(years: Sequence["Year"], wanted: Wanted, now: datetime) -> Written:
    """Every file asked for; Refused when there is nothing to put on paper."""
    from tasks.handouts import hand_out
    from tasks.yearbooks import why_empty, year_chart, year_file

    written, first = Written(), years[0]
    rows = wanted.rows(years)
    if wanted.xlsx:
        if not any(year.deadlines for year in rows):
            raise why_empty(first, wanted.office, wanted.moved)
        written.paths["xlsx"] = saved(wanted.xlsx, year_file(rows))
    if wanted.chart:
        if not any(year.deadlines for year in years):
            raise why_empty(first, wanted.office, False)
        page = year_chart(years, now.astimezone(first.rules.zone).date())
        written.paths["chart"] = saved(wanted.chart, page.encode())
    if wanted.ics:
        done = hand_out(first.rules.slug, first.year, now, wanted.office)
        if not done.files and not done.unreached:
            raise why_empty(first, wanted.office, False)
        files = [saved(wanted.ics / name, content) for name, content in done.files.items()]
        written.paths |= {"ics": str(wanted.ics), "files": files, "unreached": done.unreached}
    return written


def saved(path: Path, content: bytes) -> str:
    """Write a file whole or not at all; where it lies. Refused when it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        put(path, content)
    except OSError:
        raise Refused("deadlines.not_written", path=path) from None
    return str(path)
