"""What a receipt keeps of a report, in the shape of today and of before."""

import json

import pytest

from domain.content import ONE, Words
from domain.sent import is_nil, payload, words

WHOLE = Words(
    {"1": {"done": "5", "_unchanged": "否"}, "2": {"done": "6"}},
    {"1": {"done": "台账!C5"}},
    {"2": {"done": "trouble.merged"}},
    nil=True,
    unchanged=True,
)


@pytest.mark.parametrize("one", [WHOLE, Words({}), Words({ONE: {"a": "b"}}, nil=True)])
def test_words_are_kept_as_json_and_read_back(one):
    assert words(json.loads(json.dumps(payload(one)))) == one


def test_what_was_kept_before_there_were_rows_is_one_row():
    assert words({"本周进展": "进场", "done": 5, "x": None}) == Words(
        {ONE: {"本周进展": "进场", "done": "5"}}
    )
    assert words({"nil": "无", "unchanged": "是"}) == Words({ONE: {}}, nil=True, unchanged=True)


def test_nothing_to_report_is_said_with_nothing_beside_it():
    assert is_nil(payload(Words({ONE: {"done": " ", "_unchanged": "是"}}, nil=True)))
    assert not is_nil(payload(Words({ONE: {"done": "5"}}, nil=True)))
    assert not is_nil(payload(Words({ONE: {}})))


@pytest.mark.parametrize("kept", [{"rows": {"1": "x"}}, {"rows": {}, "places": 3}, {"rows": 3}])
def test_a_shape_nobody_wrote_says_nothing_and_fails_nothing(kept):
    assert isinstance(words(kept), Words)
