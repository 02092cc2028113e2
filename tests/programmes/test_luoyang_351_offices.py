"""The six offices of the Luoyang 351 plan: who collects, until what hour, from whom (A2.9)."""

from datetime import date, time

import pytest

from domain.expansion import deadlines, owing
from domain.form import BUNDLED
from domain.workdays import calendar_of
from intake.holidays import published
from programmes.load import Loaded, load

HOSTS = ["transport", "planning", "human-resources", "civility", "urban-management", "housing"]
HOURS = {1: 16, 2: 18, 3: 16, 5: 18, 6: 18}
ANNEXES = range(1, 7)


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load("luoyang-351")


def test_each_annex_has_an_office_of_its_own(loaded: Loaded) -> None:  # A2.1, A2.21
    offices = [(o.code, o.host, o.recipient) for o in loaded.programme.offices]
    hosts = [f"ly-{host}" for host in HOSTS]
    codes = [f"annex-{n}" for n in ANNEXES]
    assert offices == list(zip(codes, hosts, hosts, strict=True))


def test_ledgers_are_due_on_fridays_at_four_or_six(loaded: Loaded) -> None:
    rules = loaded.programme
    clocks = {form.office: rules.clock(form) for form in rules.forms}
    assert {office: clock.at for office, clock in clocks.items()} == {
        f"annex-{n}": time(hour) for n, hour in HOURS.items()
    }
    assert {(clock.every, clock.weekday) for clock in clocks.values()} == {("week", 5)}


def test_annex_4_asks_for_no_ledger(loaded: Loaded) -> None:  # A2.12: supervised monthly
    assert loaded.programme.forms_of("annex-4") == []
    assert [task.code for task in loaded.tasks.tasks if task.office == "annex-4"]


def test_lead_units_owe_every_ledger(loaded: Loaded) -> None:
    assert {form.debtors for form in loaded.programme.forms} == {"leads"}


def test_24_ledgers_are_owed_in_a_week(loaded: Loaded) -> None:  # S10
    rules, week = loaded.programme, loaded.programme.period("2022-W21")
    owed = {n: len(owing(rules, f"annex-{n}", week, loaded.members, loaded.tasks)) for n in ANNEXES}
    assert owed == {1: 5, 2: 3, 3: 6, 4: 0, 5: 6, 6: 4}


@pytest.mark.parametrize("annex", ["annex-3", "annex-4"])
def test_a_recipient_the_document_does_not_name_is_a_default(loaded: Loaded, annex: str) -> None:
    office = loaded.programme.office(annex)
    assert office.decided_by == BUNDLED
    assert office.note


def test_who_is_named_in_the_document_is_no_default(loaded: Loaded) -> None:
    named = [o.code for o in loaded.programme.offices if not o.decided_by]
    assert named == ["annex-1", "annex-2", "annex-5", "annex-6"]


def test_only_three_annexes_ask_for_the_weekly_supervision(loaded: Loaded) -> None:  # A2.8
    asked = [
        f.office for f in loaded.programme.forms if "supervision" in {c.code for c in f.fields}
    ]
    assert asked == ["annex-1", "annex-2", "annex-5"]


def test_so_many_tasks_are_in_each_annex(loaded: Loaded) -> None:
    counts = [sum(t.office == f"annex-{n}" for t in loaded.tasks.tasks) for n in ANNEXES]
    assert counts == [9, 14, 7, 16, 14, 6]


def test_a_demonstration_shows_the_plan_four_years_later(loaded: Loaded) -> None:
    demo = load("luoyang-351", demo=True)
    assert (loaded.programme.valid_from, demo.programme.valid_from) == (
        date(2022, 5, 7),
        date(2026, 5, 7),
    )
    years = {
        d.nominal_due_at.year for d in deadlines(demo.programme, 2026, calendar_of(published()))
    }
    assert years == {2026}
