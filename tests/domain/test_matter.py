"""A one-off matter is due on a whole minute, and only what lies ahead of the ladder is left."""

import pytest

from domain.matter import due_after, reminders_ahead
from domain.reminder import Rung
from tests.domain.build import CALENDAR, nov, programme

LADDER = (
    Rung("R1", ("liaison",), ("email",), hours=-24),
    Rung("R2", ("liaison",), ("email",), hours=-2),
    Rung("R3", ("liaison",), ("email",), hours=1),
)
SENDING = programme().sending_hours(CALENDAR)


def rungs(opened, due):
    return [r.rung for r in reminders_ahead(LADDER, 1, due, opened, SENDING)]


@pytest.mark.parametrize(
    ("opened", "due"), [("10:00:00", "10:00"), ("10:00:01", "10:01"), ("10:00:59", "10:01")]
)
def test_it_is_due_on_the_minute_and_never_short_of_its_hours(opened, due):
    assert due_after(nov(12, opened), 24) == nov(13, due)


def test_a_rung_that_falls_together_with_the_asking_or_before_it_is_none():
    assert rungs(nov(12, "10:00"), nov(13, "10:00")) == ["R2", "R3"]
    assert rungs(nov(12, "10:00"), nov(12, "11:30")) == ["R3"]
    assert rungs(nov(12, "22:00"), nov(13, "22:00")) == ["R2", "R3"]  # asked at 8 in the morning
    assert rungs(nov(10, "10:00"), nov(13, "10:00")) == ["R1", "R2", "R3"]
