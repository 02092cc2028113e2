"""Clocks on months, halves, quarters and years: which day a report is due (X1, A3.8, A4.1)."""

from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from domain.clock import Clock, due, month_of
from domain.periods import LENGTHS, Kind, Months, following, parse, period_of, periods, preceding
from domain.workdays import Workdays
from tests.domain.build import CALENDAR, ZONE, local

holds = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
KINDS: tuple[Kind, ...] = ("week", "half-month", "month", "quarter", "half-year", "year")
DAYS = st.dates(date(2004, 1, 1), date(2035, 12, 31))
CUTS = st.builds(Months, st.integers(1, 28), st.integers(10, 20))
TWENTY_SIXTH = Months(26)


def on(every: Kind, **keys: object) -> Clock:
    """A clock at six in the evening."""
    return Clock(every=every, at=time(18), zone=ZONE, **keys)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("clock", "occasion", "day"),
    [
        (on("month", day=25), "2026-11", "2026-11-25"),
        (on("month", day=25), "2026-10", "2026-10-23"),  # a Sunday: the Friday before
        (on("month", day=31), "2026-04", "2026-04-30"),
        (on("month", day=3, reports_on="last"), "2025-12", "2026-01-04"),  # not into December
        (on("month", day=25, months=TWENTY_SIXTH), "2026-11", "2026-11-25"),
        (on("month", day=28, months=TWENTY_SIXTH), "2026-11", "2026-10-28"),
        (on("month", last="day", shift="keep"), "2026-02", "2026-02-28"),
        (on("month", last="workday"), "2026-02", "2026-02-28"),  # a make-up Saturday
        (on("month", last="workday"), "2026-05", "2026-05-29"),
        (on("half-month", day=1, reports_on="last"), "2026-11-H1", "2026-11-16"),
        (on("half-month", last="day"), "2026-11-H2", "2026-11-30"),
        (on("half-month", day=16, shift="keep"), "2026-11-H2", "2026-11-30"),
        (on("quarter", day=5, reports_on="last"), "2026-Q3", "2026-10-08"),
        (on("quarter", day=20), "2026-Q2", "2026-06-18"),
        (on("quarter", day=20, month=1), "2026-Q2", "2026-04-20"),
        (on("half-year", day=10, reports_on="last"), "2026-S1", "2026-07-10"),
        (on("year", day=20, month=12), "2025", "2025-12-19"),
        (on("year", last="workday"), "2026", "2026-12-31"),
    ],
)
def test_the_day_a_report_is_due(clock, occasion, day):
    found = due(clock, parse(occasion, clock.months), CALENDAR)
    assert found.due_at == local(f"{day} 18:00")


def test_a_custom_month_is_named_by_the_month_it_ends_in():
    november = parse("2026-11", TWENTY_SIXTH)
    assert (november.start, november.end) == (date(2026, 10, 26), date(2026, 11, 25))
    assert period_of("month", date(2026, 12, 26), TWENTY_SIXTH).id == "2027-01"
    assert parse("2026-Q1", TWENTY_SIXTH).start == date(2025, 12, 26)


def test_the_halves_of_a_month_are_cut_where_the_programme_cuts_them():
    first, second = parse("2026-02-H1"), parse("2026-02-H2")
    assert (first.end, second.start, second.end) == (
        date(2026, 2, 15),
        date(2026, 2, 16),
        date(2026, 2, 28),
    )
    assert parse("2026-02-H1", Months(half=10)).end == date(2026, 2, 10)


def test_a_matter_is_a_day_with_a_number():
    matter = parse("2026-10-08-M12")
    assert (matter.kind, matter.start, matter.end) == ("matter", *[date(2026, 10, 8)] * 2)


@holds
@given(st.sampled_from(KINDS), DAYS, CUTS)
def test_periods_tile_the_years_and_their_ids_come_back(kind, day, months):
    period = period_of(kind, day, months)
    assert period.start <= day <= period.end
    assert parse(period.id, months) == period
    after, before = following(period, months), preceding(period, months)
    assert (after.start, before.end) == (
        period.end + timedelta(days=1),
        period.start - timedelta(days=1),
    )
    assert preceding(after, months) == period == following(before, months)
    assert {period_of(kind, d, months) for d in period.days()} == {period}


@holds
@given(st.sampled_from(KINDS), st.integers(2005, 2035), CUTS)
def test_the_periods_of_a_year_leave_no_gap_and_do_not_overlap(kind, year, months):
    found = list(periods(kind, date(year, 1, 1), date(year, 12, 31), months))
    assert found[0].start <= date(year, 1, 1)
    assert found[-1].end >= date(year, 12, 31)
    assert all((b.start - a.end).days == 1 for a, b in pairwise(found))
    assert len({p.id for p in found}) == len(found)


@st.composite
def clocks(draw: st.DrawFn) -> Clock:
    """Any clock a folder can say."""
    every = draw(st.sampled_from(KINDS))
    last = draw(st.sampled_from([None, "day", "workday"])) if every != "week" else None
    length = LENGTHS.get(every, 1)
    return on(
        every,
        weekday=draw(st.integers(1, 7)) if every == "week" else 0,
        day=draw(st.integers(1, 31)) if every != "week" and last is None else 0,
        month=draw(st.integers(0, length)) if length > 1 else 0,
        last=last,
        reports_on=draw(st.sampled_from(["this", "last"])),
        shift=draw(st.sampled_from(["previous", "next", "keep"])),
        months=draw(CUTS) if every != "week" else Months(),
    )


@st.composite
def disturbed(draw: st.DrawFn) -> tuple[date, Workdays]:
    """A day, and a calendar with any days around it off or made up for."""
    day = draw(DAYS)
    around = st.integers(-40, 80).map(lambda n: day + timedelta(days=n))
    off, extra = draw(st.frozensets(around, max_size=30)), draw(st.frozensets(around, max_size=8))
    return day, Workdays(off, extra, frozenset({day.year}))


@holds
@given(clocks(), disturbed())
def test_a_deadline_is_a_working_day_and_not_before_what_it_reports_on_has_ended(clock, calendar):
    day, workdays = calendar
    period = period_of(clock.every, day, clock.months)
    found = due(clock, period, workdays)
    within = period if clock.reports_on == "this" else following(period, clock.months)
    nominal = found.nominal_due_at.date()
    assert within.start <= nominal <= within.end
    assume(found.due_at is not None)
    assert workdays.works(found.due_at.date()) or clock.shift == "keep"
    floor = period.start if clock.reports_on == "this" else period.end + timedelta(days=1)
    assert found.due_at.date() >= floor


@holds
@given(clocks(), DAYS)
def test_the_periods_around_a_day_hold_every_one_whose_report_is_due_then(clock, day):
    period = period_of(clock.every, day, clock.months)
    nominal = due(clock, period, CALENDAR).nominal_due_at.date()
    assert period in list(clock.periods_due(nominal, nominal))


@holds
@given(clocks(), DAYS)
def test_a_report_counts_in_one_month(clock, day):
    found = due(clock, period_of(clock.every, day, clock.months), CALENDAR)
    month = month_of(found, clock.months)
    assert month.start <= found.nominal_due_at.date() <= month.end
