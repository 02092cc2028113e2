"""Every office that collects has a pipeline, be it only for one-off matters."""

import re

import pytest

from deployments.prepare import prepare
from tasks import openings
from tasks.matters import Asked, open_matter
from tasks.plans import Pipeline, agenda, pipelines, unopened
from tasks.register import collecting
from tasks.work import Work, programme
from tests.build import nov

SLUG = "henan-baicheng"
WATER = Pipeline(SLUG, "water")
OPENED = nov(12, "10:00")


@pytest.fixture
def two_offices(database, own_copy):
    """The province's one-off matters are an office of their own."""
    file = own_copy(SLUG) / "programme.toml"
    text = file.read_text("utf-8")
    [host] = re.findall(r'^host = "(.+)"$', text, re.M)
    office = f'[[offices]]\ncode = "water"\nname = "防汛組"\nhost = "{host}"\nsource = ["x"]\n\n'
    head, forms = text.split("[[offices]]", 1)
    before, urgent = forms.split('code = "urgent"', 1)
    urgent = urgent.replace('office = "office"', 'office = "water"', 1)
    file.write_text(f'{head}{office}[[offices]]{before}code = "urgent"{urgent}', "utf-8")
    prepare(nov(1), demo=True)


def test_an_office_with_matters_only_has_a_pipeline_that_looks_at_them(two_offices):
    assert WATER in pipelines()
    assert agenda(WATER, nov(1), nov(30)) == []
    opened = open_matter(Asked(SLUG, "汛情期間城區積水情況", ("鄭州市",)), OPENED)
    assert opened.office == "water"
    found = [(m.occasion, m.reason) for m in agenda(WATER, OPENED, nov(30))]
    assert (opened.occasion, "due") in found
    assert [occasion for occasion, reason in found if reason == "rung"]


def test_it_collects_the_most_pressing_matter_that_is_open(two_offices):
    rules, late, soon = programme(SLUG), nov(16, "10:00"), nov(14, "10:00")
    assert collecting(rules, "water", OPENED) == "2026-11-12-M1"  # as its first would be called
    for due_at in (late, soon):
        open_matter(Asked(SLUG, "積水", ("鄭州市",), due_at=due_at), OPENED)
    assert collecting(rules, "water", nov(13)) == "2026-11-12-M2"
    assert collecting(rules, "water", nov(15)) == "2026-11-12-M1"
    assert collecting(rules, "office", nov(13)) == "2026-W45"


WEEKLY = Pipeline("luoyang-renewal", "office")


def test_an_office_that_starts_in_the_middle_of_a_week_asks_at_once(database, home):
    wednesday, saturday = nov(11, "10:00"), nov(14, "10:00")
    prepare(wednesday, demo=True)
    [moment] = unopened(WEEKLY, wednesday)
    assert (moment.occasion, moment.reason, moment.at) == ("2026-W46", "opening", nov(9, "00:00"))
    assert unopened(WEEKLY, saturday) == []  # its time is over: nobody is asked any more
    work = Work("luoyang-renewal", "office", "2026-W46", wednesday, 0)
    openings.open_obligations.fn(work, openings.owing_units(work))
    assert unopened(WEEKLY, wednesday) == []
    assert (
        unopened(Pipeline("luoyang-estates", "office"), wednesday) != []
    )  # the demo moves its years
