"""What all bundled programmes have in common: every rule has an origin, every guess is told."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from pydantic import BaseModel

from domain.defaults import defaults
from domain.form import BUNDLED, Rule
from programmes.load import Loaded, available, load

REQUIREMENTS = Path(__file__).parents[3] / "shared" / "requirements.md"
WEIGHTY = ("months", "offices", "classes", "groups", "phases", "clocks", "ladder", "sending")
SLUGS = available()


@cache
def bundled(slug: str) -> Loaded:
    return load(slug)


def rules(part: object) -> Iterator[Rule]:
    if isinstance(part, Rule):
        yield part
    if isinstance(part, BaseModel):
        part = [value for _, value in part]
    if isinstance(part, list | tuple):
        for item in part:
            yield from rules(item)


def test_there_are_five() -> None:
    assert SLUGS == [
        "henan-baicheng",
        "luoyang-351",
        "luoyang-estates",
        "luoyang-renewal",
        "tongliang-renewal",
    ]


@pytest.mark.parametrize("slug", SLUGS)
def test_every_rule_has_a_source_or_says_who_decided_it_when(slug: str) -> None:
    found = list(rules(bundled(slug).programme))
    assert len(found) > 15
    assert all(rule.source or (rule.decided_by and rule.decided_on) for rule in found)
    assert {rule.decided_by for rule in found} == {"", BUNDLED}
    assert all(bool(rule.decided_by) == bool(rule.decided_on) for rule in found)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_requirement_it_cites_exists(slug: str) -> None:
    if not REQUIREMENTS.exists():
        pytest.skip("the requirements are not beside the repository")
    known = set(re.findall(r"^([AX][\d.]+) ", REQUIREMENTS.read_text("utf-8"), re.MULTILINE))
    assert {source for rule in rules(bundled(slug).programme) for source in rule.source} <= known


@pytest.mark.parametrize("slug", SLUGS)
def test_every_default_of_weight_says_in_a_sentence_what_was_decided(slug: str) -> None:
    places = [*WEIGHTY, "counting"]
    found = [d for d in defaults(bundled(slug).programme) if d.place.split(".")[0] in places]
    assert {"sending", "counting", "ladder.R1"} <= {d.place for d in found}
    assert [d.place for d in found if not d.note.endswith("。")] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_it_reminds_four_times_and_nobody_at_night(slug: str) -> None:
    programme = bundled(slug).programme
    assert [rung.code for rung in programme.ladder] == ["R1", "R2", "R3", "R4"]
    assert (programme.sending.quiet_from.hour, programme.sending.quiet_to.hour) == (21, 8)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_class_has_members_and_every_lead_is_one(slug: str) -> None:
    loaded = bundled(slug)
    classes = {code.code for code in loaded.programme.classes}
    assert {member.class_code for member in loaded.members} == classes
    leads = {u.unit for u in loaded.tasks.units if u.role == "lead" and u.unit}
    assert leads <= {member.unit for member in loaded.members}
