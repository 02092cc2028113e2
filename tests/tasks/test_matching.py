"""A report names its unit in the words of its programme, in either script."""

import pytest

from deployments.prepare import prepare
from domain.errors import Refused
from models.base import reading
from tasks.matching import units_named, units_of
from tests.build import START


@pytest.fixture
def registers(database):
    prepare(START, demo=True)


@pytest.mark.parametrize(
    ("slug", "word", "unit"),
    [
        ("luoyang-renewal", "市财政局", "ly-finance"),
        ("luoyang-renewal", "财政局", "ly-finance"),
        ("luoyang-renewal", "偃师市", "ly-yanshi"),
        ("luoyang-renewal", "ly-finance", "ly-finance"),
        ("henan-baicheng", "省財政廳", "ha-finance"),
        ("henan-baicheng", "省财政厅", "ha-finance"),
        ("henan-baicheng", "偃师市", "ha-yanshi"),
        ("tongliang-renewal", "区城市管理局", "tl-urban-management"),
    ],
)
def test_a_word_is_understood_as_its_programme_means_it(registers, slug, word, unit):
    with reading() as session:
        assert units_of(session, slug, [word]) == {word: unit}


def test_a_garbled_word_is_proposed_and_never_matched(registers):
    with reading() as session:
        assert units_of(session, "luoyang-renewal", ["宜川县"]) == {}
        with pytest.raises(Refused) as refused:
            units_named(session, "luoyang-renewal", ["宜川县"])
    assert [name in str(refused.value) for name in ("伊川县", "宜阳县")] == [True, True]


@pytest.mark.parametrize("word", ["", "各城市区", "火星区、月球区"])
def test_a_word_that_names_no_unit_is_refused(registers, word):
    with reading() as session, pytest.raises(Refused) as refused:
        units_named(session, "luoyang-renewal", [word])
    assert refused.value.key == "unit.unknown_far"
