"""Both scripts and both widths of Chinese compare alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.script import simplified


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("省住房城鄉建設廳", "省住房城乡建设厅"),
        ("范縣、葉縣、台前縣、沈丘縣、澠池縣", "范县、叶县、台前县、沈丘县、渑池县"),
        ("各城市区政府（管委会）", "各城市区政府(管委会)"),
        ("２０１７年", "2017年"),
        ("乾隆", "干隆"),  # each character by itself
        ("市财政局", "市财政局"),
    ],
)
def test_a_word_is_folded_into_one_script_and_width(printed: str, folded: str) -> None:
    assert simplified(printed) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert simplified(simplified(text)) == simplified(text)


@given(st.text(), st.text())
def test_a_part_folds_as_it_does_within_the_whole(one: str, other: str) -> None:
    assert simplified(one + other) == simplified(one) + simplified(other)
