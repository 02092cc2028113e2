"""Which undecided rules bear on which forms."""

import pytest

from domain.defaults import concerning, defaults, of_deadlines, of_ledgers
from programmes.load import load


@pytest.mark.parametrize(
    ("form", "places"),
    [
        ("annex-1-ledger", {"clocks.friday-16"}),
        ("annex-2-ledger", {"clocks.friday-18"}),
        ("annex-3-ledger", {"clocks.friday-16", "offices.annex-3"}),
    ],
)
def test_another_forms_clock_and_another_office_do_not_concern_a_form(form, places):
    rules = load("luoyang-351").programme
    found = concerning(of_deadlines(defaults(rules)), [rules.form(form)])
    assert {default.place for default in found} == places


def test_how_reports_are_counted_concerns_every_form():
    rules = load("luoyang-351").programme
    found = concerning(of_ledgers(defaults(rules)), [rules.form("annex-1-ledger")])
    assert {default.place for default in found} == {"counting", "clocks.friday-16"}
