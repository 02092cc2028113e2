"""Tasks and milestones load with their units resolved, or the refusal says which row and why."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from domain.errors import ProgrammeRefused
from domain.task import Milestone
from programmes import load as loader
from programmes.load import Loaded

SLUG, PLACE = "luoyang-renewal", "luoyang"
TASKS = "code,office,title,leads,cooperating,responsible,starts,due,ongoing,normalised,ended,source"
MILESTONES = "task,due,label,external,source"
TASK = "1-1,office,甲,市财政局、审计局,,各城市区；沿线区政府,2026-02-01,2026-12-31,,是,,x"
OTHER = "1-2,office,乙,,市教育局,市水利局、体育局等部门,,,是,,,x"
MILESTONE = "1-1,2026-06-30,开工,是,x"

# (file, what stands there, what is written instead, what the refusal must say)
BROKEN = {
    "bad code": ("tasks", "1-1,", "一,", ["第 2 行 code", "小写字母"]),
    "code twice": ("tasks", "1-2,", "1-1,", ["第 3 行 code", "1-1"]),
    "office unknown": ("tasks", "1-1,office", "1-1,annex", ["第 2 行 office", "annex", "office"]),
    "no title": ("tasks", "甲", "", ["第 2 行 title", "填写"]),
    "unknown lead": ("tasks", "审计局", "审记局", ["第 2 行 leads", "审记局", "审计局", "aliases"]),
    "garbled unit": ("tasks", "市教育局", "宜川县", ["第 3 行 cooperating", "伊川县、宜阳县"]),
    "unknown place": ("tasks", "各城市区", "火星", ["第 2 行 responsible", "火星", "没有相近"]),
    "bad day": ("tasks", "2026-12-31", "年底", ["第 2 行 due", "年底", "日期"]),
    "neither yes nor no": ("tasks", "是", "对", ["第 2 行 normalised", "对", "“是”"]),
    "ended early": ("tasks", ",是,,x", ",是,2026-01-31,x", ["第 2 行 ended", "2026-02-01"]),
    "no source": ("tasks", "是,,x", "是,,", ["第 2 行 source", "填写"]),
    "column missing": ("tasks", ",due,", ",", ["表头缺少：due", TASKS]),
    "task unknown": ("milestones", "1-1,", "9-9,", ["第 2 行 task", "9-9", "tasks.csv"]),
    "no day": ("milestones", "2026-06-30", "", ["第 2 行 due", "日期"]),
    "no label": ("milestones", "开工", "", ["第 2 行 label", "填写"]),
    "external or not": ("milestones", "是", "否", ["第 2 行 external", "否", "留空"]),
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The bundled programme with two tasks of its own."""
    home = tmp_path / SLUG
    shutil.copytree(Path(loader.__file__).parent / SLUG, home)
    (home / "tasks.csv").write_text("\n".join([TASKS, TASK, OTHER]), "utf-8")
    (home / "milestones.csv").write_text("\n".join([MILESTONES, MILESTONE]), "utf-8")
    return home


@pytest.fixture
def loaded(home: Path) -> Loaded:
    return loader.load(SLUG, home.parent)


@pytest.mark.parametrize(("file", "old", "new", "said"), BROKEN.values(), ids=BROKEN)
def test_a_broken_plan_is_refused_by_file_row_and_column(
    home: Path, file: str, old: str, new: str, said: list[str]
) -> None:
    path = home / f"{file}.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ProgrammeRefused) as refused:
        loader.load(SLUG, home.parent)
    sentence = str(refused.value)
    assert sentence.startswith(f"{SLUG}/{file}.csv：")
    assert [part for part in said if part not in sentence] == []


def test_a_task_says_when_it_lives_and_who_leads_it(loaded: Loaded) -> None:
    first, second = loaded.tasks.tasks
    assert (first.starts_on, first.due_on) == (date(2026, 2, 1), date(2026, 12, 31))
    assert (first.ongoing, first.normalised) == (False, True)
    assert (second.starts_on, second.due_on) == (loaded.programme.valid_from, None)
    day = date(2026, 3, 1)
    assert loaded.tasks.leads("office", day) == {"ly-finance": ["1-1"], "ly-audit": ["1-1"]}
    assert loaded.tasks.unassigned("office", day) == [second]


def test_an_expanded_group_stands_beside_the_words_it_came_from(loaded: Loaded) -> None:
    units = [u for u in loaded.tasks.units if (u.task, u.role) == ("1-1", "responsible")]
    assert len([u for u in units if u.printed == "各城市区" and u.group == "urban" and u.unit]) == 7


def test_what_nobody_has_expanded_stands_without_a_unit(loaded: Loaded) -> None:
    flagged = [(u.task, u.printed, u.group) for u in loaded.tasks.units if u.unit is None]
    assert flagged == [("1-1", "沿线区政府", "along-the-line"), ("1-2", "体育局等部门", "")]
    named = [u.unit for u in loaded.tasks.units if u.printed == "体育局等部门"]
    assert named == ["ly-sports", None]


def test_milestones_are_numbered_within_their_task(home: Path) -> None:
    with (home / "milestones.csv").open("a", encoding="utf-8") as file:
        file.write("\n1-2,2026-05-01,立项,,x\n1-1,2026-07-31,竣工,,x")
    assert loader.load(SLUG, home.parent).milestones == [
        Milestone("1-1", 1, date(2026, 6, 30), "开工", True),
        Milestone("1-2", 1, date(2026, 5, 1), "立项"),
        Milestone("1-1", 2, date(2026, 7, 31), "竣工"),
    ]


def test_a_programme_may_have_no_tasks(home: Path) -> None:
    (home / "tasks.csv").unlink()
    (home / "milestones.csv").unlink()
    loaded = loader.load(SLUG, home.parent)
    assert (loaded.tasks.tasks, loaded.milestones) == ((), [])


def test_a_unit_named_twice_in_a_role_is_on_the_task_once(home: Path) -> None:
    path = home / "tasks.csv"
    path.write_text(path.read_text("utf-8").replace("各城市区；", "涧西区、各城市区；"), "utf-8")
    units = [u for u in loader.load(SLUG, home.parent).tasks.units if u.unit == "ly-jianxi"]
    assert [(u.printed, u.group) for u in units] == [("涧西区", "")]
