"""The bundled places know every unit their documents print, as the registry of reference says."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from domain.lexicon import Lexicon, Named, lexicon
from domain.resolution import Resolution, resolve_list, split, successors
from domain.unit import GroupReference, Member, name_on
from programmes import load as loader
from programmes.group import read_groups
from programmes.membership import read_members
from programmes.registry import endings, read_changes, read_names, read_units
from programmes.script import simplified

BUNDLED = Path(loader.__file__).parent
GOLD = BUNDLED.parents[1] / "shared" / "gold"
TODAY = date(2026, 11, 22)
PLACES = {"351": "luoyang", "baicheng": "henan-baicheng", "tongliang": "tongliang-renewal"}
GROUPS = ("urban", "counties")
MEMBERS = {  # by folder: its place, how many of each class
    "luoyang-351": ("luoyang", {"member": 37, "county": 16, "utility": 6, "enterprise": 6}),
    "luoyang-estates": ("luoyang", {"department": 22, "county": 17, "utility": 6}),
    "henan-baicheng": ("henan-baicheng", {"member": 33, "city": 18, "county": 105}),
    "tongliang-renewal": ("tongliang-renewal", {"member": 20, "district": 3, "enterprise": 5}),
}


@cache
def names(place: str) -> list[Named]:
    return read_names(BUNDLED / place, read_units(BUNDLED / place))


@cache
def groups(place: str) -> list[GroupReference]:
    return read_groups([BUNDLED / place], names(place))


@cache
def known(place: str) -> Lexicon:
    return lexicon(names(place), groups(place), simplified)


def printed(place: str, unit: str) -> str:
    return name_on([name for name, kind in names(place) if kind == "name"], unit, TODAY)


def members(folder: str) -> list[Member]:
    place, classes = MEMBERS[folder]
    ids = {name.unit for name, _ in names(place)}
    return read_members(BUNDLED / folder, ids, list(classes), [*GROUPS, "city", "county"])


def gold(name: str) -> dict[str, Any]:
    file = GOLD / f"{name}.json"
    if not file.exists():
        pytest.skip("the documents' units of reference are not beside the repository")
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


def canonical(plan: str) -> dict[str, str]:
    """Every sound word of the registry of reference for one unit, and its name there."""
    section = PLACES[plan].split("-")[0]
    units = [u for u in gold("units")[section] if not is_group(u)]
    sound = {a: u["canonical"] for u in units for a in u["aliases"] if not garbled(a)}
    return sound | {u["canonical"]: u["canonical"] for u in units}


def expansions(plan: str) -> dict[str, set[str] | None]:
    """Every word of the registry of reference for many units: who they are, None when open."""
    told = gold("units")
    if plan == "351":
        found = told["luoyang_groups"]
        return {w: g["expands_to"] and set(g["expands_to"]) for g in found for w in g["printed"]}
    section = PLACES[plan].split("-")[0]
    return {w: None for u in told[section] if is_group(u) for w in [u["canonical"], *u["aliases"]]}


def is_group(unit: dict[str, Any]) -> bool:
    return unit["class"] == "group" or unit.get("note", "").startswith(("group", "class of firms"))


def garbled(alias: str) -> bool:
    return bool(re.search(r"garbled|merged|\?", alias))


def lists(plan: str) -> Iterator[tuple[str, list[str]]]:
    """Every list of units a document prints, as printed and as its names."""
    for task in gold(plan)["tasks"]:
        for role in ("lead", "coop", "resp"):
            if tokens := task.get(role):
                # the first task of this one has two sentences behind its list
                text = None if plan == "baicheng" else task.get(f"{role}_raw")
                yield text or "、".join(tokens), tokens
        if implied := task.get("implied_units"):
            yield "、".join(implied), implied


def expected(token: str, level: str, sound: dict[str, str]) -> str:
    token = re.sub("等(部门|单位)$", "", token)
    return next(
        sound[w] for w in (token, token.removesuffix("人民政府"), level + token) if w in sound
    )


@pytest.mark.parametrize("plan", PLACES)
def test_a_printed_list_is_split_as_the_reference_splits_it(plan: str) -> None:
    checked = 0
    for text, tokens in lists(plan):
        assert split(text, known(PLACES[plan])) == tokens
        checked += 1
    assert checked > 20


@pytest.mark.parametrize(
    ("plan", "level"), [("351", "市"), ("baicheng", "省"), ("tongliang", "区")]
)
def test_every_printed_unit_is_the_one_the_reference_says(plan: str, level: str) -> None:
    sound, many, place = canonical(plan), expansions(plan), PLACES[plan]
    checked = 0
    for text, tokens in lists(plan):
        for token, found in zip(tokens, resolve_list(text, known(place)), strict=True):
            if token not in many:
                assert [printed(place, u) for u in found.units] == [expected(token, level, sound)]
                assert found.etc == bool(re.search("等(部门|单位)$", token))
                checked += 1
    assert checked > 60


@pytest.mark.parametrize("plan", ["351", "tongliang"])
def test_every_printed_group_is_expanded_or_left_open_as_the_reference_says(plan: str) -> None:
    many, place = expansions(plan), PLACES[plan]
    found = [r for text, _ in lists(plan) for r in resolve_list(text, known(place))]
    met = [r for r in found if r.printed in many]
    assert len(met) > 20
    for one in met:
        assert same(place, one, many[one.printed])


def same(place: str, found: Resolution, units: set[str] | None) -> bool:
    if units is None:
        return found.how == "open" and not found.units and bool(found.group)
    return found.how == "group" and {printed(place, u) for u in found.units} == units


def test_an_open_groups_parent_is_the_one_its_words_name() -> None:
    told = gold("units")["luoyang_groups"]
    parents = {w: g["parent"] for g in told if "parent" in g for w in g["printed"]}
    found = {
        w: printed("luoyang", g.parent) for g in groups("luoyang") if g.parent for w in g.words
    }
    assert found == parents


def test_a_shared_suffix_belongs_to_all_six() -> None:
    told = next(g for g in gold("units")["luoyang_groups"] if "suffix" in g.get("note", ""))
    found = resolve_list(told["printed"][0], known("luoyang"))
    assert [printed("luoyang", u) for r in found for u in r.units] == told["expands_to"]


def test_luoyang_has_every_unit_of_the_reference_and_the_one_that_merged_away() -> None:
    units = [u for u in gold("units")["luoyang"] if not is_group(u)]
    today = {name.name for name, kind in names("luoyang") if kind == "name" and not name.valid_to}
    assert today == {u["canonical"] for u in units}
    assert endings(names("luoyang")) == {"ly-jili": date(2021, 3, 18)}
    changes = read_changes(BUNDLED / "luoyang", names("luoyang"))
    assert successors(changes, "ly-jili", TODAY) == ("ly-mengjin",)
    assert successors(changes, "ly-jili", date(2021, 3, 17)) == ("ly-jili",)


@pytest.mark.parametrize(
    ("word", "proposed"),
    [
        ("赣西区", ["涧西区"]),
        ("永河区", ["瀍河区"]),
        ("烟台市", ["偃师区"]),
        ("宜川县", ["伊川县", "宜阳县"]),
    ],
)
def test_a_garbled_name_is_proposed_and_not_matched(word: str, proposed: list[str]) -> None:
    [found] = resolve_list(word, known("luoyang"))  # A1.23
    assert (found.units, list(found.proposals)) == ((), proposed)


@pytest.mark.parametrize("folder", MEMBERS)
def test_a_programme_has_the_members_its_document_names(folder: str) -> None:
    assert Counter(m.class_code for m in members(folder)) == MEMBERS[folder][1]


def test_every_unit_of_the_tasks_is_a_member() -> None:
    units = {
        u for text, _ in lists("351") for r in resolve_list(text, known("luoyang")) for u in r.units
    }
    assert {m.unit for m in members("luoyang-351")} == units
    groups = Counter(m.group_code for m in members("luoyang-351") if m.class_code == "county")
    assert groups == {"urban": 7, "counties": 9}


def test_jili_is_a_member_until_it_merged() -> None:
    until = {m.unit: m.valid_to for m in members("luoyang-estates") if m.valid_to}
    assert until == {"ly-jili": date(2021, 3, 18)}


def test_henan_reports_from_123_cities_and_counties() -> None:  # A3.4, A3.8
    counties = [m.unit for m in members("henan-baicheng") if m.class_code == "county"]
    ends = Counter(printed("henan-baicheng", unit)[-1] for unit in counties)
    assert ends == {"市": 20, "縣": 85}
    expansion = {g.code: g.units for g in groups("henan-baicheng")}
    assert len(expansion["all"]) == 123
    assert set(expansion["all"]) == {*expansion["cities"], *expansion["counties"]}


def test_henan_prints_traditional_and_understands_both_scripts() -> None:  # A3.2
    for word in ("范縣", "范县", "范县人民政府", "范縣政府"):
        [found] = resolve_list(word, known("henan-baicheng"))
        assert found.units == ("ha-fanxian",)
    for text in ("各市縣人民政府", "各市、县人民政府", "各市縣"):
        [found] = resolve_list(text, known("henan-baicheng"))
        assert found.group == "all"
