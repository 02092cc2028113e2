"""The year of deadlines in words: as tables, as .xlsx and on the wall (A0.7, A2.23, X2, X3)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from documents.footnotes import said
from documents.wallchart import WallChart, wall_chart
from documents.year import YearRow, say_shift, year_workbook
from domain.deadline import Deadline
from domain.errors import Refused
from domain.sentences import say
from domain.wording import deadline_day, say_day, say_deadline, say_debtors, say_span
from domain.workdays import Workdays, calendar_of
from intake.holidays import published
from migrations import migrate
from models.base import reading
from models.workday import workdays
from tasks.deadlines import Row, Year


@dataclass(frozen=True, slots=True)
class Series:
    """The forms of one office that are always due together, and their deadlines in words.

    ``counts`` says how many there are, and how many of them were moved, exempt or provisional.
    """

    title: str
    counts: str
    rows: Sequence[Row]


def series(year: Year) -> Iterator[Series]:
    """A table for each of them: who owes what to whom, and every deadline."""
    for codes, found in _alike(year):
        rows = [_row(year, deadline) for deadline in found]
        yield Series(_title(year, codes), _counts(found), rows)


def in_all(year: Year) -> str:
    """The counts of all of them: what is always due together counts once."""
    return _counts([deadline for _, found in _alike(year) for deadline in found])


def _alike(year: Year) -> Iterator[tuple[Sequence[str], Sequence[Deadline]]]:
    """The codes of forms that are always due together, and the deadlines of the first."""
    by_form: dict[str, list[Deadline]] = {}
    for deadline in year.deadlines:
        by_form.setdefault(deadline.form, []).append(deadline)
    alike: dict[tuple[object, ...], list[str]] = {}
    for form, found in by_form.items():
        when = tuple((d.occasion, d.nominal_due_at, d.due_at) for d in found)
        alike.setdefault((found[0].office, when), []).append(form)
    return ((codes, by_form[codes[0]]) for codes in alike.values())


def _title(year: Year, codes: Sequence[str]) -> str:
    forms = [year.rules.form(code) for code in codes]
    return say(
        "deadlines.series",
        forms="、".join(dict.fromkeys(form.label for form in forms)),
        debtors="、".join(dict.fromkeys(say_debtors(year.rules, form) for form in forms)),
        office=year.rules.office(forms[0].office).name,
    )


def _counts(found: Sequence[Deadline]) -> str:
    shifts = [d.shift_days or 0 for d in found]
    parts = {
        "all": len(found),
        "earlier": sum(days < 0 for days in shifts),
        "later": sum(days > 0 for days in shifts),
        "exempt": sum(d.status == "exempt" for d in found),
        "provisional": sum(d.status == "provisional" for d in found),
    }
    return "，".join(say(f"deadlines.{part}", count=n) for part, n in parts.items() if n)


def _row(year: Year, deadline: Deadline) -> Row:
    return {
        "occasion": deadline.occasion,
        "period": say_span(deadline.period_start, deadline.period_end),
        "due_at": _due(year, deadline),
        "change": "，".join(_changes(year, deadline)),
    }


def _due(year: Year, deadline: Deadline) -> str:
    """With its year when that is another: a deadline of January may go to December."""
    if deadline.due_at is None:
        return say("year.exempt")
    words = say_deadline(deadline.due_at, year.rules.zone)
    day, _ = deadline_day(deadline.due_at, year.rules.zone)
    same = day.year == year.year
    return words if same else say("deadlines.of_year", year=day.year, due=words)


def _changes(year: Year, deadline: Deadline) -> Iterator[str]:
    if deadline.status == "exempt":
        yield say(deadline.reason)
    if deadline.status == "provisional":
        yield say("year.provisional")
    if deadline.shift_days:
        day, _ = deadline_day(deadline.nominal_due_at, year.rules.zone)
        yield say("deadlines.was", shift=say_shift(deadline.shift_days), day=say_day(day))


def year_rows(year: Year) -> Iterator[YearRow]:
    """The deadlines as documents print them: names instead of codes."""
    for deadline in year.deadlines:
        form = year.rules.form(deadline.form)
        yield YearRow(
            programme=year.rules.name,
            office=year.rules.office(deadline.office).name,
            form=form.label,
            debtors=say_debtors(year.rules, form),
            occasion=deadline.occasion,
            period=say_span(deadline.period_start, deadline.period_end),
            nominal_due_at=deadline.nominal_due_at,
            due_at=deadline.due_at,
            shift_days=deadline.shift_days,
            reason=say(deadline.reason) if deadline.reason else "",
            status=deadline.status,
        )


def year_file(years: Sequence[Year]) -> bytes:
    """The .xlsx of one programme or several; as created on the first day of the year it shows."""
    first = years[0]
    _of_one_zone(years)
    return year_workbook(
        _heading(years),
        [row for year in years for row in year_rows(year)],
        {year.rules.name: _notes(year, years) for year in years},
        datetime(first.year, 1, 1, tzinfo=first.rules.zone),
        zone=first.rules.zone,
        demo=first.demo,
    )


def year_chart(years: Sequence[Year], printed_on: date) -> str:
    """The page for the wall, of one programme or several side by side."""
    first = years[0]
    _of_one_zone(years)
    offices = {row.office for year in years for row in year_rows(year)}
    chart = WallChart(
        title=_heading(years),
        office=offices.pop() if len(offices) == 1 else say("deadlines.offices", count=len(offices)),
        year=first.year,
        rows=[row for year in years for row in year_rows(year)],
        workdays=first.workdays if len(years) == 1 else _public(),
        zone=first.rules.zone,
        printed_on=printed_on,
        notes=[note for year in years for note in _notes(year, years)],
        demo=first.demo,
    )
    return wall_chart(chart)


def _heading(years: Sequence[Year]) -> str:
    name = years[0].rules.name if len(years) == 1 else ""
    return say("deadlines.heading", programme=name, year=years[0].year)


def _notes(year: Year, years: Sequence[Year]) -> list[str]:
    return said(year.undecided, year.rules.name if len(years) > 1 else "")


def _of_one_zone(years: Sequence[Year]) -> None:
    """A page has one clock; raises Refused when programmes live by several."""
    zones = {year.rules.zone.key for year in years}
    if len(zones) > 1:
        raise Refused("deadlines.zones", zones="、".join(sorted(zones)))


def _public() -> Workdays:
    """The calendar without the days of any programme of its own."""
    if not migrate.exists():
        return calendar_of(published())
    with reading() as session:
        return workdays(session)


def why_empty(year: Year, office: str, moved: bool) -> Refused:
    """Why there is nothing to show, to be said or raised."""
    rules, values = year.rules, {"year": year.year}
    if rules.active_to and rules.active_to.year < year.year:
        return Refused("deadlines.ended", day=rules.active_to, **values)
    if rules.begins.year > year.year:
        return Refused("deadlines.not_begun", day=rules.begins, **values)
    if moved:
        return Refused("deadlines.none_moved", **values)
    if office and not rules.kinds(office):
        return Refused("deadlines.no_forms", office=rules.office(office).name, **values)
    return Refused("deadlines.none", **values)
