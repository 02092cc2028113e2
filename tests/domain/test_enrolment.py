"""A register that changed: dated rows are added and closed, and nothing that was is lost."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.enrolment import membership_edits, name_edits, task_unit_edits
from domain.task import TaskUnit
from domain.unit import DatedName, Member

TODAY = date(2026, 11, 22)
EAST = Member("east", "district", "inner")


def applied(stored, wanted, today=TODAY, edits=membership_edits):
    """The stored rows once the edits are written."""
    rows = list(stored)
    for old, new in edits(stored, wanted, today):
        if old is None:
            rows.append(new)
        else:
            rows[rows.index(old)] = new
    begun = [(m.unit, m.valid_from) for m in rows]
    assert len(begun) == len(set(begun)), "two rows of a unit begin on one day"
    return rows


def holding(members, day):
    return {(m.unit, m.class_code, m.group_code) for m in members if m.holds(day)}


def test_a_first_register_is_entered_as_it_is():
    assert membership_edits([], [EAST], TODAY) == [(None, EAST)]


def test_a_register_that_did_not_change_writes_nothing():
    assert membership_edits([EAST], [EAST], TODAY) == []


def test_another_class_holds_from_today_and_what_is_past_stays():
    after = applied([EAST], [replace(EAST, class_code="bureau")])
    assert holding(after, TODAY - timedelta(days=1)) == {("east", "district", "inner")}
    assert holding(after, TODAY) == {("east", "bureau", "inner")}
    assert membership_edits(after, [replace(EAST, class_code="bureau")], TODAY) == []


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
        assert membership_edits(stored, wanted, day) == []


SEPTEMBER, OCTOBER = date(2027, 9, 1), date(2027, 10, 1)
LAKE = Member("lake", "district", "")


def test_a_member_to_come_that_is_taken_back_never_joins():
    after = applied([EAST], [EAST, replace(LAKE, valid_from=SEPTEMBER)])
    after = applied(after, [EAST])
    assert holding(after, SEPTEMBER) == holding([EAST], TODAY)


def test_a_member_to_come_that_is_put_off_joins_once_on_the_later_day():
    after = applied([EAST], [EAST, replace(LAKE, valid_from=SEPTEMBER)])
    after = applied(after, [EAST, replace(LAKE, valid_from=OCTOBER)])
    assert len(holding(after, OCTOBER - timedelta(days=1))) == 1
    assert sum(m.holds(OCTOBER) for m in after if m.unit == "lake") == 1
    assert holding(applied(after, [EAST, replace(LAKE, valid_from=SEPTEMBER)]), SEPTEMBER) == {
        ("east", "district", "inner"),
        ("lake", "district", ""),
    }


def test_a_member_to_come_in_another_class_joins_in_the_last_one_said():
    after = applied([EAST], [EAST, replace(LAKE, valid_from=SEPTEMBER)])
    after = applied(after, [EAST, replace(LAKE, class_code="bureau", valid_from=SEPTEMBER)])
    assert ("lake", "bureau", "") in holding(after, SEPTEMBER)
    assert len(holding(after, SEPTEMBER)) == 2


def test_a_leaving_day_that_is_taken_back_keeps_the_member():
    after = applied([EAST], [replace(EAST, valid_to=SEPTEMBER)])
    assert not holding(after, SEPTEMBER)
    assert holding(applied(after, [EAST]), SEPTEMBER) == holding([EAST], TODAY)


OLD, NEW = DatedName("lake", "湖滨县", date.min), DatedName("lake", "湖滨区", date.min)


def test_a_new_name_is_printed_from_today_and_the_old_one_until_then():
    assert name_edits([OLD], [NEW], TODAY) == [
        (OLD, replace(OLD, valid_to=TODAY)),
        (None, replace(NEW, valid_from=TODAY)),
    ]


def test_a_rename_with_its_day_is_printed_from_that_day():
    ended = replace(OLD, valid_to=date(2024, 6, 1))
    new = replace(NEW, valid_from=date(2024, 6, 1))
    assert name_edits([OLD], [ended, new], TODAY) == [(OLD, ended), (None, new)]
    assert name_edits([ended, new], [ended, new], TODAY) == []


def test_a_former_name_that_is_said_later_is_printed_of_its_days():
    former = replace(OLD, valid_to=date(2024, 6, 1))
    new = replace(NEW, valid_from=date(2024, 6, 1))
    assert sorted(applied([NEW], [former, new], TODAY, name_edits), key=repr) == sorted(
        [former, new], key=repr
    )


def test_a_rename_that_is_taken_back_prints_the_old_name_again():
    later = TODAY + timedelta(days=2)
    after = applied(applied([OLD], [NEW], TODAY, name_edits), [OLD], later, name_edits)
    printed = [
        next(n.name for n in after if n.valid_from <= day and (not n.valid_to or day < n.valid_to))
        for day in (TODAY - timedelta(days=1), TODAY, later, later + timedelta(days=400))
    ]
    assert printed == ["湖滨县", "湖滨区", "湖滨县", "湖滨县"]


def test_a_name_that_is_borne_again_keeps_its_first_period():
    once = replace(NEW, valid_to=date(2000, 1, 1))
    then = replace(OLD, valid_from=date(2000, 1, 1), valid_to=date(2024, 6, 1))
    again = replace(NEW, valid_from=date(2024, 6, 1))
    assert applied([], [once, then, again], TODAY, name_edits) == [once, then, again]


def lead(unit: str, task: str = "1") -> TaskUnit:
    return TaskUnit(task, "lead", unit, unit)


def test_another_lead_leads_from_today_and_the_one_before_until_then():
    assert task_unit_edits([lead("east")], [lead("lake")], TODAY) == [
        (lead("east"), replace(lead("east"), valid_to=TODAY)),
        (None, replace(lead("lake"), valid_from=TODAY)),
    ]


def test_a_lead_that_is_changed_three_times_in_a_day_is_the_last_one_said():
    after = [lead("east")]
    for unit in ("lake", "east", "lake"):
        after = [
            *{
                (u.unit, u.valid_from): u
                for u in (
                    *after,
                    *(new for _, new in task_unit_edits(after, [lead(unit)], TODAY)),
                )
            }.values()
        ]
        assert [u.unit for u in after if u.valid_to is None] == [unit]


def test_the_units_of_a_new_task_hold_as_they_are_written():
    assert task_unit_edits([lead("east")], [lead("east"), lead("lake", "2")], TODAY) == [
        (None, lead("lake", "2"))
    ]


def test_a_plan_that_did_not_change_writes_nothing():
    closed = replace(lead("lake"), valid_to=date(2026, 10, 1))
    assert task_unit_edits([closed, lead("east")], [lead("east")], TODAY) == []
