"""Tasks follow their plan: what changed holds from the day it was entered, nothing is lost."""

from dataclasses import replace
from datetime import date

import pytest

from domain.task import Milestone, Task, Tasks, TaskUnit
from models.base import reading, writing
from models.task import keep_tasks, milestones_of, tasks_of
from models.verify import verify
from settings import Settings
from tests.build import SLUG, change, some_units

PLAN = Tasks(
    (Task("1-1", "annex-1", "道路", date(2026, 1, 1), date(2026, 12, 31)),),
    (
        TaskUnit("1-1", "lead", "市财政局", "ly-finance"),
        TaskUnit("1-1", "responsible", "各县区", "ly-jianxi", "all-counties"),
        TaskUnit("1-1", "responsible", "各县区", "ly-yanshi", "all-counties"),
        TaskUnit("1-1", "cooperating", "沿线区政府", None, "along-the-line"),
    ),
)
MILESTONES = [Milestone("1-1", 1, date(2026, 6, 30), "立项")]
FIRST, LATER = date(2026, 3, 1), date(2026, 9, 1)


@pytest.fixture
def plan(database):
    with writing() as session:
        some_units(session)
    keep(PLAN, FIRST)


def keep(tasks: Tasks, today: date) -> int:
    with writing() as session:
        return keep_tasks(session, change(SLUG), SLUG, tasks, MILESTONES, today)


def stored() -> Tasks:
    with reading() as session:
        return tasks_of(session, SLUG)


def test_a_plan_comes_back_as_it_was_entered_with_its_expansion(plan):
    assert stored() == PLAN
    with reading() as session:
        assert milestones_of(session, SLUG) == MILESTONES
    assert [u.printed for u in stored().open_words(LATER)] == ["沿线区政府"]


def test_the_same_plan_again_adds_nothing(plan):
    assert keep(PLAN, LATER) == 0
    assert stored() == PLAN


def test_a_new_lead_owes_from_the_day_of_the_change_and_the_trail_holds(plan, home):
    other = TaskUnit("1-1", "lead", "国网洛阳供电公司", "ly-grid")
    keep(Tasks(PLAN.tasks, (other, *PLAN.units[1:])), LATER)
    leads = [list(stored().leads("annex-1", day)) for day in (FIRST, LATER)]
    assert leads == [["ly-finance"], ["ly-grid"]]
    with reading() as session:
        assert list(verify(session, Settings().folder())) == []


def test_a_task_that_was_done_is_no_longer_live(plan):
    keep(Tasks((replace(PLAN.tasks[0], ended_on=LATER),), PLAN.units), LATER)
    assert [list(stored().leads("annex-1", day)) for day in (FIRST, LATER)] == [["ly-finance"], []]


def test_a_task_that_is_left_out_of_its_plan_stays(plan):
    keep(Tasks((), ()), LATER)
    assert [t.code for t in stored().tasks] == ["1-1"]
