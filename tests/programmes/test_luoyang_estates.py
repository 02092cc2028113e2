"""The Luoyang old-estates programme: three phases to the end of 2023, reports once a month."""

from collections import Counter
from datetime import date

import pytest

from domain.expansion import deadlines, owing
from domain.form import BUNDLED
from domain.workdays import calendar_of
from intake.holidays import published
from programmes.load import Loaded, load


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load("luoyang-estates")


def asked(loaded: Loaded, month: str) -> list[str]:
    rules = loaded.programme
    return [form.code for form in rules.forms_for("office", rules.period(month))]


def owed(loaded: Loaded, month: str) -> dict[str, int]:
    rules = loaded.programme
    members = [m for m in loaded.members if m.holds(rules.period(month).start)]
    found = owing(rules, "office", rules.period(month), members, loaded.tasks)
    return Counter(one.form for one in found)


def test_its_three_phases_are_those_of_the_document(loaded: Loaded) -> None:  # A1.14
    assert [(p.start, p.end) for p in loaded.programme.phases] == [
        (None, date(2021, 3, 31)),
        (date(2021, 4, 1), date(2023, 10, 31)),
        (date(2023, 11, 1), date(2023, 12, 31)),
    ]


def test_each_form_is_due_twelve_times_in_2022(loaded: Loaded) -> None:  # A1.5: monthly
    found = list(deadlines(loaded.programme, 2022, calendar_of(published())))
    assert Counter(d.form for d in found) == dict.fromkeys(
        ("monthly-county", "monthly-department", "monthly-utility"), 12
    )
    assert {d.due_at.hour for d in found if d.due_at} == {17}


def test_it_is_due_on_the_last_working_day_of_the_month(loaded: Loaded) -> None:
    found = deadlines(loaded.programme, 2022, calendar_of(published()))
    days = {d.occasion: d.due_at.date() for d in found if d.due_at}
    assert [days[month].day for month in ("2022-01", "2022-04", "2022-05")] == [30, 29, 31]


def test_utilities_are_not_asked_while_it_is_prepared(loaded: Loaded) -> None:
    assert asked(loaded, "2021-03") == ["monthly-county", "monthly-department"]
    assert "monthly-utility" in asked(loaded, "2021-04")
    assert "monthly-utility" in asked(loaded, "2023-12")


def test_that_they_are_not_is_a_default_with_a_note(loaded: Loaded) -> None:
    form = loaded.programme.form("monthly-utility")
    assert form.decided_by == BUNDLED
    assert form.note


def test_it_has_ended(loaded: Loaded) -> None:
    assert asked(loaded, "2024-01") == []
    assert not list(deadlines(loaded.programme, 2024, calendar_of(published())))


def test_three_classes_owe_a_report(loaded: Loaded) -> None:  # A1.6
    assert owed(loaded, "2022-06") == {
        "monthly-county": 16,
        "monthly-department": 22,
        "monthly-utility": 6,
    }


def test_before_the_districts_merged_there_were_17_of_them(loaded: Loaded) -> None:  # A1.17
    assert owed(loaded, "2021-02")["monthly-county"] == 17


def test_the_office_sits_in_the_housing_bureau_as_written(loaded: Loaded) -> None:  # A1.1
    office = loaded.programme.office("office")
    assert (office.host, office.decided_by) == ("ly-housing", "")
