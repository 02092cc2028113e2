"""A word means one unit or one group; a later folder's row takes the place of an earlier one's."""

from datetime import date
from pathlib import Path

import pytest

from domain.errors import ProgrammeRefused
from domain.unit import DatedName
from programmes import group
from programmes.group import read_groups
from programmes.script import simplified

HEAD = "code,words,units,parent,source,decided_by,decided_on\n"
NAMES = [(DatedName("u-1", "湖滨区", date.min), "name")]


def folder(home: Path, name: str, *rows: str) -> Path:
    """A folder with groups: the code and the word of each."""
    (home / name).mkdir()
    (home / name / "groups.csv").write_text(HEAD + "\n".join(f"{r},,,x,," for r in rows), "utf-8")
    return home / name


@pytest.mark.parametrize("word", ["湖滨区", "湖濱區", "各区", "各區"])
def test_a_word_that_means_something_already_is_refused(tmp_path: Path, word: str) -> None:
    home = folder(tmp_path, "place", "all,各区", f"some,{word}")
    with pytest.raises(ProgrammeRefused) as refusal:
        read_groups([home], NAMES)
    assert refusal.value.key == "programme.name_twice"
    assert simplified(word) in str(refusal.value)


def test_the_words_of_a_row_that_is_replaced_are_free_again(tmp_path: Path) -> None:
    place = folder(tmp_path, "place", "all,各区", "some,有关区")
    own = folder(tmp_path, "own", "all,各城区", "more,各区")
    found = read_groups([place, own], NAMES)
    assert {g.code: g.words for g in found} == {
        "all": ("各城区",),
        "some": ("有关区",),
        "more": ("各区",),
    }


def test_each_word_is_looked_at_as_often_as_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[str] = []

    def watched(text: str) -> str:
        looks.append(text)
        return simplified(text)

    monkeypatch.setattr(group, "simplified", watched)
    home = folder(tmp_path, "place", *(f"g-{n},第{n}类" for n in range(40)))
    assert len(read_groups([home], NAMES)) == 40
    assert len(looks) == 41
