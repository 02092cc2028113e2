"""What counts as a default, which forms it bears on, and that a changed one is another."""

from datetime import date

import pytest

from domain.defaults import Default, concerning, defaults, of_deadlines, of_ledgers
from domain.form import BUNDLED
from programmes.load import load
from tests.domain.build import form, programme

DECIDED = {"decided_by": BUNDLED, "decided_on": date(2026, 11, 22)}


def default(**keys: object) -> Default:
    check = {"kind": "required", "fields": ["progress"], **DECIDED} | keys
    [found] = defaults(programme(forms=[form("weekly", "county", checks=[check])]))
    return found


def test_only_what_the_folder_decided_by_itself_is_a_default() -> None:
    assert default().place == "forms.weekly.checks.1"
    decided = {"kind": "required", "fields": ["progress"]} | DECIDED | {"decided_by": "某办公室"}
    assert defaults(programme(forms=[form("weekly", "county", checks=[decided])])) == []


def test_a_check_shows_the_cells_it_is_about() -> None:
    assert default().value == "必填：本周进展"


def test_a_changed_rule_is_another_and_a_changed_note_is_not() -> None:
    assert default(severity="warning").value_hash != default().value_hash
    assert default(fields=["progress", "progress"]).value_hash != default().value_hash
    assert default(note="说明").value_hash == default().value_hash


@pytest.mark.parametrize(
    ("form", "places"),
    [
        ("annex-1-ledger", {"clocks.friday-16"}),
        ("annex-2-ledger", {"clocks.friday-18"}),
        ("annex-3-ledger", {"clocks.friday-16", "offices.annex-3"}),
    ],
)
def test_another_forms_clock_and_another_office_do_not_concern_a_form(form, places):
    rules = load("luoyang-351").programme
    found = concerning(of_deadlines(defaults(rules)), [rules.form(form)])
    assert {default.place for default in found} == places


def test_how_reports_are_counted_concerns_every_form():
    rules = load("luoyang-351").programme
    found = concerning(of_ledgers(defaults(rules)), [rules.form("annex-1-ledger")])
    assert {default.place for default in found} == {"counting", "clocks.friday-16"}
