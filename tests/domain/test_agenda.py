"""The instants at which a pipeline has something to do."""

from domain.agenda import moments
from domain.periods import week_of
from tests.domain.build import CALENDAR, local, nov, programme


def agenda(start, end):
    found = moments(programme(), "office", CALENDAR, start, end)
    return [(m.at, m.occasion, m.reason, m.rung) for m in found]


def test_a_week_has_its_opening_its_rungs_and_its_deadline():
    assert agenda(nov(8, "12:00"), nov(15)) == [
        (nov(9), "2026-W46", "opening", ""),
        (nov(12, "09:00"), "2026-W46", "unreachable", ""),
        (nov(12, "16:00"), "2026-W46", "rung", "R1"),
        (nov(13, "16:01"), "2026-W46", "due", ""),
    ]


def test_stretches_that_follow_each_other_have_every_moment_once():
    whole = agenda(nov(1), nov(30))
    halves = agenda(nov(1), nov(12, "16:00")) + agenda(nov(12, "16:00"), nov(30))
    assert whole == halves


def test_a_week_without_a_working_day_is_only_opened():
    week = week_of(local("2026-02-18 12:00").date())
    of_week = [m for m in agenda(local("2026-02-01 00:00"), nov(1)) if m[1] == week.id]
    assert [reason for _, _, reason, _ in of_week] == ["opening"]


def test_a_moment_planned_twice_has_the_same_key():
    once, again = (moments(programme(), "office", CALENDAR, nov(8), nov(15)) for _ in range(2))
    assert [m.key for m in once] == [m.key for m in again]
    assert len({m.key for m in once}) == len(once)
