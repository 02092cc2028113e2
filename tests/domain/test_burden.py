"""The burden of a form is what its debtors fill in on all its occasions, and what a change adds."""

from datetime import date, time
from decimal import Decimal

import pytest

from domain.burden import burden, change, hours
from domain.deadline import Deadline
from domain.effort import ESTIMATED, Effort
from domain.expansion import deadlines
from domain.form import Form
from domain.task import Task, Tasks, TaskUnit
from domain.unit import Member
from tests.domain.build import (
    CALENDAR,
    FINANCE,
    GRID,
    JIANXI,
    SOURCE,
    YANSHI,
    folder,
    form,
    programme,
)

MEMBERS = [
    Member(JIANXI, "county", ""),
    Member(YANSHI, "county", ""),
    Member(FINANCE, "member", ""),
]
PROGRESS = {"code": "progress", "label": "本周进展", **SOURCE}
COUNT = {"code": "count", "label": "项目数", "kind": "number", **SOURCE}
TASKS = Tasks(
    (Task("1", "office", "修路", date(2026, 1, 1)), Task("2", "office", "修桥", date(2026, 7, 1))),
    (TaskUnit("1", "lead", JIANXI, JIANXI), TaskUnit("2", "lead", JIANXI, JIANXI)),
)
MONTHLY = {"code": "monthly", "every": "month", "day": 25, "at": time(18), **SOURCE}


def of(rules, members=MEMBERS, tasks=TASKS, year=2026):
    return burden(rules, year, members, tasks, CALENDAR)


def monthly(**keys):
    """A programme whose only form is due twelve times a year."""
    one = form("report", None, lead_units=True, clock="monthly", **keys)
    return programme(clocks=[*folder()["clocks"], MONTHLY], forms=[one])


def test_a_form_costs_its_fields_times_debtors_times_occasions():
    [county, member, _] = of(programme()).forms
    weeks = [d for d in deadlines(programme(), 2026, CALENDAR) if d.form == "county-weekly"]
    asked = [d for d in weeks if d.status != "exempt"]
    assert len(asked) < len(weeks)
    assert (county.occasions, county.reports, county.cells) == (len(asked),) + (2 * len(asked),) * 2
    each = ESTIMATED.opening + ESTIMATED.text
    assert dict(county.minutes) == dict.fromkeys((JIANXI, YANSHI), len(asked) * each)
    assert county.hours == hours([2 * len(asked) * each])
    assert list(member.minutes) == [FINANCE]


def test_every_kind_of_field_has_its_minutes():
    kinds = ["text", "number", "percent", "date", "choice"]
    fields = [{"code": k, "label": k, "kind": k, **SOURCE} for k in kinds]
    fields[-1]["choices"] = ["在建"]
    asked = Form.model_validate(form("all", "county", fields=fields))
    effort = Effort(
        opening=1, text=2, number=4, percent=8, date=16, choice=32, row=64, source=["A0.11"]
    )
    assert effort.of_report(asked, 1) == 1 + 2 + 4 + 8 + 16 + 32
    rows = asked.model_copy(update={"rows": "tasks"})
    assert effort.of_report(rows, 3) == 1 + 3 * (62 + 64)
    assert effort.of_report(rows, 0) == 1


def test_a_form_by_task_is_filled_in_for_each_task_that_is_live_then():
    [found] = of(monthly(rows="tasks", fields=[PROGRESS, COUNT])).forms
    assert (found.occasions, found.reports) == (12, 12)
    assert found.cells == (6 * 1 + 6 * 2) * 2  # the second task begins in July
    each = ESTIMATED.row + ESTIMATED.text + ESTIMATED.number
    assert dict(found.minutes) == {JIANXI: 12 * ESTIMATED.opening + 18 * each}


def test_a_form_with_many_rows_is_taken_to_have_so_many():
    effort = {"rows": 4, **SOURCE}
    rules = monthly(rows="many", key="progress").model_copy(
        update={"effort": Effort.model_validate(effort)}
    )
    assert of(rules).cells == 12 * 4
    assert of(monthly(rows="many", key="progress")).cells == 12 * ESTIMATED.rows


def test_who_takes_part_for_a_part_of_the_year_fills_in_for_that_part():
    joined = [
        Member(JIANXI, "county", "", date(2026, 7, 1)),
        Member(GRID, "county", "", date.min, date(2026, 7, 1)),
    ]
    [found] = [f for f in of(programme(), joined).forms if f.form == "county-weekly"]
    assert set(found.minutes) == {JIANXI, GRID}
    assert found.reports == found.occasions


def test_nobody_is_asked_how_often_a_matter_comes_up():
    clock = {"code": "at-once", "every": "matter", "within_hours": 24, **SOURCE}
    forms = [form("weekly", "county"), form("urgent", None, clock="at-once")]
    rules = programme(clocks=[*folder()["clocks"], clock], forms=forms)
    assert [found.form for found in of(rules).forms] == ["weekly"]


def test_the_totals_are_those_of_offices_and_of_debtors():
    offices = [
        {"code": f"annex-{n}", "name": f"附件{n}", "host": "housing", **SOURCE} for n in (1, 2)
    ]
    forms = [
        form("one", "county", office="annex-1"),
        form("two", "county", office="annex-2"),
        form("three", "member", office="annex-2"),
    ]
    found = of(programme(offices=offices, forms=forms))
    assert list(found.offices()) == ["annex-2", "annex-1"]
    assert set(list(found.debtors())[:2]) == {JIANXI, YANSHI}
    assert abs(found.hours - sum(found.offices().values())) < Decimal("0.3")
    assert abs(found.hours - sum(found.debtors().values())) < Decimal("0.3")
    assert found.reports == sum(one.reports for one in found.forms)
    assert found.cells == sum(one.cells for one in found.forms)


def test_a_form_nobody_owes_costs_nothing():
    found = of(programme(), members=[])
    assert (found.reports, found.cells, found.hours) == (0, 0, 0)
    assert found.debtors() == {}


def test_an_added_field_costs_its_minutes_in_every_report_of_the_year():
    before = of(programme(forms=[form("weekly", "county", fields=[PROGRESS])]))
    after = of(programme(forms=[form("weekly", "county", fields=[PROGRESS, COUNT])]))
    [found] = change(before, after)
    reports = before.forms[0].reports
    assert (list(found.added), list(found.removed)) == (["项目数"], [])
    assert (found.reports, found.cells) == (0, reports)
    assert found.hours == hours([reports * ESTIMATED.number]) > 0
    [back] = change(after, before)
    assert (list(back.removed), back.cells, back.hours) == (["项目数"], -reports, -found.hours)


def test_a_form_that_came_or_went_is_a_change():
    before = of(programme(forms=[form("old", "county")]))
    after = of(programme(forms=[form("new", "member")]))
    gone, come = change(before, after)
    assert (gone.form, gone.reports, list(gone.removed)) == ("old", -before.reports, ["本周进展"])
    assert (come.form, come.reports, list(come.added)) == ("new", after.reports, ["本周进展"])


def test_a_form_asked_for_less_often_is_a_change_without_another_field():
    clocks = [*folder()["clocks"], MONTHLY]
    before = of(programme(clocks=clocks, forms=[form("report", "county")]))
    after = of(programme(clocks=clocks, forms=[form("report", "county", clock="monthly")]))
    [found] = change(before, after)
    assert (found.added, found.removed) == ([], [])
    assert found.reports == 24 - before.reports < 0


def test_what_is_the_same_is_no_change():
    assert change(of(programme()), of(programme())) == []


def test_minutes_of_the_programme_replace_the_estimates():
    rules = programme(
        effort={"opening": 0, "text": 60, "decided_by": "办公室", "decided_on": date(2026, 11, 1)}
    )
    found = of(rules)
    assert found.hours == found.reports
    assert found.effort.decided_by == "办公室"


def test_minutes_without_an_origin_are_refused():
    with pytest.raises(ValueError, match=r"rule\.no_origin"):
        programme(effort={"opening": 3})


def test_a_deadline_of_another_year_is_not_counted():
    asked = [d for d in deadlines(programme(), 2027, CALENDAR) if isinstance(d, Deadline)]
    assert {d.nominal_due_at.year for d in asked} == {2027}
    assert of(programme(), year=2025).reports == 0
