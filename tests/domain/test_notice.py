"""A holiday notice: what cannot be right in it, and which days it changes (X3)."""

from datetime import date, timedelta

import pytest

from domain.notice import Notice, differences, faults
from domain.workdays import Workdays, calendar_of, year_awaited

SATURDAY, FRIDAY = date(2027, 2, 6), date(2027, 1, 1)
PLAIN = Workdays(frozenset(), frozenset(), frozenset({2026}))


def notice(off=(FRIDAY,), worked=(SATURDAY,), year=2027):
    return Notice(year, "made up", frozenset(off), frozenset(worked))


def test_a_right_notice_has_no_faults():
    assert faults(notice()) == []
    assert faults(notice(off=[FRIDAY, date(2026, 12, 31)])) == []  # New Year may begin before it


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        (notice(off=[date(2028, 1, 3), FRIDAY]), "notice.other_year"),
        (notice(off=[date(2026, 11, 30), FRIDAY]), "notice.other_year"),
        (notice(off=[SATURDAY, FRIDAY]), "notice.both"),
        (notice(worked=[date(2027, 2, 8)]), "notice.worked_anyway"),
        (notice(off=[]), "notice.no_days"),
        (
            notice(off=[FRIDAY + timedelta(days=n) for n in range(100)], worked=[]),
            "notice.too_many",
        ),
    ],
)
def test_what_cannot_be_right_is_found(wrong, key):
    assert faults(wrong)[0][0] == key


def test_only_days_that_differ_from_the_plain_week_are_entered():
    weekend = [date(2027, 1, 2), date(2027, 1, 3)]
    assert differences(notice(off=[FRIDAY, *weekend]), PLAIN) == [(FRIDAY, False), (SATURDAY, True)]


def test_a_corrected_notice_takes_back_what_it_does_not_say():
    before = calendar_of(differences(notice(), PLAIN))
    other = date(2027, 1, 4)
    found = differences(notice(off=[other], worked=[]), before)
    assert found == [(FRIDAY, True), (other, False), (SATURDAY, False)]
    after = calendar_of([*differences(notice(), PLAIN), *found])
    assert [after.works(day) for day in (FRIDAY, other, SATURDAY)] == [True, False, False]


def test_the_same_notice_again_changes_nothing():
    known = calendar_of(differences(notice(), PLAIN))
    assert differences(notice(), known) == []


@pytest.mark.parametrize(
    ("today", "year"),
    [(date(2026, 10, 31), None), (date(2026, 11, 1), 2027), (date(2027, 1, 1), 2027)],
)
def test_next_years_notice_is_asked_for_from_november_on(today, year):
    assert year_awaited(PLAIN, today) == year


def test_the_extra_days_of_a_programme_hold_over_the_public_calendar():
    public = Workdays(frozenset({FRIDAY}), frozenset({SATURDAY}), frozenset({2027}))
    own = public.changed({FRIDAY: True, SATURDAY: False, date(2027, 3, 1): False})
    assert [own.works(d) for d in (FRIDAY, SATURDAY, date(2027, 3, 1))] == [True, False, False]
    assert own.years == public.years


def test_the_notice_of_a_year_leaves_new_years_days_in_december_to_the_next():
    december = date(2026, 12, 31)
    with_2027 = calendar_of([*differences(notice(off=[december, FRIDAY]), PLAIN)])
    known = Workdays(with_2027.off, with_2027.extra, frozenset({2026, 2027}))
    of_2026 = notice(off=[date(2026, 10, 1)], worked=[], year=2026)
    assert differences(of_2026, known) == [(date(2026, 10, 1), False)]
    assert (december, True) in differences(notice(), known)  # 2027's own takes it back
