"""A mark of the past is what was known then, by the rules the obligation was opened under."""

import json
from datetime import date

import pytest

from deployments.prepare import prepare
from models.base import reading, writing
from models.workday import Override, enter, workdays
from tasks import openings, receipts, verdicts
from tasks.decisions import decide
from tasks.standings import obligation_rows
from tasks.work import Work, _loaded, simulated
from tests.build import SLUG, change, drop, local, report, sql

WEEK, UNIT = "2026-W52", "涧西区"
MONDAY, FRIDAY = local("2026-12-21 09:00"), local("2026-12-25 10:00")


@pytest.fixture
def folder(database, own_copy):
    """An office's own copy of the bundled programme, and the week before New Year opened."""
    own = own_copy(SLUG)
    prepare(local("2026-12-20 08:00"), demo=True)
    at(MONDAY)
    return own


def edit(folder, old, new, now):
    """The office changes its folder and starts again."""
    file = folder / "programme.toml"
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")
    _loaded.cache_clear()
    prepare(now, demo=True)


def at(instant, occasion=WEEK):
    """What the pipelines do at an instant, without their flows."""
    work = Work(SLUG, "office", occasion, instant, 0)
    with simulated(instant):
        openings.open_obligations.fn(work, openings.owing_units(work))
        receipts.collect.fn(work, receipts.waiting(work))
        verdicts.validate.fn(work, verdicts.unchecked(work))


def state(as_of, occasion=WEEK):
    return next(r["state"] for r in obligation_rows(SLUG, occasion, as_of) if r["unit"] == UNIT)


def sent_and_returned(home):
    """In on Thursday, sent back on Tuesday after the deadline: two working days are left."""
    drop(home, "a.json", report("ly-jianxi", WEEK), local("2026-12-24 10:00"))
    at(local("2026-12-24 10:01"))
    now = local("2026-12-29 10:00")
    with simulated(now):
        decide(sql("SELECT id FROM receipt")[0][0], "returned", "缺项", now)


def empty(week):
    """A report without a value, which no check lets pass."""
    return json.dumps({"单位": UNIT, "期": week, "values": {}}, ensure_ascii=False).encode()


def off(day, now):
    with writing() as session:
        enter(session, change(at=now), [Override(day, False, "通知")])


def test_a_holiday_learned_later_changes_no_mark_of_before(folder, home):
    sent_and_returned(home)
    as_of, later = local("2027-01-01 00:30"), local("2027-01-01 12:00")
    assert state(as_of) == "missing"
    off(date(2026, 12, 31), later)  # a working day more to resend
    assert state(as_of) == "missing"
    assert state(later) == "on_time"


def test_a_programmes_own_day_off_changes_no_mark_of_before(folder, home):
    sent_and_returned(home)
    as_of = local("2027-01-01 00:30")
    day = '[[extra_days]]\nday = 2026-12-31\nworking = false\nsource = ["x"]\n\n[[offices]]'
    edit(folder, "[[offices]]", day, local("2027-01-01 12:00"))
    assert state(as_of) == "missing"


def test_what_counts_is_what_counted_when_the_occasion_was_opened(folder, home):
    for week, sent in ((WEEK, FRIDAY), ("2026-W53", local("2026-12-31 10:00"))):
        at(sent, week)
        drop(home, f"{week}.json", empty(week), sent)
        at(local(f"{sent:%Y-%m-%d} 10:01"), week)
        if week == WEEK:
            assert state(local("2026-12-26 00:00")) == "missing"
            first = 'counts = "first_valid"', 'counts = "first_received"'
            edit(folder, *first, local("2026-12-27 08:00"))
    assert state(local("2026-12-26 00:00")) == "missing"
    assert state(local("2027-01-02 00:00"), "2026-W53") == "on_time"


def test_the_calendar_of_an_instant_is_what_had_been_entered(database):
    seeded, noticed = local("2026-11-20 08:00"), local("2026-12-01 08:00")
    days = [date(2026, 12, 31), date(2027, 1, 1)]
    off(days[0], seeded)
    off(days[1], noticed)
    with reading() as session:
        known = [workdays(session, at).off for at in (seeded, noticed, None)]
        assert known == [{days[0]}, set(days), set(days)]
        # a demonstration's weeks lie before its database was begun
        assert workdays(session, local("2026-11-01 08:00")).off == {days[0]}
