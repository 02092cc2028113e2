"""Every liaison gets a calendar of the year; it follows what the office changes, turn by turn."""

import pytest
from icalendar import Calendar

from deployments.prepare import prepare
from domain.errors import Refused
from domain.sentences import say
from models.base import writing
from tasks.defaults import confirm
from tasks.duties import demands
from tasks.extensions import Chosen, exempt, extend
from tasks.handouts import hand_out
from tasks.matters import Asked, open_matter
from tasks.openings import open_obligations, owing_units
from tasks.register import Register, register
from tasks.work import Work, programme
from tests.build import NAMES, SLUG, START, WEEK, appoint, local, nov, person, sql

UID = f"{SLUG}/office/weekly-county/{WEEK}/ly-jianxi@luoshu.invalid"
OPENED, LATER = nov(9, "08:00"), nov(10, "09:00")
CHOSEN = Chosen(SLUG, WEEK, ["涧西区"], "迎接检查")


@pytest.fixture
def office(home):
    """The bundled programme; four of its units have a liaison."""
    prepare(START, demo=True)
    appoint([person(unit) for unit in NAMES])


@pytest.fixture
def opened(office):
    """The second week of November has been opened."""
    work = Work(SLUG, "office", WEEK, OPENED, 0)
    open_obligations.fn(work, owing_units(work))


def handed(at=START, slug=SLUG, year=2026, **more):
    return hand_out(slug, year, at, **more)


def events(outcome, unit="ly-jianxi"):
    """The events in the file of a unit's liaison, by UID."""
    [file] = [content for name, content in outcome.files.items() if f"-{unit}-" in name]
    return {str(event["UID"]): event for event in Calendar.from_ical(file).walk("VEVENT")}


def turns(outcome, unit="ly-jianxi"):
    """The sequence of each event that is not at its first."""
    found = events(outcome, unit)
    return {uid: event["SEQUENCE"] for uid, event in found.items() if event["SEQUENCE"]}


def test_every_liaison_gets_a_file_and_nobody_is_named_in_it(office):
    outcome = handed()
    assert len(outcome.files) == len(NAMES)
    people = [word for row in sql("SELECT name, phone, email FROM officer") for word in row]
    for name, content in outcome.files.items():
        text = content.replace(b"\r\n ", b"").decode()
        assert not [word for word in people if word in name + text]


def test_units_without_a_liaison_are_named(office):
    unreached = handed().unreached
    assert len(unreached) == 66 - len(NAMES)
    assert "瀍河区" in unreached
    assert not {*unreached} & {*NAMES.values()}


def test_a_file_has_the_whole_year_and_no_exempt_week(office):
    found = events(handed())
    assert len(found) == 51
    assert found[UID].decoded("DTEND") == nov(13, "16:00")
    assert found[UID]["SUMMARY"].startswith("【演示数据】涧西区报送：周调度 2026-W46")
    assert not [uid for uid in found if "2026-W08" in uid]


def test_the_same_state_gives_the_same_bytes(opened):
    assert handed(OPENED).files == handed(LATER).files


def test_an_extension_moves_one_event_and_gives_it_the_next_turn(opened):
    handed(OPENED)
    extend(CHOSEN, nov(14, "12:00"), LATER)
    outcome = handed(nov(11))
    assert turns(outcome) == {UID: 1}
    event = events(outcome)[UID]
    assert event.decoded("DTEND") == nov(14, "12:00")
    assert event.decoded("LAST-MODIFIED") == nov(11)
    assert "原定 11月13日（周五）16:00；迎接检查。" in event["DESCRIPTION"]
    assert turns(outcome, "ly-yanshi") == {}
    assert handed(nov(12)).files == outcome.files


def test_an_exemption_cancels_the_event_and_an_extension_brings_it_back(opened):
    handed(OPENED)
    exempt(CHOSEN, LATER)
    event = events(handed(nov(11)))[UID]
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    extend(CHOSEN, nov(14, "12:00"), nov(11, "09:00"))
    event = events(handed(nov(12)))[UID]
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 2)


def test_what_was_exempt_before_it_was_handed_out_is_in_no_calendar(opened):
    exempt(CHOSEN, LATER)
    assert UID not in events(handed(nov(11)))


def test_whoever_speaks_for_several_units_gets_one_file(office):
    sql("UPDATE appointment SET officer_id = 1")
    [name] = (outcome := handed()).files
    assert name.startswith(f"{SLUG}-2026-ly-finance-")
    found = events(outcome, "ly-finance")
    assert len(found) == 51 * len(NAMES)
    assert len({str(event["SUMMARY"]) for event in found.values()}) == len(found)


def test_a_matter_stands_among_the_deadlines_under_its_title(office):
    appoint([person("ha-zhengzhou")])
    opened = open_matter(Asked("henan-baicheng", "汛期内涝", ["ha-zhengzhou"]), LATER)
    found = events(handed(LATER, "henan-baicheng"), "ha-zhengzhou")
    [event] = [event for uid, event in found.items() if opened.occasion in uid]
    assert "汛期内涝" in event["SUMMARY"]
    assert event.decoded("DTEND") == opened.due_at


def test_only_the_deadlines_of_an_office_are_shown_when_one_is_named(office):
    appoint([person("ly-transport"), person("ly-human-resources")])
    first, third = (
        handed(slug="luoyang-351", office=code, year=2027) for code in ("annex-1", "annex-3")
    )
    offices = [
        {uid.split("/")[1] for name in outcome.files for uid in events(outcome, _unit(name))}
        for outcome in (first, third)
    ]
    assert offices == [{"annex-1"}, {"annex-3"}]
    assert handed(slug="luoyang-351", office="annex-1", year=2027).files == first.files


def _unit(name):
    return name.removeprefix("luoyang-351-2027-").rpartition("-")[0]


def test_a_confirmed_rule_is_no_longer_noted_and_takes_no_turn(office):
    assert say("undecided.head") in events(handed())[UID]["DESCRIPTION"]
    confirm(SLUG, ["clocks", "offices"], "办公室主任", "", LATER)
    outcome = handed(LATER)
    assert say("undecided.head") not in events(outcome)[UID]["DESCRIPTION"]
    assert turns(outcome) == {}


def test_without_any_liaison_it_is_refused_and_nothing_is_remembered(home):
    prepare(START, demo=True)
    with pytest.raises(Refused) as refusal:
        handed()
    assert refusal.value.key == "deadlines.no_liaisons"
    assert sql("SELECT count(*) FROM calendar_entry") == [(0,)]


def test_a_provisional_year_says_so_and_its_notice_takes_a_turn(office):
    first = events(handed(year=2027))
    assert {str(event["STATUS"]) for event in first.values()} == {"TENTATIVE"}
    sql(
        "INSERT INTO workday_override (day, working, source, recorded_at)"
        " VALUES ('2027-01-01', false, 'test', '2026-11-20 00:00:00')"
    )
    outcome = handed(LATER, year=2027)
    assert {str(event["STATUS"]) for event in events(outcome).values()} == {"CONFIRMED"}
    assert set(turns(outcome).values()) == {1}


def test_without_a_database_the_duties_are_those_of_the_folder(home):
    with register(programme(SLUG)) as known:
        found = demands(known, 2026, local("2026-01-01"))
    assert len(found) == 66 * 51


def test_who_owes_is_asked_once_an_occasion(office, monkeypatch):
    asked = []
    monkeypatch.setattr(Register, "owing", lambda self, *what: asked.append(what) or [])
    with writing() as session:
        demands(Register(programme(SLUG), session), 2026, START)
    assert len(asked) == 52
