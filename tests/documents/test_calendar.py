"""A calendar file any client reads: whole characters, stable identity, nothing from the clock."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from documents.calendar import Duty, Entry, cancelled, description, ics, summary
from domain.sentences import say
from tests.build import ZONE, local, nov

DUTY = Duty(
    form="周调度",
    occasion="2026-W47",
    period="11月16日—11月22日",
    office="市城市更新工作领导小组办公室",
    nominal_due_at=nov(20, "16:00"),
    due_at=nov(20, "16:00"),
    reason="",
    provisional=False,
)
MOVED = replace(DUTY, due_at=nov(19, "16:00"), reason="原定时间不是工作日，提前到前一个工作日")
ENTRY = Entry(
    key="luoyang-renewal/office/weekly-county/2026-W47/ly-jianxi",
    sequence=3,
    changed_at=nov(2, "09:30"),
    due_at=DUTY.due_at,
    status="confirmed",
    summary=summary(DUTY, ZONE),
    description=description(MOVED, ZONE),
)


def file(*entries, name="涧西区报送日历", demo=False):
    return ics(name, entries or (ENTRY,), zone=ZONE, domain="luoyang.example", demo=demo)


def events(*entries, **more):
    return Calendar.from_ical(file(*entries, **more)).walk("VEVENT")


def year():
    for week in range(52):
        due = local("2026-01-02 16:00") + timedelta(weeks=week)
        yield replace(ENTRY, key=f"{ENTRY.key}-{week}", due_at=due)


def test_the_summary_says_what_is_to_be_sent_and_by_when():
    assert summary(DUTY, ZONE) == "报送：周调度 2026-W47（11月20日（周五）16:00 截止）"


def test_a_provisional_deadline_says_so_in_its_summary_its_description_and_its_status():
    duty = replace(DUTY, provisional=True)
    assert summary(duty, ZONE).startswith("【暂定】")
    assert "放假通知还没有发布" in description(duty, ZONE)
    assert "放假通知" not in description(DUTY, ZONE)
    [event] = events(replace(ENTRY, status="provisional"))
    assert event["STATUS"] == "TENTATIVE"


def test_a_moved_deadline_says_from_when_and_why():
    words = description(MOVED, ZONE)
    assert "原定 11月20日（周五）16:00；原定时间不是工作日，提前到前一个工作日。" in words
    assert "原定" not in description(DUTY, ZONE)


def test_an_event_keeps_its_identity_and_its_sequence():
    [event] = events()
    assert event["UID"] == f"{ENTRY.key}@luoyang.example"
    assert event["SEQUENCE"] == 3
    assert event.decoded("DTSTAMP") == event.decoded("LAST-MODIFIED") == ENTRY.changed_at
    assert event["STATUS"] == "CONFIRMED"
    assert event["TRANSP"] == "TRANSPARENT"


def test_an_event_is_the_half_hour_that_ends_at_the_due_instant():
    [event] = events()
    assert event.decoded("DTEND") == ENTRY.due_at
    assert event.decoded("DTSTART") == ENTRY.due_at - timedelta(minutes=30)
    assert event["DTSTART"].params["TZID"] == event["DTEND"].params["TZID"] == "Asia/Shanghai"


def test_an_instant_known_in_utc_is_written_in_the_zone_of_the_programme():
    utc = replace(ENTRY, due_at=ENTRY.due_at.astimezone(UTC), changed_at=nov(2).astimezone(UTC))
    assert b"DTEND;TZID=Asia/Shanghai:20261120T160000" in file(utc)


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Asia/Urumqi"])
def test_the_zone_is_defined_in_the_file_as_it_is_on_that_day(zone):
    made = Calendar.from_ical(
        ics("日历", [ENTRY], zone=ZoneInfo(zone), domain="a.example", demo=False)
    )
    [definition] = made.walk("VTIMEZONE")
    at = ENTRY.due_at.replace(tzinfo=None)
    assert definition["TZID"] == zone
    assert definition.to_tz().utcoffset(at) == ZoneInfo(zone).utcoffset(at)


def test_the_alarm_rings_a_day_before():
    [alarm] = Calendar.from_ical(file()).walk("VALARM")
    assert alarm.decoded("TRIGGER") == timedelta(days=-1)
    assert (alarm["ACTION"], alarm["DESCRIPTION"]) == ("DISPLAY", ENTRY.summary)


def test_what_is_no_longer_owed_is_cancelled_and_rings_no_more():
    words, why = cancelled(ENTRY.summary)
    gone = replace(ENTRY, status="cancelled", summary=words, description=why, sequence=4)
    [event] = events(gone)
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 4)
    assert event["SUMMARY"] == f"【已取消】{ENTRY.summary}"
    assert event["UID"] == f"{ENTRY.key}@luoyang.example"
    assert event.walk("VALARM") == []


def test_the_calendar_is_published_under_its_name():
    made = Calendar.from_ical(file())
    assert (made["METHOD"], made["CALSCALE"], made["VERSION"]) == ("PUBLISH", "GREGORIAN", "2.0")
    assert made["NAME"] == made["X-WR-CALNAME"] == "涧西区报送日历"
    assert "Luoshu" in made["PRODID"]


def test_no_line_is_too_long_and_none_cuts_a_character():
    content = file(replace(ENTRY, description="一段很长的说明，" * 200), name="很长的名称" * 30)
    assert content.endswith(b"\r\n")
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert [line.decode() for line in lines]
    assert b"\n" not in b"".join(lines)


def test_what_is_special_in_the_format_comes_back_as_it_was():
    words = '逗号,分号;反斜杠\\换行\n冒号:引号"完^n'
    [event] = events(replace(ENTRY, description=words))
    assert event["DESCRIPTION"] == words


def test_nothing_can_be_smuggled_into_a_calendar():
    evil = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:y"
    assert len(events(replace(ENTRY, summary=evil))) == 1


def test_the_same_entries_give_the_same_bytes_in_whatever_order():
    entries = [*year()]
    assert file(*entries) == file(*reversed(entries))


def test_a_year_has_an_event_a_deadline_each_with_its_own_identity():
    found = events(*year())
    assert len({str(event["UID"]) for event in found}) == len(found) == 52
    assert [event.decoded("DTEND") for event in found] == [entry.due_at for entry in year()]


def test_a_calendar_without_deadlines_is_still_a_calendar():
    made = ics("空日历", [], zone=ZONE, domain="a.example", demo=False)
    assert Calendar.from_ical(made).walk("VEVENT") == []


def test_a_demonstration_marks_the_calendar_and_every_event():
    made = Calendar.from_ical(file(demo=True))
    assert made["NAME"].startswith("【演示数据】")
    [event] = made.walk("VEVENT")
    assert event["SUMMARY"].startswith("【演示数据】")
    assert event["DESCRIPTION"].startswith("【演示数据】")
    assert "演示" not in file().decode()


@pytest.mark.skipif(not find_spec("vobject"), reason="no second parser (vobject) is installed")
def test_another_parser_reads_the_same():
    import vobject

    event = vobject.readOne(file().decode()).vevent
    assert event.summary.value == ENTRY.summary
    assert event.dtend.value == datetime.fromisoformat("2026-11-20T16:00:00+08:00")


def test_an_event_says_whose_report_it_is_and_what_is_not_confirmed_yet():
    duty = replace(DUTY, unit="涧西区", notes=["暂按周五"])
    assert summary(duty, ZONE).startswith("涧西区报送：周调度")
    lines = description(duty, ZONE).splitlines()
    assert (lines[0], lines[-2:]) == ("报送单位：涧西区", [say("undecided.head"), "暂按周五"])
