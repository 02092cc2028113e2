"""The 66 tasks of the Luoyang 351 plan say what the document says: who leads, until when."""

import json
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from domain.lexicon import lexicon
from domain.task import Milestone, Tasks
from programmes import load as loader
from programmes.group import read_groups
from programmes.plan import read_milestones, read_tasks
from programmes.registry import read_names, read_units
from programmes.script import simplified

BUNDLED = Path(loader.__file__).parent
GOLD = BUNDLED.parents[1] / "shared" / "gold" / "351.json"
ISSUED = date(2022, 5, 7)
FRIDAY = date(2022, 5, 27)
ANNEXES = [f"annex-{n}" for n in range(1, 7)]


@cache
def tasks() -> Tasks:
    place = BUNDLED / "luoyang"
    names = read_names(place, read_units(place))
    known = lexicon(names, read_groups([place], names), simplified)
    return read_tasks(BUNDLED / "luoyang-351", ANNEXES, ISSUED, known)


@cache
def milestones() -> list[Milestone]:
    return read_milestones(BUNDLED / "luoyang-351", tasks())


@pytest.fixture
def gold() -> dict[str, dict[str, Any]]:
    if not GOLD.exists():
        pytest.skip("the tasks of reference are not beside the repository")
    told = json.loads(GOLD.read_text("utf-8"))["tasks"]
    return {f"{task['appendix']}-{task['index']}": task for task in told}


def leads(annex: int) -> dict[str, list[str]]:
    return tasks().leads(f"annex-{annex}", FRIDAY)


def test_it_has_66_tasks_in_six_annexes() -> None:  # A2
    assert Counter(task.office for task in tasks().tasks) == dict(
        zip(ANNEXES, (9, 14, 7, 16, 14, 6), strict=True)
    )


def test_so_many_units_lead_and_owe_a_ledger() -> None:  # A2.9
    assert {annex: len(leads(annex)) for annex in (1, 2, 3, 5, 6)} == {1: 5, 2: 3, 3: 6, 5: 6, 6: 4}


def test_one_unit_leads_in_four_annexes_at_once() -> None:  # S10
    assert [annex for annex in (1, 2, 3, 5, 6) if "ly-housing" in leads(annex)] == [1, 2, 3, 6]


def test_three_tasks_of_annex_2_have_no_lead() -> None:  # A2.2
    assert [t.code for t in tasks().unassigned("annex-2", FRIDAY)] == ["2-1", "2-2", "2-12"]
    others = (annex for annex in ANNEXES if annex != "annex-2")
    assert not any(tasks().unassigned(annex, FRIDAY) for annex in others)


def test_the_one_task_done_at_the_start_is_not_live() -> None:  # A2.5
    ended = [task for task in tasks().tasks if task.ended_on]
    assert [task.code for task in ended] == ["2-9"]
    assert not ended[0].lives_on(ISSUED)


def test_what_nobody_has_expanded_is_flagged() -> None:  # A2.3
    flagged = [(u.task, u.printed) for u in tasks().units if u.unit is None]
    assert flagged == [
        ("1-4", "沿线区政府"),
        ("1-6", "项目沿线政府"),
        ("5-6", "各交警大队"),
        ("5-9", "市交通运输局各交通场站单位"),
        ("5-9", "城市管理局各公园单位"),
        ("5-12", "供热企业"),
    ]


def test_every_task_is_that_of_the_reference(gold: dict[str, dict[str, Any]]) -> None:
    assert [task.code for task in tasks().tasks] == list(gold)
    for task in tasks().tasks:
        told = gold[task.code]
        assert (str(task.due_on or ""), task.ongoing, task.normalised, bool(task.ended_on)) == (
            told["due"] or "",
            told["ongoing"],
            told["normalised"],
            told["done"],
        )
        assert task.starts_on == ISSUED
        assert len(task.title) <= 24


@pytest.mark.parametrize(
    ("role", "key"), [("lead", "lead"), ("cooperating", "coop"), ("responsible", "resp")]
)
def test_every_task_names_the_units_of_the_reference(
    gold: dict[str, dict[str, Any]], role: str, key: str
) -> None:
    for code, told in gold.items():
        found = [u.printed for u in tasks().units if (u.task, u.role) == (code, role)]
        words = [w.replace("(", "（").replace(")", "）") for w in dict.fromkeys(found)]
        assert words == [w.replace("(", "（").replace(")", "）") for w in told[key]], code


def test_every_date_on_the_way_is_one_of_the_reference(gold: dict[str, dict[str, Any]]) -> None:
    found = {(m.task, str(m.due_on)) for m in milestones()}
    told = {
        (code, node["date"])
        for code, task in gold.items()
        for node in (*task["milestones"], *task["text_milestones"])
    }
    assert found == told


def test_the_last_milestone_of_a_task_is_its_end() -> None:
    ends: dict[str, date] = {}
    for one in milestones():
        ends[one.task] = max(one.due_on, ends.get(one.task, date.min))
    assert ends == {task.code: task.due_on for task in tasks().tasks if task.due_on}


def test_dates_that_wait_for_somebody_outside_are_marked() -> None:  # A2.5
    assert [m.task for m in milestones() if m.external] == ["2-5", "2-6", "2-10", "2-11"]
