"""From 1 November on each office is asked weekly for next year's notice, until it is there (X3)."""

from collections import Counter
from email import message_from_string, policy

import pytest

from deployments.prepare import prepare
from intake.notice import read
from tasks.calendars import take_in
from tasks.dispatches import drain, programmes_waiting
from tasks.notices import ask_for_notice
from tasks.work import Work, simulated
from tests.build import OFFICE, appoint, local, nov, sql
from tests.flows.week import mails


@pytest.fixture
def asking(database, home):
    """The office of three programmes is one and the same mailbox."""
    prepare(local("2026-10-01 08:00"), demo=True)
    appoint([OFFICE])
    sql("UPDATE appointment SET recorded_at = valid_from")
    return home


def at(instant):
    """The planner and the sending at an instant."""
    work = Work("", "", "", instant, 0)
    with simulated(instant):
        ask_for_notice(work)
        for slug in programmes_waiting(work):
            drain.fn(Work(slug, "", "", instant, 0), 100)


def questions(home):
    parsed = [message_from_string(mail, policy=policy.default) for mail in mails(home)]
    return Counter(m["Subject"] for m in parsed)


def take(home, instant):
    file = home / "2027.csv"
    file.write_text("名称,类型,起,止\n元旦,休,2027-01-01,2027-01-03\n", "utf-8")
    with simulated(instant):
        take_in(read(file), instant, rehearse=False, announced=False)


def test_one_mail_a_week_from_november_on_and_none_once_it_is_there(asking):
    for instant in (local("2026-10-30 10:00"), nov(1, "10:00"), nov(2, "08:59")):
        at(instant)
    assert mails(asking) == []  # 1 November is a Sunday
    for day, sent in ((2, 1), (3, 1), (6, 1), (9, 2), (13, 2)):
        at(nov(day, "09:00"))
        at(nov(day, "18:00"))
        assert len(mails(asking)) == sent
    assert questions(asking) == {"【演示数据】请导入 2027 年放假通知": 2}
    take(asking, nov(13, "19:00"))
    for day in (16, 20, 23):
        at(nov(day, "09:00"))
    assert len(mails(asking)) == 2


def test_a_question_that_waits_is_dropped_when_it_is_answered(asking):
    work = Work("", "", "", nov(9, "07:00"), 0)
    with simulated(nov(9, "07:00")):
        assert ask_for_notice(work) == 1
    take(asking, nov(9, "08:00"))
    at(nov(9, "09:00"))
    assert mails(asking) == []
    assert sql("SELECT state, reason FROM message") == [("cleared", "notices.answered")]


def test_at_night_and_on_days_off_it_waits_and_makes_no_second_one(asking):
    at(nov(6, "22:00"))  # a Friday night: too late for its week
    at(nov(8, "10:00"))
    at(nov(9, "08:00"))
    assert mails(asking) == []
    at(nov(9, "09:00"))
    assert len(mails(asking)) == 1
