"""What `luoshu programme` answers: folders checked, defaults confirmed, requirements traced."""

import shutil
from pathlib import Path

import pytest

from deployments.prepare import prepare
from programmes import load
from tasks.work import _loaded
from tests.build import nov
from tests.commands.wording import is_said

SLUG, BY = "tongliang-renewal", ("--by", "办公室主任")
BUNDLED = Path(load.__file__).parent


@pytest.fixture(autouse=True)
def fresh():
    """Folders are read anew in each test."""
    _loaded.cache_clear()
    yield
    _loaded.cache_clear()


@pytest.fixture
def broken(home, monkeypatch):
    """One more programme, whose folder has a slip of the pen."""
    own = home / "own"
    shutil.copytree(BUNDLED / SLUG, own / "mine")
    file = own / "mine" / "programme.toml"
    text = file.read_text("utf-8").replace(f'slug = "{SLUG}"', 'slug = "mine"')
    file.write_text(text.replace("quiet_from = ", "quiet_form = "), "utf-8")
    monkeypatch.setenv("LUOSHU_PROGRAMMES", str(own))
    return own


def test_it_needs_no_database_and_makes_none(luoshu, home):
    answer = luoshu("programme", "check", SLUG, "--json").json
    assert answer["broken"] == []
    assert {row["confirmed_by"] for row in answer["defaults"]} == {None}
    shown = luoshu("programme", "check", SLUG).out
    assert "时限前 2 小时" in shown
    assert list(home.iterdir()) == []


def test_all_programmes_are_checked_each_in_a_table_of_its_own(luoshu):
    shown = luoshu("programme", "check").out
    assert [slug in shown for slug in load.available()] == [True] * len(load.available())
    assert "kind=" not in shown
    assert "roles=" not in shown


def test_a_broken_folder_is_told_by_file_and_key_and_the_others_still_are(luoshu, broken):
    answer = luoshu("programme", "check")
    assert answer.code == 1
    assert [word in answer.err for word in ("mine/programme.toml", "quiet_form")] == [True, True]
    assert SLUG in answer.out
    found = luoshu("programme", "check", "--json")
    assert (found.code, [row["programme"] for row in found.json["broken"]]) == (1, ["mine"])
    assert {row["programme"] for row in found.json["defaults"]} >= {SLUG, "luoyang-351"}


def test_an_unknown_programme_is_told_those_there_are(luoshu):
    answer = luoshu("programme", "check", "tongling")
    assert (answer.code, SLUG in answer.err) == (1, True)


def test_what_is_confirmed_is_listed_only_when_asked_for(luoshu, home):
    prepare(nov(2), demo=False)
    said = luoshu("programme", "confirm", SLUG, "clocks", "ladder.R1", *BY).out
    assert is_said("output.confirmed", said, 2, "办公室主任", "clocks.monthly")
    assert "clocks.monthly" not in luoshu("programme", "check", SLUG).out
    shown = luoshu("programme", "check", SLUG, "--all").out
    assert [word in shown for word in ("clocks.monthly", "办公室主任")] == [True, True]
    again = luoshu("programme", "confirm", SLUG, "clocks", *BY)
    assert is_said("output.confirmed_before", again.out)
    every = {
        row["place"].split(".")[0]
        for row in luoshu("programme", "check", SLUG, "--json").json["defaults"]
    }
    luoshu("programme", "confirm", SLUG, *sorted(every), *BY)
    assert is_said("output.all_confirmed", luoshu("programme", "check", SLUG).out.splitlines()[-1])


def test_an_unknown_place_is_refused(luoshu, home):
    prepare(nov(2), demo=False)
    answer = luoshu("programme", "confirm", SLUG, "clock", *BY, "--json")
    assert (answer.code, answer.json["error"]) == (1, "confirm.unknown")


def test_each_requirement_is_traced_to_where_it_is_kept(luoshu):
    rows = luoshu("programme", "trace", SLUG, "--json").json
    places = {row["source"]: row["place"] for row in rows}
    assert "clocks.monthly" in places["A4.1"]
    assert list(places) == sorted(places)
    assert "A4.1" in luoshu("programme", "trace", SLUG).out


def test_confirming_nothing_in_particular_is_refused_with_what_there_is(luoshu, home):
    prepare(nov(2), demo=False)
    answer = luoshu("programme", "confirm", SLUG, *BY)
    assert (answer.code, "clocks.monthly" in answer.err) == (1, True)
