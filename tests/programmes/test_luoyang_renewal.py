"""The bundled Luoyang renewal programme says what its document and the unit registry say."""

import json
import re
from collections import Counter
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from domain.unit import name_on
from programmes.load import Loaded, load

REPOSITORY = Path(__file__).parents[2]
SHARED = REPOSITORY.parent / "shared"
HOME = REPOSITORY / "programmes" / "luoyang-renewal"
CLASSES = {"成员单位": "member", "县区": "county", "专业经营单位": "utility"}
GROUPS = {"中心城区": "urban", "县（含偃师区、孟津区）": "counties", None: ""}
BODIES = "局委会队室部办门心司团站区县市府）"  # what the name of a body or a place ends in


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load("luoyang-renewal")


@pytest.fixture(scope="module")
def registry() -> list[dict[str, Any]]:
    file = SHARED / "gold" / "units.json"
    if not file.exists():
        pytest.skip("the registry of reference is not beside the repository")
    units = json.loads(file.read_text("utf-8"))["luoyang"]
    return [u for u in units if u["class"] in CLASSES and u["canonical"] != "供热企业"]


def test_it_has_43_member_units_16_counties_and_7_utilities(loaded: Loaded) -> None:
    classes = Counter(m.class_code for m in loaded.members)
    assert classes == {"member": 43, "county": 16, "utility": 7}
    groups = Counter(m.group_code for m in loaded.members)
    assert groups == {"": 50, "urban": 7, "counties": 9}


def test_its_members_are_those_of_the_registry(
    loaded: Loaded, registry: list[dict[str, Any]]
) -> None:
    today = [name for name, _ in loaded.names]
    found = {
        (name_on(today, m.unit, date(2026, 11, 22)), m.class_code, m.group_code)
        for m in loaded.members
    }
    assert found == {(u["canonical"], CLASSES[u["class"]], GROUPS[u["group"]]) for u in registry}


def test_every_sound_alias_of_the_registry_is_understood_and_no_garbled_one(
    loaded: Loaded, registry: list[dict[str, Any]]
) -> None:
    sound = {a for u in registry for a in u["aliases"] if not re.search(r"garbled|merged|\?", a)}
    members = {m.unit for m in loaded.members}
    known = {
        name.name for name, kind in loaded.names if kind != "doubtful" and name.unit in members
    }
    assert known == sound | {u["canonical"] for u in registry}


@pytest.mark.parametrize(
    ("unit", "old", "new"), [("ly-yanshi", "偃师市", "偃师区"), ("ly-mengjin", "孟津县", "孟津区")]
)
def test_a_document_prints_the_name_of_its_date(
    loaded: Loaded, unit: str, old: str, new: str
) -> None:  # S11
    names = [name for name, kind in loaded.names if kind == "name"]
    days = [date(2021, 2, 28), date(2021, 3, 17), date(2021, 3, 18), date(2021, 4, 30)]
    assert [name_on(names, unit, day) for day in days] == [old, old, new, new]


def test_every_unit_has_one_printed_name_on_any_day(loaded: Loaded) -> None:
    members = {m.unit for m in loaded.members}
    for day in (date(1999, 1, 1), date(2026, 11, 22)):
        printed = [
            n.unit
            for n, kind in loaded.names
            if kind == "name"
            and n.unit in members
            and n.valid_from <= day
            and (not n.valid_to or day < n.valid_to)
        ]
        assert sorted(printed) == sorted(members)


def test_reports_are_due_on_fridays_at_four(loaded: Loaded) -> None:  # A0.7
    programme = loaded.programme
    assert {programme.clock(form).at for form in programme.forms} == {time(16)}
    assert {programme.clock(form).weekday for form in programme.forms} == {5}


def test_each_class_has_its_own_form(loaded: Loaded) -> None:  # A0.2
    forms = {f.unit_class: f for f in loaded.programme.forms}
    asked = {
        code: [f.label for f in form.fields if f.kind == "text"] for code, form in forms.items()
    }
    assert {code: len(labels) for code, labels in asked.items()} == {
        "member": 4,
        "county": 7,
        "utility": 5,
    }  # A0.8–A0.10
    assert all(len({f.label for f in form.fields}) == len(form.fields) for form in forms.values())


def test_the_ladder_has_four_rungs(loaded: Loaded) -> None:
    rungs = [(r.code, r.hours, r.workdays, r.at) for r in loaded.programme.ladder]
    assert rungs == [
        ("R1", -24, 0, None),
        ("R2", -2, 0, None),
        ("R3", 1, 0, None),
        ("R4", 0, 1, time(9)),
    ]


def test_no_person_is_named_in_the_folder(loaded: Loaded) -> None:
    others = {name.name for name, _ in loaded.names if name.name[-1] not in BODIES}
    assert others == {"洛宁", "栾川"}  # counties without the word for it
    homes = (file for file in HOME.parent.glob("*/*") if file.suffix in (".csv", ".toml"))
    text = "".join(file.read_text("utf-8") for file in homes)
    text = re.sub(r"\b\d{4}-\d\d-\d\d\b", "", text)
    assert not re.search(r"@|\d{7,}|1[3-9]\d{9}", text)
