"""The Henan hundred-cities programme: Mondays, the 3rd, at once; in Traditional characters."""

from collections import Counter
from datetime import time
from pathlib import Path

import pytest

from domain.expansion import deadlines, owing
from domain.form import Form
from domain.workdays import calendar_of
from intake.holidays import published
from programmes import load as loader
from programmes.load import Loaded, load

HOME = Path(loader.__file__).parent / "henan-baicheng"
SIMPLIFIED = (
    "员单报项设况问题辖县领导组办进开节"  # words of the forms, as the document does not print them
)


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load("henan-baicheng")


def forms(loaded: Loaded, every: str) -> list[Form]:
    rules = loaded.programme
    return [form for form in rules.forms if rules.clock_rule(form).every == every]


def owed(loaded: Loaded, occasion: str) -> dict[str, int]:
    rules = loaded.programme
    found = owing(rules, "office", rules.period(occasion), loaded.members, loaded.tasks)
    return Counter(one.form for one in found)


def days(loaded: Loaded, form: str) -> dict[str, str]:
    found = deadlines(loaded.programme, 2026, calendar_of(published()))
    return {d.occasion: f"{d.due_at:%m-%d}" for d in found if d.form == form and d.due_at}


def test_cities_and_counties_report_last_week_on_mondays(loaded: Loaded) -> None:  # A3.8
    weekly = forms(loaded, "week")
    assert [form.unit_class for form in weekly] == ["city", "county"]
    clocks = {loaded.programme.clock(form) for form in weekly}
    assert [(c.weekday, c.reports_on, c.shift, c.at) for c in clocks] == [
        (1, "last", "next", time(18))
    ]


def test_a_monday_off_moves_to_the_next_working_day(loaded: Loaded) -> None:  # X2
    due = days(loaded, "weekly-city")
    assert [due[week] for week in ("2026-W14", "2026-W40", "2026-W46")] == [
        "04-07",
        "10-08",
        "11-16",
    ]


def test_last_month_is_reported_by_the_third(loaded: Loaded) -> None:  # A3.8
    monthly = forms(loaded, "month")
    assert [form.unit_class for form in monthly] == ["city", "county", "member"]
    clocks = {loaded.programme.clock(form) for form in monthly}
    assert [(c.day, c.reports_on, c.shift, c.at) for c in clocks] == [
        (3, "last", "previous", time(18))
    ]


def test_it_never_falls_before_the_month_has_ended(loaded: Loaded) -> None:  # X2
    due = days(loaded, "monthly-city")
    assert [due[m] for m in ("2025-12", "2026-01", "2026-04", "2026-09")] == [
        "01-04",
        "02-03",
        "05-06",
        "10-08",
    ]


def test_123_cities_and_counties_owe_every_week(loaded: Loaded) -> None:
    assert owed(loaded, "2026-W46") == {"weekly-city": 18, "weekly-county": 105}


def test_33_members_owe_every_month_too(loaded: Loaded) -> None:  # A3.7
    assert owed(loaded, "2026-10") == {
        "monthly-city": 18,
        "monthly-county": 105,
        "monthly-member": 33,
    }


def test_what_is_urgent_is_asked_of_whom_the_office_names(loaded: Loaded) -> None:  # A3.7
    [urgent] = forms(loaded, "matter")
    assert (urgent.code, urgent.debtors) == ("urgent", "")
    assert loaded.programme.clock_rule(urgent).within_hours == 24


def test_everything_it_prints_is_in_traditional_characters(loaded: Loaded) -> None:
    for file in ("programme.toml", "units.csv", "groups.csv"):
        text = (HOME / file).read_text("utf-8")
        assert [word for word in SIMPLIFIED if word in text] == [], file


def test_units_are_understood_in_both_scripts(loaded: Loaded) -> None:  # A3.2
    known = loaded.lexicon()
    assert {known.fold(word) for word in ("省住房城鄉建設廳", "省住房城乡建设厅")} <= set(
        known.folded
    )
