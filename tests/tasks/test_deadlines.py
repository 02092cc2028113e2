"""What a new calendar moves in the year of deadlines."""

from datetime import date, time

from domain.workdays import calendar_of
from tasks.deadlines import moves
from tests.domain.build import SOURCE, form, local, programme

# months end on the 1st, so that the last working day of January may be New Year's
CLOCK = {"code": "friday", "every": "month", "last": "workday", "at": time(16), **SOURCE}
RULES = programme(clocks=[CLOCK], forms=[form("m", "county")], months={"starts": 2, **SOURCE})
OLD = calendar_of([(date(2026, 10, 1), False)])
NEW = calendar_of([(date(2026, 10, 1), False), (date(2027, 1, 1), False)])
CROSSING = (local("2027-01-01 16:00"), local("2026-12-31 16:00"))


def moved(years, old, new):
    return [(row["occasion"], row["was"], row["due_at"]) for row in moves(RULES, years, old, new)]


def test_a_last_working_day_may_move_into_another_year():
    assert moved((2026, 2027, 2028), OLD, NEW) == [("2027-01", *CROSSING)]
    assert moved((2026, 2027, 2028), NEW, OLD) == [("2027-01", *CROSSING[::-1])]


def test_a_deadline_belongs_to_the_year_it_moves_into():
    assert moved((2027,), OLD, NEW) == []
    assert moved((2027,), NEW, OLD) == [("2027-01", *CROSSING[::-1])]
