"""A report is matched against the tasks its unit had when it was asked."""

from dataclasses import replace
from datetime import date

from domain.task import Task, Tasks, TaskUnit
from models.obligation import Owed
from tasks.answers import _titles
from tasks.work import programme
from tests.build import SLUG, WEEK, nov

OWED = Owed(1, "office", "weekly-county", "ly-jianxi", WEEK, nov(13, "16:00"), "", 1)
ENDED = Task("1", "office", "老旧小区改造", date(2026, 1, 1), ended_on=date(2026, 11, 11))
BEGUN = replace(ENDED, code="2", starts_on=date(2026, 11, 11), ended_on=None)


def test_a_task_that_ends_or_begins_in_the_week_is_what_the_template_says_it_is():
    leads = tuple(TaskUnit(code, "lead", "涧西区", "ly-jianxi") for code in "12")
    assert _titles(Tasks((ENDED, BEGUN), leads), programme(SLUG), OWED) == {"1": ENDED.title}
