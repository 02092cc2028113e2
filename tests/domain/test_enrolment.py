"""A register that changed: dated rows are added and closed, and nothing that was is lost."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.enrolment import membership_changes, name_changes, task_unit_changes
from domain.task import TaskUnit
from domain.unit import DatedName, Member

TODAY = date(2026, 11, 22)
EAST = Member("east", "district", "inner")


def applied(stored, wanted, today=TODAY):
    """The stored rows once the changes are written."""
    changes = membership_changes(stored, wanted, today)
    closed = dict(changes.close)
    kept = [replace(m, valid_to=closed[m]) if m in closed else m for m in stored]
    return [*kept, *changes.enter]


def holding(members, day):
    return {(m.unit, m.class_code, m.group_code) for m in members if m.holds(day)}


def test_a_first_register_is_entered_as_it_is():
    assert membership_changes([], [EAST], TODAY).enter == (EAST,)


def test_a_register_that_did_not_change_writes_nothing():
    changes = membership_changes([EAST], [EAST], TODAY)
    assert (changes.enter, changes.close) == ((), ())


def test_another_class_holds_from_today_and_what_is_past_stays():
    after = applied([EAST], [replace(EAST, class_code="bureau")])
    assert holding(after, TODAY - timedelta(days=1)) == {("east", "district", "inner")}
    assert holding(after, TODAY) == {("east", "bureau", "inner")}
    again = membership_changes(after, [replace(EAST, class_code="bureau")], TODAY)
    assert (again.enter, again.close) == ((), ())


def test_a_change_with_a_day_of_its_own_holds_from_that_day():
    ended = replace(EAST, valid_to=date(2026, 10, 1))
    follows = Member("east", "district", "outer", date(2026, 10, 1))
    after = applied([EAST], [ended, follows])
    assert holding(after, date(2026, 9, 30)) == {("east", "district", "inner")}
    assert holding(after, date(2026, 10, 1)) == {("east", "district", "outer")}


def test_a_change_ahead_is_entered_now_and_holds_then():
    ended = replace(EAST, valid_to=date(2027, 1, 1))
    follows = Member("east", "district", "outer", date(2027, 1, 1))
    after = applied([EAST], [ended, follows])
    assert holding(after, date(2026, 12, 31)) == {("east", "district", "inner")}
    assert holding(after, date(2027, 1, 1)) == {("east", "district", "outer")}


def test_a_unit_that_is_gone_is_no_member_from_today():
    after = applied([EAST], [])
    assert holding(after, TODAY - timedelta(days=1))
    assert not holding(after, TODAY)


def test_a_unit_that_comes_back_is_a_member_again_from_today():
    gone = replace(EAST, valid_to=date(2026, 6, 1))
    after = applied([gone], [EAST])
    assert not holding(after, date(2026, 11, 21))
    assert holding(after, TODAY) == {("east", "district", "inner")}


CLASSES = st.sampled_from(["district", "bureau"])
REGISTERS = st.dictionaries(st.sampled_from(["east", "lake", "park"]), CLASSES, min_size=1).map(
    lambda found: [Member(unit, code, "") for unit, code in found.items()]
)


@given(st.lists(REGISTERS, min_size=1, max_size=5))
def test_each_register_holds_from_its_day_and_changes_nothing_before_it(registers):
    stored: list[Member] = []
    for number, wanted in enumerate(registers):
        day = TODAY + timedelta(days=2 * number)
        past = [TODAY + timedelta(days=n) for n in range(2 * number)]
        before = [holding(stored, d) for d in past]
        stored = applied(stored, wanted, day)
        assert [holding(stored, d) for d in past] == before
        assert holding(stored, day) == holding(wanted, day)
        again = membership_changes(stored, wanted, day)
        assert (again.enter, again.close) == ((), ())


def test_a_new_name_is_printed_from_today_and_the_old_one_until_then():
    old, new = DatedName("lake", "湖滨县", date.min), DatedName("lake", "湖滨区", date.min)
    enter, close = name_changes([old], [new], TODAY)
    assert enter == [replace(new, valid_from=TODAY)]
    assert close == [(old, TODAY)]


def test_a_rename_with_its_day_is_printed_from_that_day():
    old = DatedName("lake", "湖滨县", date.min)
    ended = replace(old, valid_to=date(2024, 6, 1))
    new = DatedName("lake", "湖滨区", date(2024, 6, 1))
    assert name_changes([old], [ended, new], TODAY) == ([new], [(old, date(2024, 6, 1))])
    assert name_changes([ended, new], [ended, new], TODAY) == ([], [])


def lead(unit: str, task: str = "1") -> TaskUnit:
    return TaskUnit(task, "lead", unit, unit)


def test_another_lead_leads_from_today_and_the_one_before_until_then():
    enter, close = task_unit_changes([lead("east")], [lead("lake")], TODAY)
    assert enter == [replace(lead("lake"), valid_from=TODAY)]
    assert close == [lead("east")]


def test_the_units_of_a_new_task_hold_as_they_are_written():
    assert task_unit_changes([lead("east")], [lead("east"), lead("lake", "2")], TODAY) == (
        [lead("lake", "2")],
        [],
    )


def test_a_plan_that_did_not_change_writes_nothing():
    closed = replace(lead("lake"), valid_to=date(2026, 10, 1))
    assert task_unit_changes([closed, lead("east")], [lead("east")], TODAY) == ([], [])
