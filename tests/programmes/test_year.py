"""The year of deadlines of every bundled programme: one instant a form and occasion, never off."""

from collections import Counter
from itertools import pairwise

import pytest

from domain.expansion import deadlines
from domain.workdays import calendar_of
from intake.holidays import published
from programmes.load import available, load

CALENDAR = calendar_of(published())
YEARS = range(2017, 2029)


@pytest.fixture(scope="module", params=available())
def programme(request):
    return load(request.param).programme


def test_a_form_has_one_due_instant_for_an_occasion_whatever_the_year(programme):
    every = [d for year in YEARS for d in deadlines(programme, year, CALENDAR)]
    found = Counter((d.office, d.form, d.occasion) for d in every)
    assert set(found.values()) <= {1}
    assert {programme.period(d.occasion).start for d in every} == {d.period_start for d in every}


def test_no_deadline_lies_on_a_day_off_or_before_what_it_reports_on_has_ended(programme):
    clocks = {form.code: programme.clock(form) for form in programme.forms}
    for deadline in (d for year in YEARS for d in deadlines(programme, year, CALENDAR)):
        if deadline.due_at is None:
            assert deadline.status == "exempt"
            continue
        day = deadline.due_at.date()
        assert CALENDAR.works(day), deadline
        last = clocks[deadline.form].reports_on == "last"
        assert day > deadline.period_end if last else day >= deadline.period_start, deadline


def test_the_occasions_of_a_clock_follow_each_other_without_a_gap(programme):
    every = [d for year in YEARS for d in deadlines(programme, year, CALENDAR)]
    for form in {(d.office, d.form) for d in every}:
        mine = [d for d in every if (d.office, d.form) == form]
        gaps = {(b.period_start - a.period_end).days for a, b in pairwise(mine)}
        assert gaps <= {1}, form


def test_an_unknown_year_is_provisional_and_a_known_one_confirmed(programme):
    found = {d.status for year in (2026, 2028) for d in deadlines(programme, year, CALENDAR)}
    assert found <= {"confirmed", "provisional", "exempt"}
    assert "confirmed" not in {d.status for d in deadlines(programme, 2028, CALENDAR)}
