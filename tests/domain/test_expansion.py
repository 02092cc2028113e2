"""Who owes which form, beyond scenario S1."""

from datetime import date, time

import pytest

from domain.expansion import deadlines, dues, has_begun, owing, running
from domain.periods import parse
from domain.task import Task, Tasks, TaskUnit
from domain.unit import Member
from tests.domain.build import (
    CALENDAR,
    FINANCE,
    GRID,
    JIANXI,
    SOURCE,
    folder,
    form,
    local,
    nov,
    programme,
)

NO_TASKS = Tasks()
W46 = parse("2026-W46")


def owed(rules, office, members, tasks=NO_TASKS, period=W46):
    return owing(rules, office, period, members, tasks)


def test_a_member_of_a_class_without_a_form_owes_nothing():
    assert owed(programme(), "office", [Member(GRID, "observer", "")]) == []


def test_what_is_owed_comes_by_form_and_unit_and_keeps_the_group():
    members = [Member(FINANCE, "member", "units"), Member(JIANXI, "county", "counties")]
    pairs = [(o.form, o.unit, o.group) for o in owed(programme(), "office", members)]
    assert pairs == [
        ("county-weekly", JIANXI, "counties"),
        ("member-weekly", FINANCE, "units"),
    ]


def test_each_office_collects_its_own_forms():
    offices = [
        {"code": f"annex-{n}", "name": f"附件{n}", "host": "housing", **SOURCE} for n in (1, 2)
    ]
    forms = [form(f"weekly-{n}", "member", office=f"annex-{n}") for n in (1, 2)]
    rules = programme(offices=offices, forms=forms)
    finance = [Member(FINANCE, "member", "")]
    assert [o.form for o in owed(rules, "annex-1", finance)] == ["weekly-1"]
    assert [o.form for o in owed(rules, "annex-2", finance)] == ["weekly-2"]


def test_forms_on_different_clocks_are_due_at_different_instants():
    clocks = [*folder()["clocks"], {"code": "evening", "weekday": 5, "at": time(18), **SOURCE}]
    forms = [form("early", "county"), form("later", "member", clock="evening")]
    at = dues(programme(clocks=clocks, forms=forms), "office", W46, CALENDAR)
    assert {code: found.due_at for code, found in at.items()} == {
        "early": nov(13, "16:00"),
        "later": nov(13, "18:00"),
    }


@pytest.mark.parametrize(
    ("now", "begun"), [(local("2026-11-08 23:59:59"), False), (local("2026-11-09 00:00"), True)]
)
def test_a_week_begins_on_its_monday_in_the_zone_of_the_programme(now, begun):
    assert has_begun(programme(), W46, now) is begun


def test_a_week_before_the_programme_was_valid_is_not_opened():
    later = programme(valid_from=date(2026, 11, 16))
    assert not has_begun(later, W46, nov(20))
    assert has_begun(later, parse("2026-W47"), nov(20))
    assert has_begun(programme(valid_from=date(2026, 11, 15)), W46, nov(20))


def led(*leads: tuple[str, str], ended: date | None = None) -> Tasks:
    """Tasks of the office, each with a lead: (task, unit)."""
    codes = dict.fromkeys(code for code, _ in leads)
    tasks = tuple(
        Task(code, "office", code, date(2026, 1, 1), ended_on=ended if code == "done" else None)
        for code in codes
    )
    units = tuple(TaskUnit(code, "lead", unit, unit) for code, unit in leads if unit)
    return Tasks(tasks, units)


LEADS = programme(forms=[form("leads", None, lead_units=True)])


def test_co_leads_each_owe_once_however_many_tasks_they_lead():
    tasks = led(("1", FINANCE), ("1", JIANXI), ("2", FINANCE))
    assert [o.unit for o in owed(LEADS, "office", [], tasks)] == sorted([FINANCE, JIANXI])


def test_a_lead_is_compared_in_the_group_it_is_a_member_of():
    members = [Member(FINANCE, "member", "units")]
    assert owed(LEADS, "office", members, led(("1", FINANCE)))[0].group == "units"


def test_a_task_that_is_done_or_has_not_started_makes_nobody_owe():
    assert owed(LEADS, "office", [], led(("done", GRID), ended=date(2026, 11, 9))) == []
    assert owed(LEADS, "office", [], led(("done", GRID), ended=date(2026, 11, 10))) != []
    early = parse("2025-W50")
    assert Tasks(led(("1", GRID)).tasks).leads("office", early.start) == {}


def test_a_task_without_a_lead_is_listed_as_unassigned():
    tasks = led(("1", FINANCE), ("2", ""))
    assert [t.code for t in tasks.unassigned("office", W46.start)] == ["2"]


def test_a_lead_holds_for_its_days_alone():
    dated = TaskUnit("1", "lead", GRID, GRID, valid_to=date(2026, 11, 9))
    follows = TaskUnit("1", "lead", JIANXI, JIANXI, valid_from=date(2026, 11, 9))
    tasks = Tasks(led(("1", "")).tasks, (dated, follows))
    assert [o.unit for o in owed(LEADS, "office", [], tasks)] == [JIANXI]
    assert [o.unit for o in owed(LEADS, "office", [], tasks, parse("2026-W45"))] == [GRID]


def test_a_listed_unit_owes_whatever_its_class():
    rules = programme(forms=[form("listed", None, units=["grid"])])
    assert [o.unit for o in owed(rules, "office", [])] == ["grid"]


def test_a_form_is_asked_for_in_its_phases_and_while_the_programme_is_active():
    phases = [
        {"code": "start", "name": "准备", "end": date(2026, 6, 30), **SOURCE},
        {"code": "work", "name": "实施", "start": date(2026, 7, 1), **SOURCE},
    ]
    forms = [form("early", "county", phases=["start"]), form("always", "county")]
    rules = programme(phases=phases, forms=forms, active_to=date(2026, 11, 15))
    codes = {
        week: [f.code for f in rules.forms_for("office", parse(week))]
        for week in ("2026-W20", "2026-W27", "2026-W46", "2026-W47")
    }
    assert codes == {
        "2026-W20": ["early", "always"],
        "2026-W27": ["early", "always"],  # the week the phase ends in belongs to both
        "2026-W46": ["always"],
        "2026-W47": [],
    }


def test_a_month_and_a_week_ask_for_the_forms_of_their_own_clock():
    clocks = [*folder()["clocks"], {"code": "month", "every": "month", "day": 3, "at": time(18),
                                    "reports_on": "last", **SOURCE}]  # fmt: skip
    rules = programme(
        clocks=clocks, forms=[form("w", "county"), form("m", "county", clock="month")]
    )
    members = [Member(JIANXI, "county", "")]
    assert [o.form for o in owed(rules, "office", members)] == ["w"]
    assert [o.form for o in owed(rules, "office", members, period=parse("2026-11"))] == ["m"]
    assert running(rules, "office", nov(20), CALENDAR) == "2026-W47"


def test_an_office_that_collects_on_the_last_week_is_collecting_that_one():
    monday = {"code": "friday", "weekday": 1, "at": time(18), "reports_on": "last", **SOURCE}
    assert running(programme(clocks=[monday]), "office", nov(20), CALENDAR) == "2026-W46"


SPRING_2026 = {"code": "friday", "weekday": 1, "at": time(18), "reports_on": "last",
               "shift": "next", **SOURCE}  # fmt: skip


@pytest.mark.parametrize(
    ("now", "occasion"),
    [
        (local("2026-02-14 12:00"), "2026-W06"),  # due on Monday the 9th: nothing newer is owed
        (local("2026-02-24 12:00"), "2026-W07"),  # put off to 18:00; the week after it is exempt
        (local("2026-02-24 18:00"), "2026-W07"),
        (local("2026-02-24 18:01"), "2026-W08"),
    ],
)
def test_a_deadline_that_a_holiday_put_off_is_collected_until_it_has_passed(now, occasion):
    rules = programme(clocks=[SPRING_2026])
    assert running(rules, "office", now, CALENDAR) == occasion


def test_of_two_weekly_clocks_the_newer_week_is_collected_once_the_older_is_due():
    monday = {**SPRING_2026, "code": "monday"}
    rules = programme(
        clocks=[monday, *folder()["clocks"]],
        forms=[form("last", "county", clock="monday"), form("this", "county")],
    )
    at = {day: running(rules, "office", nov(day, "12:00"), CALENDAR) for day in (16, 17, 20)}
    assert at == {16: "2026-W46", 17: "2026-W47", 20: "2026-W47"}


def test_an_office_with_matters_only_collects_the_first_of_the_day():
    clocks = [*folder()["clocks"], {"code": "at-once", "every": "matter", "within_hours": 24,
                                    **SOURCE}]  # fmt: skip
    rules = programme(clocks=clocks, forms=[form("urgent", None, clock="at-once")])
    assert running(rules, "office", nov(20), CALENDAR) == "2026-11-20-M1"
    assert running(rules, "annex-4", nov(20), CALENDAR) == ""


def test_a_year_of_deadlines_is_that_of_their_nominal_instants():
    found = list(deadlines(programme(forms=[form("w", "county")]), 2026, CALENDAR))
    assert [found[0].occasion, found[-1].occasion, len(found)] == ["2026-W01", "2026-W52", 52]
    assert found[0].due_at == local("2025-12-31 16:00")
