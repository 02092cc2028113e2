"""One rule says who is the same person."""

from dataclasses import dataclass

import pytest

from domain.person import addresses, same_person


@dataclass(frozen=True)
class Somebody:
    name: str = "李四"
    email: str = "li@x.example"
    phone: str = "13900000001"


LI = Somebody()
CASES = {  # the other one: the same person at one unit, and at another
    "everything agrees": (LI, True, True),
    "the mailbox in capitals": (Somebody(email="Li@X.example"), True, True),
    "a new mailbox": (Somebody(email="new@x.example"), True, False),
    "no phone": (Somebody(phone=""), True, False),
    "another name": (Somebody(name="李五"), False, False),
    "no address in common": (Somebody(email="a@x.example", phone="1"), False, False),
    "no address at all": (Somebody(email="", phone=""), False, False),
}


@pytest.mark.parametrize("case", CASES)
def test_a_name_and_an_address_make_a_person_at_a_unit_and_all_of_them_elsewhere(case):
    other, near, elsewhere = CASES[case]
    assert same_person(LI, other, near=True) == same_person(other, LI, near=True) == near
    assert same_person(LI, other, near=False) == same_person(other, LI, near=False) == elsewhere


def test_nobody_is_known_by_an_empty_address():
    nobody = Somebody(email="", phone="")
    assert addresses(nobody) == frozenset()
    assert not same_person(nobody, nobody, near=True)


def test_a_landline_is_one_number_however_it_is_written():
    written = Somebody(phone="0379-63900000", email=""), Somebody(phone="037963900000", email="")
    assert same_person(*written, near=False)
