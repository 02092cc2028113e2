"""What is made up is sent as units send it: by a program, or as the unit's form filled in."""

from random import Random

import pytest

from deployments.sent import drop
from domain.content import ONE
from domain.identity import version_of
from domain.simulation import Report, spoil, values
from tasks.work import programme
from tests import desk
from tests.build import SLUG, local

FORM, WEEK = "weekly-member", "2026-W47"
AT = local("2026-11-19 11:05")
BY_FORM, BY_PROGRAM = "ly-human-resources", "ly-water"


@pytest.fixture
def form(home):
    desk.opened(WEEK)
    return programme(SLUG).form(FORM)


def sent(home, unit, said):
    drop(SLUG, [(WEEK, FORM, Report(unit, AT, {ONE: said} if said else {}))])
    [path] = (home / "inbox" / SLUG).iterdir()
    assert path.stat().st_mtime == AT.timestamp()
    return path


def test_one_unit_in_some_fills_in_its_form(home, form):
    said = values(Random(1), form)
    path = sent(home, BY_FORM, said)
    assert path.suffix == ".xlsx"
    found = desk.read(path.name, path.read_bytes())
    assert (found.certain, found.unit, found.occasion) == (True, BY_FORM, WEEK)
    assert found.identity.version == version_of(form)
    assert {f.label: found.words.rows[ONE][f.code] for f in form.fields} == said


def test_what_is_wrong_in_a_report_is_wrong_in_the_form(home, form):
    said = spoil(Random(1), form, values(Random(1), form))
    [empty] = [label for label, word in said.items() if not word]
    path = sent(home, BY_FORM, said)
    words = desk.read(path.name, path.read_bytes()).words.rows[ONE]
    [code] = [field.code for field in form.fields if field.label == empty]
    assert words[code] in ("", "未报送")


def test_the_others_send_what_their_programs_write(home, form):
    assert sent(home, BY_PROGRAM, values(Random(1), form)).suffix == ".json"


def test_nothing_to_report_is_said_in_a_line(home, form):
    assert sent(home, BY_FORM, {}).suffix == ".json"
