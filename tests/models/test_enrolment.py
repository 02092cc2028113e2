"""The stored register follows the folder: dated rows, nothing overwritten, nothing done twice."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from deployments.prepare import enter_programme, prepare
from domain.errors import Refused
from models.base import reading
from models.task import milestones_of, tasks_of
from models.unit import members_on, printed_names, resolve
from models.unit_change import unit_changes
from models.verify import verify
from programmes import load
from tests.build import contents, local, nov

SLUG = "tongliang-renewal"
FIRST, SECOND = nov(2, "08:00"), nov(20, "08:00")
BUNDLED = Path(load.__file__).parent


@pytest.fixture
def folder(database, home, monkeypatch):
    """The bundled programme as an office's own copy, entered once."""
    own = home / "programmes"
    shutil.copytree(BUNDLED / SLUG, own / SLUG)
    monkeypatch.setenv("LUOSHU_PROGRAMMES", str(own))
    prepare(FIRST, demo=False)
    return own / SLUG


def edit(file, old, new):
    text = file.read_text("utf-8")
    assert text.count(old) == 1, (file.name, old)
    file.write_text(text.replace(old, new), "utf-8")


def a_row(file, n=1):
    return file.read_text("utf-8").splitlines()[n]


def member(unit, day):
    with reading() as session:
        return next((m.class_code for m in members_on(session, SLUG, day) if m.unit == unit), None)


def good(home):
    with reading() as session:
        return verify(session, home) == []


def test_an_unchanged_folder_changes_nothing_at_the_next_start(folder):
    before = contents()
    enter_programme(SLUG, SECOND)
    assert contents() == before


def test_a_changed_class_holds_from_today_and_the_old_one_before(folder, home):
    row = a_row(folder / "members.csv")
    unit, old, *rest = row.split(",")
    new = "enterprise" if old != "enterprise" else "member"
    edit(folder / "members.csv", row, ",".join([unit, new, *rest]))
    enter_programme(SLUG, SECOND)
    days = (date(2026, 11, 19), date(2026, 11, 20))
    assert [member(unit, day) for day in days] == [old, new]
    before = contents()
    enter_programme(SLUG, nov(21))
    assert (contents() == before, good(home)) == (True, True)


def test_a_version_of_days_to_come_is_refused_while_another_is_in_force(folder):
    file = folder / "programme.toml"
    begun = next(n for n in file.read_text("utf-8").splitlines() if n.startswith("valid_from"))
    edit(file, begun, "valid_from = 2026-12-01")
    with pytest.raises(Refused, match="2026-12-01") as refusal:
        enter_programme(SLUG, SECOND)
    assert refusal.value.key == "version.too_early"
    enter_programme(SLUG, nov(30).replace(month=12, day=1))


def test_a_rename_that_is_taken_back_prints_the_old_name(folder):
    unit, name = a_row(folder / "units.csv").split(",")[:2]
    before, after = f"{unit},{name},,", f"{unit},新局,{name},"
    for day, (old, new) in {20: (before, after), 22: (after, before)}.items():
        edit(folder / "units.csv", old, new)
        enter_programme(SLUG, nov(day))
    with reading() as session:
        found = [printed_names(session, date(2026, 11, day))[unit] for day in (19, 21, 23)]
    assert found == [name, "新局", name]


def test_a_unit_that_left_the_list_is_no_member_from_today(folder):
    row = a_row(folder / "members.csv")
    unit, old = row.split(",")[:2]
    edit(folder / "members.csv", row + "\n", "")
    enter_programme(SLUG, SECOND)
    assert [member(unit, date(2026, 11, day)) for day in (19, 20)] == [old, None]


def test_a_renamed_unit_prints_the_name_of_the_day_and_answers_to_both(folder, home):
    row = a_row(folder / "units.csv", 2)
    unit, old = row.split(",")[:2]
    edit(folder / "units.csv", row, row.replace(f"{old},", f"{old}（新）,{old}", 1))
    enter_programme(SLUG, SECOND)
    with reading() as session:
        printed = [printed_names(session, date(2026, 11, day))[unit] for day in (19, 20)]
        assert printed == [old, f"{old}（新）"]
        assert resolve(session, [old, f"{old}（新）"]) == {old: unit, f"{old}（新）": unit}
    assert good(home)


def test_a_task_that_has_ended_is_closed_and_stays_known(folder, home):
    row = a_row(folder / "tasks.csv")
    code, source = row.split(",")[0], row.rsplit(",", 1)[1]
    with reading() as session:
        before = {t.code: t for t in tasks_of(session, SLUG).tasks}
    assert before[code].ended_on is None
    edit(folder / "tasks.csv", row, row.removesuffix(f",{source}") + f"2026-11-20,{source}")
    enter_programme(SLUG, SECOND)
    with reading() as session:
        after = {t.code: t for t in tasks_of(session, SLUG).tasks}
    assert (after[code].ended_on, len(after)) == (date(2026, 11, 20), len(before))
    assert [after[code].lives_on(date(2026, 11, day)) for day in (19, 20)] == [True, False]
    again = contents()
    enter_programme(SLUG, nov(21))
    assert (contents() == again, good(home)) == (True, True)


def test_what_became_of_units_and_when_tasks_have_milestones_is_stored(database, home):
    prepare(local("2026-11-02 08:00"), demo=False)
    with reading() as session:
        changes = {(c.kind, c.before, c.after, c.on) for c in unit_changes(session)}
        milestones = milestones_of(session, "luoyang-351")
    assert ("rename", ("ly-yanshi",), ("ly-yanshi",), date(2021, 3, 18)) in changes
    assert ("merge", ("ly-mengjin", "ly-jili"), ("ly-mengjin",), date(2021, 3, 18)) in changes
    assert milestones == list(load.load("luoyang-351").milestones)


def test_more_words_than_a_statement_takes_are_resolved(folder):
    words = [f"没有的单位{n}" for n in range(70_000)]
    unit, name = a_row(folder / "units.csv").split(",")[:2]
    with reading() as session:
        assert resolve(session, [*words, name]) == {name: unit}
