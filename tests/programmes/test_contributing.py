"""The programme of CONTRIBUTING.md works as it stands there, by its folder alone."""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from domain.deadline import Deadline
from domain.effort import Effort
from domain.expansion import deadlines, members_day, owing
from domain.form import Field, Form
from domain.ladder import CountingRules, Rung, Sending
from domain.programme import Group, Office, Programme, UnitClass
from domain.timing import Clock, ExtraDay, MonthCut, Phase
from domain.unit import name_on
from domain.workdays import calendar_of
from intake.holidays import published
from programmes.load import Loaded, load

ROOT = Path(__file__).parents[2]
SLUG = "shiyan-parks"
GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
LUOSHU = [sys.executable, "-c", "from commands.main import main; main()"]

RULES = (Programme, MonthCut, Phase, ExtraDay, Office, UnitClass, Group, Clock, Form, Field, Rung,
    Sending, CountingRules, Effort)  # fmt: skip


@pytest.fixture
def loaded(guide: Path) -> Loaded:
    return load(SLUG, guide.parent)


def year(loaded: Loaded, form: str) -> dict[str, Deadline]:
    found = deadlines(loaded.programme, 2026, calendar_of(published()))
    return {d.occasion: d for d in found if d.form == form}


def due(loaded: Loaded, form: str, *occasions: str) -> list[str]:
    return [f"{year(loaded, form)[occasion].due_at:%m-%d %H:%M}" for occasion in occasions]


def debtors(loaded: Loaded, occasion: str) -> list[str]:
    period = loaded.programme.period(occasion)
    members = [m for m in loaded.members if m.holds(members_day(loaded.programme, period))]
    owed = owing(loaded.programme, "office", period, members, loaded.tasks)
    return [f"{one.form} {one.unit}" for one in owed]


def test_every_file_a_folder_may_have_is_shown(guide: Path) -> None:
    shown = {file.name for file in guide.iterdir()}
    bundled = (ROOT / "programmes").glob("*/*.*")
    assert shown == {f.name for f in bundled if f.suffix in (".toml", ".csv")}


def test_every_key_and_column_is_explained(guide: Path) -> None:
    told = GUIDE[GUIDE.index("### Every key") : GUIDE.index("### When the folder changes")]
    heads = {c for f in guide.glob("*.csv") for c in f.read_text("utf-8").split("\n")[0].split(",")}
    rules = {key for kind in RULES for key in kind.model_fields}
    explained = set(re.findall(r"[`\[.](\w+)[`\]]", told))  # `key`, [[table]] or `fields.key`
    assert (heads | rules) - explained == set()


def test_the_weekly_report_is_due_on_tuesdays_at_ten(loaded: Loaded) -> None:
    assert len(year(loaded, "weekly")) == 51  # of W02 to W52: it begins on 5 January
    assert due(loaded, "weekly", "2026-W02", "2026-W41") == ["01-13 10:00", "10-13 10:00"]


def test_around_a_holiday_it_is_due_on_the_next_working_day(loaded: Loaded) -> None:
    holidays = ("2026-W07", "2026-W18", "2026-W40")  # of 17 February, 5 May and 6 October
    assert due(loaded, "weekly", *holidays) == ["02-24 10:00", "05-06 10:00", "10-08 10:00"]
    assert year(loaded, "weekly")["2026-W08"].status == "exempt"  # no day of it is worked


def test_the_brief_is_due_on_the_third_day_of_the_next_half_month(loaded: Loaded) -> None:
    assert len(year(loaded, "brief")) == 23
    halves = ("2026-02-H2", "2026-03-H1", "2026-08-H2")
    assert due(loaded, "brief", *halves) == ["03-03 18:00", "03-18 18:00", "09-03 18:00"]


def test_a_brief_is_due_before_a_day_off_but_not_before_its_half_has_ended(loaded: Loaded) -> None:
    moved = ("2026-01-H1", "2026-04-H1", "2026-02-H1", "2026-04-H2")
    assert due(loaded, "brief", *moved) == [
        "01-16 18:00",
        "04-17 18:00",
        "02-24 18:00",
        "05-06 18:00",
    ]


def test_districts_owe_the_report_and_leads_the_brief(loaded: Loaded) -> None:
    assert debtors(loaded, "2026-W41") == ["weekly sy-east", "weekly sy-lake"]
    assert debtors(loaded, "2026-02-H2") == ["brief sy-parks"]
    assert debtors(loaded, "2026-03-H1") == ["brief sy-lake", "brief sy-parks"]  # task 2 begins


def test_a_renamed_district_has_the_name_of_the_day(loaded: Loaded) -> None:
    names = [name for name, kind in loaded.names if kind == "name"]
    days = (date(2024, 5, 31), date(2024, 6, 1))
    assert [name_on(names, "sy-lake", day) for day in days] == ["湖滨县", "湖滨区"]


def commands() -> Iterator[list[str]]:
    """The commands of the guide, without the program's path."""
    [block] = re.findall(r"^```sh\n(export LUOSHU_PROGRAMMES=.*?)^```", GUIDE, re.M | re.S)
    for line in block.splitlines():
        if line.startswith(".venv/bin/luoshu "):
            yield shlex.split(line)[1:]


def test_the_commands_of_the_guide_work_with_the_folder_alone(guide: Path, tmp_path: Path) -> None:
    plain = {k: v for k, v in os.environ.items() if not k.startswith("LUOSHU_")}
    own = {"LUOSHU_HOME": str(tmp_path / "var"), "LUOSHU_PROGRAMMES": str(guide.parent)}
    told: dict[str, list[object]] = {"programme": [], "deadlines": [], "obligations": []}
    for words in commands():
        ran = subprocess.run(
            [*LUOSHU, *words, "--json"], env=plain | own, cwd=ROOT, capture_output=True, check=True
        )
        told[words[0]].append(json.loads(ran.stdout))
    [checked] = told["programme"]
    assert (checked["defaults"], checked["broken"]) == ([], [])
    assert [row["task"] for row in checked["questions"]] == ["2"]
    assert [len(rows) for rows in told["deadlines"]] == [51 + 23]
    assert [[r["unit"] for r in rows] for rows in told["obligations"]] == [
        ["东城区", "湖滨区"],
        ["湖滨区", "市园林局"],
    ]
    assert not list(tmp_path.glob("var/*.db"))


def test_what_a_spreadsheet_program_saves_loads(guide: Path, loaded: Loaded) -> None:
    for file in guide.glob("*.csv"):  # its dates, empty columns and an empty row
        text = re.sub(r"(\d{4})-0?(\d+)-0?(\d+)", r"\1/\2/\3", file.read_text("utf-8"))
        rows = [f"{line},," for line in text.splitlines()]
        rows.append("," * rows[0].count(","))
        file.write_bytes("\r\n".join(rows).encode("utf-8-sig"))
    assert load(SLUG, guide.parent) == loaded
