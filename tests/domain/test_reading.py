"""A word becomes a value by the kind of its field."""

from datetime import date
from decimal import Decimal

import pytest

from domain.content import Cell
from domain.figure import Slip
from domain.form import Field
from domain.periods import parse
from domain.reading import value
from tests.domain.build import SOURCE

WEEK = parse("2026-W48")
STAGES = ("未开工", "在建", "已完工")


def field(kind, **keys):
    return Field.model_validate({"code": "a", "label": "甲", "kind": kind, **SOURCE, **keys})


@pytest.mark.parametrize("kind", ["text", "number", "percent", "date", "choice"])
def test_a_cell_has_three_values_whatever_its_kind(kind):
    one = field(kind, choices=STAGES)
    assert [value(one, word, WEEK) for word in ("", "  ", "未报送", "不适用", " 不 适用 ")] == [
        *[Cell.NOT_REPORTED] * 3,
        *[Cell.NOT_APPLICABLE] * 2,
    ]


def test_each_kind_is_read_its_own_way():
    assert value(field("text"), " 85% ", WEEK) == "85%"
    assert value(field("number", unit="万元"), "85万元", WEEK) == Decimal(85)
    assert value(field("percent"), "85%", WEEK) == Decimal(85)
    assert value(field("date"), "11月30日", WEEK) == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("word", "found"), [("在建", "在建"), ("在 建", "在建"), ("已完工 ", "已完工")]
)
def test_a_choice_is_taken_when_only_blanks_and_width_differ(word, found):
    assert value(field("choice", choices=STAGES), word) == found


def test_a_choice_that_is_only_alike_is_proposed_and_never_taken():
    slip = value(field("choice", choices=STAGES), "完工")
    assert isinstance(slip, Slip)
    assert (slip.rule, slip.detail["near"]) == ("reading.near_choice", "已完工")


def test_any_other_choice_is_refused_with_those_there_are():
    slip = value(field("choice", choices=STAGES), "良好")
    assert slip == Slip("reading.not_a_choice", {"choices": "未开工、在建、已完工"})
