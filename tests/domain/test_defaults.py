"""What counts as a default, and that a changed one is another."""

from datetime import date

from domain.defaults import Default, defaults
from domain.form import BUNDLED
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
    assert default().value == "kind=required fields=progress"


def test_a_changed_rule_is_another_and_a_changed_note_is_not() -> None:
    assert default(severity="warning").value_hash != default().value_hash
    assert default(fields=["progress", "progress"]).value_hash != default().value_hash
    assert default(note="说明").value_hash == default().value_hash
