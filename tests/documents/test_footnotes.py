"""What no office has confirmed is said in words, each once, and never at length."""

from datetime import date

from documents.footnotes import MOST, footnotes, said
from domain.defaults import Default
from domain.sentences import say

NOTED = Default("clocks.weekly", "every=week", "暂按周五", date(2026, 1, 1), "0")
BARE = Default("counting", "counts=first_valid", "", None, "1")


def test_a_default_is_its_note_and_without_one_its_place_and_value():
    assert said([NOTED, BARE]) == ["暂按周五", "counting：counts=first_valid"]


def test_two_defaults_that_say_the_same_are_said_once():
    assert said([NOTED, NOTED]) == ["暂按周五"]


def test_of_several_programmes_each_is_named():
    assert said([NOTED], "洛阳市城市更新") == ["洛阳市城市更新：暂按周五"]


def test_without_notes_there_is_no_foot():
    assert footnotes([]) == []


def test_six_are_shown_and_the_rest_are_counted():
    notes = [str(number) for number in range(MOST)]
    assert footnotes(notes) == [say("undecided.head"), *notes]
    assert footnotes([*notes, "a", "b"])[-1] == say("undecided.more", count=2)
    assert len(footnotes([*notes, "a", "b"])) == MOST + 2
