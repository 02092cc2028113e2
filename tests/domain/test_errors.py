"""Refusals are sentences for a person."""

import pickle
from string import Formatter

import pytest

from domain.errors import PeriodRefused
from domain.sentences import catalogue, say


def test_a_refusal_is_a_sentence_that_names_what_was_wrong():
    assert "“2026-W60”" in str(PeriodRefused("period.unknown", occasion="2026-W60"))


def test_a_refusal_survives_the_way_between_processes():
    refused = PeriodRefused("period.unknown", occasion="2026-W60")
    again = pickle.loads(pickle.dumps(refused))
    assert (type(again), again.key, again.values) == (PeriodRefused, refused.key, refused.values)
    assert str(again) == str(refused)


def test_a_value_with_braces_is_printed_as_it_is():
    assert "{0}" in say("period.unknown", occasion="{0}")


@pytest.mark.parametrize("key", catalogue())
def test_every_sentence_can_be_filled_in(key):
    names = [name for _, name, _, _ in Formatter().parse(catalogue()[key]) if name]
    assert say(key, **dict.fromkeys(names, "值"))
