"""What a person says of the heads of a table holds once, and loses nothing of the table."""

import pytest

from domain.errors import Refused
from models import receipt, stuck
from models.base import reading, writing
from tasks import matches
from tasks.contents import TO_CONFIRM, read_as, readings
from tasks.work import programme
from tests.build import SLUG, nov, sql
from tests.tasks.weeks import FORM, UNIT, arrive, hold, table

NOW = nov(13, "15:30")
ALIKE = ["项目开工竣工情况", "节点目标任务完成情况", "累计开工项目数（个）"]
OTHER = ["项目开竣工情况", "节点目标任务完成情况", "带队领导"]
CELLS = ["开工3个", "全部完成", 3]


def payload(number):
    with reading() as session:
        return receipt.payloads(session, [number])[number]


def test_what_was_to_be_said_of_the_table_is_said_once_it_is_confirmed(owed):
    number = hold(owed, ALIKE, CELLS, ["合计", "", 3])
    noted = payload(number)["notes"]
    assert [rule for rule, _ in noted] == ["layout.total_row"]
    matches.confirm(number, {}, NOW)
    assert payload(number)["notes"] == noted


def test_a_head_that_is_no_field_may_be_confirmed_as_none_and_stays_it(owed):
    number = hold(owed, OTHER, CELLS)
    matches.confirm(number, {}, NOW)
    assert payload(number)["rows"][""]["projects"] == "开工3个"
    with reading() as session:
        known = matches.head_match.confirmed(session, SLUG)
    [read] = readings(programme(SLUG), [("周调度.xlsx", table(OTHER, CELLS))])
    assert read_as(read, [programme(SLUG).form(FORM)], {}, known).problem == ""


def test_only_the_first_of_two_decisions_holds(owed, monkeypatch):
    number = hold(owed, ALIKE, CELLS)
    lock = matches.obligation.lock

    def meanwhile(session, ids):
        monkeypatch.setattr(matches.obligation, "lock", lock)
        lock(session, ids)
        change = matches.Change(SLUG, "office", NOW)
        stuck.assign(session, change, {number: (ids[0], {"rows": {}}, "")})

    monkeypatch.setattr(matches.obligation, "lock", meanwhile)
    with pytest.raises(Refused):
        matches.send_back(number, "请用模板填写", NOW)
    assert sql("SELECT problem FROM receipt") == [(TO_CONFIRM,)]


def test_what_answers_something_by_now_is_no_longer_unmatched(owed):
    found = arrive(owed[UNIT, "2026-W46"], nov(13, "15:00"), {})
    lost = arrive(None, nov(13, "15:01"), {}, problem="intake.not_owed", content=b"lost")
    with writing() as session:
        assert stuck.lock_unmatched(session, [found, lost]) == {lost}
