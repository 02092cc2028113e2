"""Weeks, their ids and the instant a report on one is due."""

from datetime import date, time

import pytest

from domain.clock import Clock, due
from domain.errors import PeriodRefused
from domain.periods import parse, week_of
from domain.workdays import Workdays
from tests.domain.build import CALENDAR, FRIDAYS, ZONE, local

MONDAYS_ON_LAST_WEEK = Clock(
    every="week", weekday=1, at=time(18), zone=ZONE, reports_on="last", shift="next"
)


def weeks(year, count):
    return [parse(f"{year}-W{n:02d}") for n in range(1, count + 1)]


def test_a_week_runs_from_monday_to_sunday():
    week = parse("2026-W46")
    assert (week.start, week.end) == (date(2026, 11, 9), date(2026, 11, 15))
    assert len(list(week.days())) == 7


@pytest.mark.parametrize(
    ("day", "occasion"),
    [
        (date(2026, 1, 1), "2026-W01"),
        (date(2025, 12, 29), "2026-W01"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
    ],
)
def test_a_week_belongs_to_the_year_of_its_thursday(day, occasion):
    assert week_of(day).id == occasion


def test_the_53rd_week_exists_only_in_long_years():
    assert parse("2026-W53").end == date(2027, 1, 3)
    with pytest.raises(PeriodRefused):
        parse("2025-W53")


NOT_PERIODS = [
    "",
    "2026-13",
    "2026-Q5",
    "2026-10-H3",
    "2026-02-30-M1",
    "2026-02-03-M0",
    "2026-W1",
    "26-W10",
    "2026-w10",
    " 2026-W10",
    "2026-W10\n",
]
NO_SUCH_WEEKS = ["2026-W00", "2026-W54", "0000-W01", "9999-W52", "0000-01", "9999-12"]


@pytest.mark.parametrize("occasion", NOT_PERIODS + NO_SUCH_WEEKS)
def test_what_is_not_a_period_is_refused(occasion):
    with pytest.raises(PeriodRefused) as refused:
        parse(occasion)
    assert refused.value.key == "period.unknown"


def test_2026_has_five_fridays_moved_and_one_week_exempt():
    found = [due(FRIDAYS, week, CALENDAR) for week in weeks(2026, 52)]
    moved = {d.period.id: d.due_at for d in found if d.shift_days}
    assert moved == {
        "2026-W01": local("2025-12-31 16:00"),
        "2026-W18": local("2026-04-30 16:00"),
        "2026-W25": local("2026-06-18 16:00"),
        "2026-W39": local("2026-09-24 16:00"),
        "2026-W40": local("2026-09-30 16:00"),
    }
    assert [d.period.id for d in found if d.status == "exempt"] == ["2026-W08"]


def test_mondays_on_the_last_week_move_to_the_next_working_day():
    found = [due(MONDAYS_ON_LAST_WEEK, week, CALENDAR) for week in weeks(2026, 52)]
    moved = {d.period.id: d.due_at for d in found if d.shift_days}
    assert moved == {
        "2026-W07": local("2026-02-24 18:00"),
        "2026-W14": local("2026-04-07 18:00"),
        "2026-W18": local("2026-05-06 18:00"),
        "2026-W40": local("2026-10-08 18:00"),
    }


def test_a_report_on_a_week_is_not_due_before_the_week_has_ended():
    clock = Clock(
        every="week", weekday=1, at=time(18), zone=ZONE, reports_on="last", shift="previous"
    )
    week = due(clock, parse("2026-W14"), CALENDAR)
    assert (week.due_at, week.reason) == (local("2026-04-07 18:00"), "due.previous_left_period")


def test_keep_leaves_a_deadline_on_a_holiday():
    clock = Clock(every="week", weekday=5, at=time(16), zone=ZONE, shift="keep")
    week = due(clock, parse("2026-W40"), CALENDAR)
    assert (week.due_at, week.shift_days, week.reason) == (local("2026-10-02 16:00"), 0, "")


def test_previous_may_move_to_the_first_day_of_the_week():
    week = parse("2026-W46")
    only_monday = Workdays(frozenset(list(week.days())[1:]), frozenset(), frozenset({2026}))
    assert due(FRIDAYS, week, only_monday).due_at == local("2026-11-09 16:00")


def test_the_last_day_of_a_week_is_too_early_to_report_on_it():
    worked_sunday = Workdays(
        frozenset({date(2026, 11, 16)}), frozenset({date(2026, 11, 15)}), frozenset({2026})
    )
    clock = Clock(
        every="week", weekday=1, at=time(18), zone=ZONE, reports_on="last", shift="previous"
    )
    assert due(clock, parse("2026-W46"), worked_sunday).due_at == local("2026-11-17 18:00")


def test_a_plain_week_is_due_as_written():
    week = due(FRIDAYS, parse("2026-W46"), CALENDAR)
    assert week.due_at == week.nominal_due_at == local("2026-11-13 16:00")
    assert (week.shift_days, week.reason, week.status) == (0, "", "confirmed")


def test_a_year_without_its_notice_is_provisional_and_works():
    found = [due(FRIDAYS, week, CALENDAR) for week in weeks(2027, 52)]
    assert {d.status for d in found} == {"provisional"}
    assert all(d.due_at == d.nominal_due_at for d in found)


def test_the_week_across_new_year_is_provisional_when_its_friday_is():
    assert due(FRIDAYS, parse("2026-W53"), CALENDAR).status == "provisional"
    assert due(FRIDAYS, parse("2026-W52"), CALENDAR).status == "confirmed"


def test_a_deadline_moved_into_a_year_without_its_notice_is_provisional():
    clock = Clock(every="week", weekday=4, at=time(16), zone=ZONE, shift="next")
    eve_off = Workdays(frozenset({date(2026, 12, 31)}), frozenset(), frozenset({2026}))
    week = due(clock, parse("2026-W53"), eve_off)
    assert (week.due_at, week.status) == (local("2027-01-01 16:00"), "provisional")
