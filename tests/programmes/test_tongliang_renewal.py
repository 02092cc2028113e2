"""The tasks of the Tongliang plan: those whose lead the damaged document still shows (A4.7)."""

from datetime import date, time
from pathlib import Path

import pytest

from domain.expansion import owing
from domain.lexicon import lexicon
from domain.task import Tasks
from programmes import load as loader
from programmes.group import read_groups
from programmes.plan import read_tasks
from programmes.registry import read_names, read_units
from programmes.script import simplified

HOME = Path(loader.__file__).parent / "tongliang-renewal"
FIRST = date(2023, 1, 1)


@pytest.fixture(scope="module")
def tasks() -> Tasks:
    names = read_names(HOME, read_units(HOME))
    known = lexicon(names, read_groups([HOME], names), simplified)
    return read_tasks(HOME, ["office"], FIRST, known)


def test_thirty_tasks_have_a_lead(tasks: Tasks) -> None:
    assert len(tasks.tasks) == 30
    assert tasks.unassigned("office", FIRST) == []
    assert len(tasks.leads("office", FIRST)) == 16


def test_open_lists_and_groups_are_flagged(tasks: Tasks) -> None:
    flagged = [unit for unit in tasks.units if unit.unit is None]
    lists = {u.task for u in flagged if not u.group}
    assert lists == {"1", "3", "7", "12", "21", "26", "32", "33", "34"}
    assert {u.printed for u in flagged if u.group == "committees"} == {"管委会", "相关管委会"}


def test_a_task_whose_pages_are_missing_says_so(tasks: Tasks) -> None:  # A4.9
    doubtful = {task.code for task in tasks.tasks if "待核" in task.title}
    assert doubtful == {"1", "3", "13", "18", "22", "24"}


def test_leads_report_by_the_25th_on_months_from_the_26th(tasks: Tasks) -> None:  # A4.1
    loaded = loader.load("tongliang-renewal")
    rules, [form] = loaded.programme, loaded.programme.forms
    clock, november = rules.clock(form), rules.period("2026-11")
    assert (clock.every, clock.day, clock.at, clock.shift) == ("month", 25, time(18), "previous")
    assert (november.start, november.end) == (date(2026, 10, 26), date(2026, 11, 25))
    assert len(owing(rules, "office", november, loaded.members, tasks)) == 16
