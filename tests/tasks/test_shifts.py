"""Days that become known move what is open: on its own clock, each time, at a start as well."""

from collections import Counter
from datetime import date
from email import message_from_string, policy

import pytest

import deployments.prepare as start
from deployments.prepare import prepare
from intake.holidays import published
from intake.notice import read
from models.base import reading
from models.obligation import histories, of_debtors
from models.verify import verify
from tasks import openings, reminders
from tasks.calendars import take_in
from tasks.dispatches import drain
from tasks.work import Work, _loaded, simulated
from tests.build import SLUG, appoint, everyone, local, person
from tests.flows.week import mails

ESTATES, JANUARY, UNIT = "luoyang-estates", "2027-01", "ly-jianxi"
NEW_YEAR = "2026-W53"
SPRING = "名称,类型,起,止\n元旦,休,2027-01-01,2027-01-03\n春节,休,2027-02-05,2027-02-11\n"
SATURDAY, SUNDAY = (f"{SPRING}春节调休,班,2027-01-{day},\n" for day in (30, 31))
FRIDAY_29, SATURDAY_30, SUNDAY_31 = (local(f"2027-01-{day} 17:00") for day in (29, 30, 31))
BEGUN = local("2026-12-28 08:00")  # Monday of the week of New Year


@pytest.fixture
def notice(tmp_path):
    def write(text):
        file = tmp_path / "放假.csv"
        file.write_text(text, "utf-8")
        return read(file)

    return write


@pytest.fixture
def month(database, home):
    """January 2027, due on its last working day, while Friday the 29th is taken for it."""
    prepare(BEGUN, demo=True)
    appoint([person(UNIT)])
    at(local("2027-01-04 09:00"), ESTATES, JANUARY)
    assert due(UNIT, JANUARY, ESTATES) == [FRIDAY_29]
    return home


def at(instant, slug=SLUG, occasion=NEW_YEAR):
    """What the pipelines do at an instant, without their flows."""
    work = Work(slug, "office", occasion, instant, 0)
    with simulated(instant):
        openings.open_obligations.fn(work, openings.owing_units(work))
        reminders.remind.fn(work, reminders.due_reminders(work))
        drain.fn(work, 500)


def imported(notice, text, *, announced=False):
    now = local("2027-01-28 18:00")
    with simulated(now):
        return take_in(notice(text), now, rehearse=False, announced=announced)


def outcomes(outcome):
    return Counter(row["outcome"] for row in outcome.opened)


def due(unit, occasion, slug=SLUG):
    """The due instants set for a unit, in order."""
    with reading() as session:
        [owed] = of_debtors(session, slug, [unit], [occasion])[unit, occasion]
        return [e.due_at for e in histories(session, [owed.id])[owed.id] if e.due_at]


def corrections(home):
    parsed = [message_from_string(mail, policy=policy.default) for mail in mails(home)]
    return sorted(m["To"] for m in parsed if "更正" in m["Subject"])


def test_a_second_notice_moves_a_last_working_day_again(month, notice):
    assert outcomes(imported(notice, SATURDAY)) == {"moved": 44}
    assert outcomes(imported(notice, SUNDAY)) == {"moved": 44}
    assert due(UNIT, JANUARY, ESTATES) == [FRIDAY_29, SATURDAY_30, SUNDAY_31]
    assert outcomes(imported(notice, SUNDAY)) == {}
    with reading() as session:
        assert verify(session, month) == []


def test_an_announced_last_working_day_moves_when_the_same_notice_is_to_move_it(month, notice):
    at(local("2027-01-28 17:00"), ESTATES, JANUARY)  # R1 has gone out for the 29th
    assert outcomes(imported(notice, SATURDAY)) == {"moved": 43, "announced": 1}
    assert outcomes(imported(notice, SATURDAY, announced=True)) == {"moved": 1}
    assert due(UNIT, JANUARY, ESTATES) == [FRIDAY_29, SATURDAY_30]
    at(local("2027-01-28 18:05"), ESTATES, JANUARY)
    assert corrections(month) == [person(UNIT).email]


@pytest.fixture
def released(monkeypatch):
    """A new release knows a day of 2027."""

    def upgrade(day, works):
        known = [*published(), (day, works)]
        monkeypatch.setattr(start, "published", lambda: known)

    return upgrade


def test_holidays_learned_at_a_start_move_what_nobody_was_told_of(database, home, released):
    prepare(BEGUN, demo=True)
    appoint(everyone()[:3])  # of ly-jianxi
    at(BEGUN)
    released(date(2027, 1, 1), False)
    for hour in ("09", "10"):
        prepare(local(f"2026-12-28 {hour}:00"), demo=True)
    assert due("ly-grid", NEW_YEAR) == [local("2027-01-01 16:00"), local("2026-12-31 16:00")]
    at(local("2026-12-30 16:00"))
    assert len(mails(home)) == 1  # R1, a day before
    assert corrections(home) == []


def test_what_was_announced_stays_at_a_start(month, released):
    at(local("2027-01-28 17:00"), ESTATES, JANUARY)  # R1 has gone out for the 29th
    released(date(2027, 1, 30), True)
    prepare(local("2027-01-28 18:00"), demo=True)
    assert due(UNIT, JANUARY, ESTATES) == [FRIDAY_29]
    assert due("ly-yanshi", JANUARY, ESTATES) == [FRIDAY_29, SATURDAY_30]


@pytest.fixture
def folder(own_copy):
    """An office's own copy of the bundled programme."""
    return own_copy(SLUG)


def test_what_is_open_moves_by_the_clock_it_was_opened_on(database, folder, notice):
    prepare(BEGUN, demo=True)
    at(BEGUN)
    file = folder / "programme.toml"
    text = file.read_text("utf-8")
    assert text.count("weekday = 5") == 1
    file.write_text(text.replace("weekday = 5", "weekday = 3"), "utf-8")
    _loaded.cache_clear()
    now = local("2026-12-29 08:00")
    prepare(now, demo=True)
    with simulated(now):
        outcome = take_in(notice(SUNDAY), now, rehearse=False, announced=False)
    assert outcomes(outcome) == {"moved": 66}
    assert due("ly-grid", NEW_YEAR) == [local("2027-01-01 16:00"), local("2026-12-31 16:00")]
