"""Printed words find their units; what is not known is proposed, never matched silently."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.lexicon import Lexicon, lexicon
from domain.resolution import Resolution, resolve_list, split, successors
from domain.unit import DatedName, GroupReference, UnitChange

DAY = date(2021, 3, 18)
SCRIPT = str.maketrans("（）縣區廳財", "()县区厅财")


def named(unit: str, name: str, kind: str = "name", until: date | None = None) -> tuple:
    return DatedName(unit, name, date.min, until), kind


NAMES = [
    named("finance", "市财政局"),
    named("finance", "财政局", "alias"),
    named("education", "市教育局"),
    named("health", "市卫生健康委员会"),
    named("health", "市卫健委", "alias"),
    named("talent", "市委人才办"),
    named("river", "豫西河务局"),
    named("water", "北控（洛阳）水务发展有限公司"),
    named("supervision", "市委市政府督查部门"),
    named("supervision", "市委、市政府督查部门", "alias"),
    named("housing-office", "省住房厅"),
    named("finance-office", "省财政厅"),
    named("yanshi", "偃师市", until=DAY),
    named("yanshi", "偃师区"),
    named("yanshi", "烟台市", "doubtful"),
    named("jili", "吉利区", until=DAY),
    named("yichuan", "伊川县"),
    named("yichuan", "宜川县", "doubtful"),
    named("yiyang", "宜阳县"),
    named("yiyang", "宜川县", "doubtful"),
    named("gaoxin", "高新区人民政府"),
]
GROUPS = [
    GroupReference("urban", ("各城市区政府（管委会）", "各城市区"), ("yanshi", "gaoxin")),
    GroupReference("brigades", ("各交警大队",), ()),
    GroupReference("everybody", ("各市、县人民政府",), ("yanshi", "yichuan")),
]


def folded(text: str) -> str:
    return text.translate(SCRIPT)


@pytest.fixture(scope="module")
def known() -> Lexicon:
    return lexicon(NAMES, GROUPS, folded)


def only(text: str, known: Lexicon) -> Resolution:
    [found] = resolve_list(text, known)
    return found


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("市财政局、教育局", ["市财政局", "教育局"]),
        ("市财政局，教育局；各城市区, 团市委;", ["市财政局", "教育局", "各城市区", "团市委"]),
        ("市财政局、、教育局、 ", ["市财政局", "教育局"]),
        ("北控（洛阳、伊滨）水务、财政局", ["北控（洛阳、伊滨）水务", "财政局"]),
        ("县（含偃师区〔原、市〕、孟津区）、嵩县", ["县（含偃师区〔原、市〕、孟津区）", "嵩县"]),
        ("某局，市委、市政府督查部门、财政局", ["某局", "市委、市政府督查部门", "财政局"]),
        ("北控（洛阳、财政局", ["北控（洛阳", "财政局"]),
        ("、；", []),
        ("", []),
    ],
)  # fmt: skip
def test_a_list_is_split_outside_brackets_and_names(
    known: Lexicon, text: str, tokens: list[str]
) -> None:
    assert split(text, known) == tokens


@given(st.lists(st.text("市县区局财政教育宜川等部门ab ", min_size=1), max_size=8))
def test_every_name_of_a_list_comes_back(words: list[str]) -> None:
    kept = [word.strip() for word in words if word.strip()]
    assert split("、".join(words), lexicon(NAMES, GROUPS, folded)) == kept


@given(st.text("、，,；;（）()〔〕 市委政府督查部门局"))
def test_a_split_loses_nothing_but_separators(text: str) -> None:
    def bare(part: str) -> str:
        return "".join(c for c in part if c not in "、，,；; ")

    known = lexicon(NAMES, GROUPS, folded)
    tokens = split(text, known)
    assert bare("".join(tokens)) == bare(text)
    assert [found.printed for found in resolve_list(text, known)] == tokens


@pytest.mark.parametrize(
    ("word", "unit", "how"),
    [
        ("市财政局", "finance", "name"),
        ("财政局", "finance", "alias"),
        ("偃师区", "yanshi", "name"),
        ("偃师市", "yanshi", "former"),
        ("吉利区", "jili", "former"),
        ("省財政廳", "finance-office", "script"),
        ("北控(洛阳)水务发展有限公司", "water", "script"),
        ("伊川县人民政府", "yichuan", "suffix"),
        ("偃师市政府", "yanshi", "suffix"),
    ],
)
def test_a_known_word_is_found_and_says_how(known: Lexicon, word: str, unit: str, how: str) -> None:
    assert only(word, known) == Resolution(word, (unit,), "", False, how)


def test_only_the_first_of_a_list_carries_its_level(known: Lexicon) -> None:
    found = resolve_list("市财政局、教育局、豫西河务局、卫健委", known)
    assert [r.units for r in found] == [("finance",), ("education",), ("river",), ("health",)]
    assert [r.how for r in found] == ["name", "prefix", "name", "prefix"]


def test_a_level_is_not_made_up_nor_carried_over_a_restart(known: Lexicon) -> None:
    assert only("教育局", known).how == "unknown"
    first, second = resolve_list("市财政局；教育局", known)
    assert (first.how, second.how) == ("name", "unknown")
    assert second.proposals[0] == "市教育局"


def test_a_level_is_that_of_the_nearest_name_that_has_one(known: Lexicon) -> None:
    found = resolve_list("市教育局、省住房厅、财政厅", known)
    assert [r.units for r in found] == [("education",), ("housing-office",), ("finance-office",)]


def test_a_suffix_at_the_end_belongs_to_every_place_of_the_list(known: Lexicon) -> None:
    found = resolve_list("伊川县、高新区、宜阳县人民政府", known)
    assert [r.units for r in found] == [("yichuan",), ("gaoxin",), ("yiyang",)]
    assert [r.how for r in found] == ["name", "suffix", "suffix"]
    assert only("高新区", known).how == "unknown"


@pytest.mark.parametrize("end", ["等部门", "等单位", "等有关部门", "等相關單位", "等"])
def test_an_open_list_keeps_the_unit_it_names(known: Lexicon, end: str) -> None:
    first, second = resolve_list(f"市财政局、教育局{end}", known)
    assert (first.units, first.etc) == (("finance",), False)
    assert (second.units, second.etc, second.how) == (("education",), True, "prefix")


def test_an_open_list_that_names_nobody_is_flagged(known: Lexicon) -> None:
    assert only("等部门", known) == Resolution("等部门", (), "", True, "open")


def test_a_group_stands_for_its_units_and_an_open_one_for_nobody(known: Lexicon) -> None:
    expanded = only("各城市区政府(管委会)", known)
    assert (expanded.units, expanded.group, expanded.how) == (
        ("yanshi", "gaoxin"),
        "urban",
        "group",
    )
    assert only("各交警大队", known) == Resolution("各交警大队", (), "brigades", False, "open")
    assert only("各市、縣人民政府", known).group == "everybody"


def test_a_garbled_word_is_proposed_and_never_matched(known: Lexicon) -> None:
    both = only("宜川县", known)
    assert (both.units, both.how, both.proposals) == ((), "unknown", ("伊川县", "宜阳县"))
    one = only("烟台市", known)
    assert (one.units, one.how, one.proposals) == ((), "unknown", ("偃师区",))
    assert only("宜川縣人民政府", known).proposals[:2] == ("伊川县", "宜阳县")


def test_an_unknown_word_is_answered_with_names_that_look_alike(known: Lexicon) -> None:
    found = only("市财证局", known)
    assert (found.units, found.how) == ((), "unknown")
    assert found.proposals[0] == "市财政局"
    assert only("火星", known).proposals == ()


def test_a_word_of_two_units_names_neither() -> None:
    twice = lexicon([named("a", "范县"), named("b", "范縣")], [], folded)
    assert only("范县", twice).units == ("a",)
    assert only("范縣", twice).units == ("b",)
    again = lexicon([named("a", "文物局", "alias"), named("b", "文物局", "alias")], [], folded)
    assert only("文物局", again) == Resolution("文物局", (), "", False, "unknown", ("文物局",))


def test_a_unit_that_merged_away_is_followed_by_its_successor() -> None:
    changes = [
        UnitChange("split", ("c",), ("d", "e"), date(2025, 1, 1)),
        UnitChange("merge", ("a", "b"), ("c",), date(2023, 1, 1)),
        UnitChange("rename", ("c",), ("c",), date(2024, 1, 1)),
    ]
    assert successors(changes, "a", date(2022, 12, 31)) == ("a",)
    assert successors(changes, "a", date(2023, 1, 1)) == ("c",)
    assert successors(changes, "b", date(2025, 1, 1)) == ("d", "e")
    assert successors(changes, "x", date(2025, 1, 1)) == ("x",)


def test_a_unit_that_takes_others_in_stays_itself() -> None:
    merged = [UnitChange("merge", ("mengjin", "jili"), ("mengjin",), DAY)]
    assert successors(merged, "mengjin", DAY) == ("mengjin",)
    assert successors(merged, "jili", DAY) == ("mengjin",)
