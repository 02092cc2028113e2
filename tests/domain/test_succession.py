"""What a list changes: who is new, who is succeeded, and that reading it again changes nothing."""

from dataclasses import replace

import pytest

from domain.officer import Entry
from domain.post import Post
from domain.succession import plan
from tests.domain.build import ZONE, local, nov

NOW = nov(12, "15:00")
A = Post(
    1, 11, "ly-grid", "liaison", "甲", "a@x.example", "", local("2026-01-01 00:00"), None, True
)
B = Entry(2, "ly-grid", "liaison", "乙", "b@x.example", "", nov(13), None, True, "", "")
AGAIN_A = Entry(2, "ly-grid", "liaison", "甲", "a@x.example", "", None, None, True, "", "")


def steps(entries, register=(A,), now=NOW):
    made = plan(entries, register, now, ZONE)
    assert made.faults == []
    return made.steps


def after(entries, register=(A,), now=NOW):
    """The register once the list has been entered, its people numbered."""
    posts = {post.id: post for post in register}
    for step in steps(entries, register, now):
        posts |= {p.id: p for p in (step.post, *step.ended)}
    number = {id: n for n, id in enumerate((id for id in posts if id < 0), start=100)}
    return [
        replace(p, id=number.get(p.id, p.id), officer=number.get(p.officer, p.officer))
        for p in posts.values()
    ]


def test_a_successor_begins_where_the_holder_ends():
    [step] = steps([B])
    assert (step.act, step.post.valid_from, step.post.officer) == ("entered", nov(13), -1)
    assert [(p.id, p.valid_to) for p in step.ended] == [(1, nov(13))]


@pytest.mark.parametrize("role", ["deputy", "office", "operator"])
def test_of_other_roles_there_may_be_several(role):
    [step] = steps([replace(B, role=role)], [replace(A, role=role)])
    assert (step.act, step.ended) == ("entered", ())


def test_a_head_is_succeeded_too():
    [step] = steps([replace(B, role="head")], [replace(A, role="head")])
    assert len(step.ended) == 1


@pytest.mark.parametrize("other", [{"unit": "ly-jianxi"}, {"role": "deputy"}, {"programme": "p"}])
def test_another_unit_role_or_scope_succeeds_nobody(other):
    [step] = steps([replace(B, **other)])
    assert (step.act, step.ended) == ("entered", ())


@pytest.mark.parametrize("since", [None, A.valid_from, nov(2)])
def test_who_holds_the_role_already_goes_on(since):
    [step] = steps([replace(AGAIN_A, since=since)])
    assert (step.act, step.post) == ("kept", A)


def test_the_same_list_again_keeps_everything():
    ends = replace(AGAIN_A, since=A.valid_from, until=nov(13))
    lists = [[B], [ends, replace(B, row=3)], [AGAIN_A], [replace(B, since=None)]]
    for entries in lists:
        register = after(entries)
        assert [s.act for s in steps(entries, register)] == ["kept"] * len(entries)
        assert after(entries, register, NOW) == register


def test_who_was_succeeded_is_not_brought_back_by_the_old_list_with_its_dates():
    register = after([B])
    [step] = steps([replace(AGAIN_A, since=A.valid_from)], register, nov(13, "09:00"))
    assert step.act == "kept"


def test_a_new_address_is_a_change_of_the_same_person():
    known = replace(A, phone="13900000001")
    [step] = steps([replace(AGAIN_A, email="new@x.example", phone="13900000001")], [known])
    assert (step.act, step.post.email, step.post.officer) == ("changed", "new@x.example", 11)


def test_an_empty_cell_takes_no_address_away():
    known = replace(A, phone="13900000001")
    [step] = steps([AGAIN_A], [known])
    assert (step.act, step.post.phone) == ("kept", "13900000001")


def test_the_same_name_without_a_common_address_is_somebody_else():
    [step] = steps([replace(AGAIN_A, email="other@x.example")])
    assert (step.act, len(step.ended)) == ("entered", 1)


def test_a_deputy_who_becomes_liaison_stays_one_person():
    deputy = replace(A, id=2, officer=12, role="deputy", name="乙", email="b@x.example")
    [step] = steps([B], [A, deputy])
    assert (step.act, step.post.officer, len(step.ended)) == ("entered", 12, 1)


def test_a_new_person_on_two_lines_is_one_person():
    made = steps([B, replace(B, row=3, role="deputy")])
    assert len({s.post.officer for s in made}) == 1


def test_a_person_of_two_units_is_one_when_everything_agrees():
    other = replace(AGAIN_A, unit="ly-jianxi")
    assert steps([other])[0].post.officer == 11
    assert steps([replace(other, phone="13900000001")])[0].post.officer == -1


def test_a_confirmation_is_given_and_never_taken_back():
    [given] = steps([AGAIN_A], [replace(A, confirmed=False)])
    assert (given.act, given.post.confirmed) == ("changed", True)
    assert steps([replace(AGAIN_A, confirmed=False)])[0].act == "kept"


def test_an_end_is_set_and_moved_and_taken_back():
    [ends] = steps([replace(AGAIN_A, until=nov(20))])
    assert (ends.act, ends.post.valid_to) == ("changed", nov(20))
    [later] = steps([replace(AGAIN_A, until=nov(30))], [ends.post])
    assert later.post.valid_to == nov(30)
    [open_again] = steps([AGAIN_A], [ends.post])
    assert open_again.post.valid_to is None


def test_an_end_never_reaches_into_the_successors_time():
    register = after([B])
    [step] = steps([replace(AGAIN_A, until=nov(20))], register)
    assert (step.act, step.post.valid_to) == ("kept", nov(13))


def test_somebody_entered_before_a_known_successor_holds_until_then():
    b = replace(A, id=2, officer=12, name="乙", email="b@x.example", valid_from=nov(20))
    register = [replace(A, valid_to=nov(20)), b]
    [step] = steps([replace(B, name="丙", email="c@x.example", since=nov(13))], register)
    assert (step.post.valid_to, [p.id for p in step.ended]) == (nov(20), [1])


def test_who_is_replaced_before_the_first_day_never_held_it():
    b = replace(A, id=2, officer=12, name="乙", email="b@x.example", valid_from=nov(13))
    register = [replace(A, valid_to=nov(13)), b]
    [step] = steps([replace(B, name="丙", email="c@x.example")], register)
    assert [(p.id, p.void) for p in step.ended] == [(2, True)]
    [back] = steps([B], after([replace(B, name="丙", email="c@x.example")], register))
    assert back.act == "entered"


@pytest.mark.parametrize("since", [None, nov(14)])
def test_another_beginning_of_what_is_to_come_is_a_fault_that_names_the_right_one(since):
    b = replace(A, id=2, officer=12, name="乙", email="b@x.example", valid_from=nov(13))
    made = plan([replace(B, since=since)], [b], NOW, ZONE)
    [fault] = made.faults
    assert (made.steps, fault.rule, fault.column) == ([], "other_since", "since")
    assert "11月13日（周五）00:00" in fault.sentence


class Watched(Post):
    """A post that counts how often anybody looks what it is a post of."""

    looks = 0

    @property
    def place(self):
        Watched.looks += 1
        return (self.unit, self.role, self.programme, self.office)


def test_a_line_looks_at_its_own_unit_and_person_and_not_at_the_whole_register():
    many = range(1, 201)
    posts = [
        Watched(n, n, f"u{n}", "liaison", f"甲{n}", f"{n}@x.example", "", A.valid_from, None, True)
        for n in many
    ]
    lines = [
        replace(B, row=n, unit=f"u{n}", name=f"乙{n}", email=f"new{n}@x.example") for n in many
    ]
    made = plan(lines, posts, NOW, ZONE)
    assert [len(step.ended) for step in made.steps] == [1] * 200
    assert Watched.looks < 20 * 200


def test_a_holder_whose_mailbox_is_typed_in_capitals_does_not_succeed_himself():
    [step] = steps([AGAIN_A], [replace(A, email="A@x.example")])
    assert (step.act, step.post.email, step.ended) == ("changed", "a@x.example", ())


def test_an_address_that_was_given_up_finds_nobody_any_more():
    new = replace(AGAIN_A, email="new@x.example", phone="13900000001")
    old = replace(AGAIN_A, row=3, unit="ly-jianxi")
    made = steps([new, old], [replace(A, phone="13900000001")])
    assert [step.act for step in made] == ["changed", "entered"]
    assert made[1].post.officer == -2
