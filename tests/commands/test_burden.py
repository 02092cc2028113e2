"""What the forms cost is told by form, office and unit; a changed folder by what it changes."""

import shutil
from pathlib import Path

import pytest

from commands.burden import changed as told_since
from deployments.prepare import enter_programme, prepare
from domain.sentences import say
from programmes import load
from tasks.work import _loaded
from tests.build import SLUG, nov
from tests.commands.wording import is_said

BUNDLED = Path(load.__file__).parent
YEAR = ("--year", "2026")
FIELD = '    { code = "policy", label = "政策支持", source = ["A0.8"] },\n'


@pytest.fixture
def draft(tmp_path_factory):
    """A copy of the folder that asks members for one thing more."""
    place = tmp_path_factory.mktemp("draft") / SLUG
    shutil.copytree(BUNDLED / SLUG, place)
    file = place / "programme.toml"
    text = file.read_text("utf-8")
    assert text.count(FIELD) == 1
    more = FIELD.replace("policy", "visits").replace("政策支持", "接待调研次数")
    file.write_text(text.replace(FIELD, FIELD + more), "utf-8")
    return place


def test_each_form_is_told_with_what_it_costs(luoshu, home):
    shown = luoshu("burden", SLUG, *YEAR)
    assert shown.code == 0
    lines = shown.out.splitlines()
    assert is_said("burden.total", lines[0], "洛阳市城市更新", 2026)
    for word in ("成员单位", "县区", "专业经营单位", "瀍河区", "[effort]"):
        assert word in shown.out
    assert not (home / "luoshu.db").exists()


def test_to_a_program_the_sums_are_those_of_the_forms(luoshu):
    found = luoshu("burden", SLUG, *YEAR, "--json").json
    forms = {form["form"]: form for form in found["forms"]}
    county = forms["weekly-county"]
    assert county["fields"] == 13
    assert county["reports"] == county["debtors"] * county["occasions"]
    assert county["cells"] == county["reports"] * 13
    assert found["reports"] == sum(form["reports"] for form in forms.values())
    assert found["cells"] == sum(form["cells"] for form in forms.values())
    assert found["hours"] == pytest.approx(sum(f["hours"] for f in forms.values()), abs=0.2)
    assert list(found["offices"]) == ["office"]
    assert len(found["debtors"]) == sum(form["debtors"] for form in forms.values())


def test_several_offices_are_told_apart(luoshu):
    assert say("burden.by_office") in luoshu("burden", "luoyang-351", *YEAR).out
    assert say("burden.by_office") not in luoshu("burden", SLUG, *YEAR).out


@pytest.mark.parametrize("parent", [False, True])
def test_a_field_more_has_its_price(luoshu, draft, parent):
    folder = str(draft.parent if parent else draft)
    found = luoshu("burden", SLUG, *YEAR, "--against", folder, "--json").json
    [member] = [form for form in found["now"]["forms"] if form["form"] == "weekly-member"]
    assert found["changes"] == [
        {
            "office": "office",
            "form": "weekly-member",
            "added": ["接待调研次数"],
            "removed": [],
            "reports": 0,
            "cells": member["reports"],
            "hours": pytest.approx(member["reports"] * 6 / 60, abs=0.1),
        }
    ]
    shown = luoshu("burden", SLUG, *YEAR, "--against", folder).out
    assert is_said("burden.more", shown.splitlines()[0], 2026)
    assert "接待调研次数" in shown


def test_a_field_less_is_told_as_less(luoshu, draft):
    file = draft / "programme.toml"
    text = file.read_text("utf-8")
    removed = [line for line in text.splitlines() if 'label = "周工作进展"' not in line]
    removed = [line for line in removed if 'fields = ["progress"]' not in line]
    removed = [line for line in removed if "接待调研次数" not in line]
    file.write_text("\n".join(removed), "utf-8")
    shown = luoshu("burden", SLUG, *YEAR, "--against", str(draft)).out
    assert is_said("burden.less", shown.splitlines()[0], 2026)
    assert "周工作进展" in shown


def test_the_same_folder_is_no_change(luoshu):
    shown = luoshu("burden", SLUG, *YEAR, "--against", str(BUNDLED)).out
    assert is_said("burden.same", shown.splitlines()[0], 2026)
    assert say("burden.unchanged") in shown


def test_a_folder_that_holds_no_other_version_is_refused(luoshu, draft):
    empty = luoshu("burden", SLUG, "--against", str(draft.parent.parent / "nowhere"))
    assert (empty.code, is_said("burden.no_folder", empty.err.strip(), SLUG)) == (1, True)
    renamed = draft.rename(draft.with_name("draft"))
    other = luoshu("burden", SLUG, "--against", str(renamed))
    assert (other.code, is_said("burden.other_name", other.err.strip(), SLUG)) == (1, True)


def test_minutes_an_office_decided_are_said_to_be_its_own(luoshu, draft, monkeypatch):
    file = draft / "programme.toml"
    decided = '[effort]\ntext = 3\ndecided_by = "办公室主任"\ndecided_on = 2026-11-01\n\n[counting]'
    file.write_text(file.read_text("utf-8").replace("[counting]", decided), "utf-8")
    shown = luoshu("burden", SLUG, *YEAR, "--against", str(draft)).out
    assert say("burden.decided") in shown
    assert "每格文字 3 分钟" in shown


@pytest.fixture
def changed(home, draft, monkeypatch):
    """An office that was set up with the bundled folder, and now has the draft as its own."""
    prepare(nov(2, "08:00"), demo=False)
    monkeypatch.setenv("LUOSHU_PROGRAMMES", str(draft.parent))
    _loaded.cache_clear()
    yield
    _loaded.cache_clear()


def test_forms_that_were_changed_are_told_with_their_price_when_the_folder_is_checked(
    luoshu, changed
):
    shown = luoshu("programme", "check", SLUG).out
    assert "接待调研次数" in shown
    [told] = [line for line in shown.splitlines() if is_said("burden.more", line)]
    assert "洛阳市城市更新" in told
    [form] = luoshu("programme", "check", SLUG, "--json").json["forms"][SLUG]
    assert (form["form"], form["added"]) == ("weekly-member", ["接待调研次数"])


def test_what_has_been_entered_is_told_once_at_the_start_that_entered_it(luoshu, changed):
    enter_programme(SLUG, nov(3, "08:00"))
    assert [one["form"] for one in told_since(SLUG, nov(3, "07:59"))] == ["weekly-member"]
    assert told_since(SLUG, nov(3, "08:01")) == []
    assert luoshu("programme", "check", SLUG, "--json").json["forms"] == {}


def test_a_year_that_is_none_is_refused(luoshu):
    answer = luoshu("burden", SLUG, "--year", "26")
    assert (answer.code, is_said("deadlines.year", answer.err.strip(), 26)) == (1, True)
