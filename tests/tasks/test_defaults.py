"""What a folder decided by itself is listed until somebody confirms it, as it reads now (X4)."""

import pytest

from deployments.prepare import prepare
from domain.errors import Refused
from models.base import reading
from models.verify import verify
from tasks.defaults import check, confirm
from tasks.work import _loaded
from tests.build import contents, nov

SLUG = "tongliang-renewal"
NOW, BY = nov(12, "10:00"), "办公室主任"


@pytest.fixture
def folder(database, own_copy):
    """The bundled programme as an office's own copy, entered once."""
    own = own_copy(SLUG)
    prepare(nov(2), demo=False)
    return own


def left():
    return [row["place"] for row in check(SLUG) if row["confirmed_by"] is None]


def test_every_default_is_listed_with_what_it_says(folder):
    rows = {row["place"]: row for row in check(SLUG)}
    assert left() == list(rows)
    assert rows["clocks.monthly"]["note"]
    assert rows["ladder.R2"]["value"] == "联络员，邮件、短信，时限前 2 小时"
    assert rows["ladder.R4"]["value"] == "负责人，邮件，时限后第 1 个工作日 09:00"
    assert rows["forms.monthly-lead.checks.2"]["value"] == "进度滞后任务数：整数、不小于 0"


def test_a_confirmed_one_is_no_longer_open_and_says_who_confirmed_it(folder, home):
    assert confirm(SLUG, ["clocks.monthly"], BY, "第 3 次例会", NOW) == ["clocks.monthly"]
    assert "clocks.monthly" not in left()
    [row] = [row for row in check(SLUG) if row["place"] == "clocks.monthly"]
    assert (row["confirmed_by"], row["confirmed_at"]) == (BY, NOW)
    before = contents()
    assert confirm(SLUG, ["clocks.monthly"], "别人", "", nov(13)) == []
    assert contents() == before
    with reading() as session:
        assert verify(session, home) == []


def test_a_place_stands_for_all_below_it_and_no_other(folder):
    done = confirm(SLUG, ["ladder", "forms.monthly-lead.checks"], BY, "", NOW)
    assert done == [f"ladder.R{n}" for n in (1, 2, 3, 4)] + [
        f"forms.monthly-lead.checks.{n}" for n in (1, 2)
    ]
    assert not set(done) & set(left())
    assert "forms.monthly-lead.fields.tasks-behind" in left()


@pytest.mark.parametrize(
    ("place", "old", "new"),
    [
        ("ladder.R2", "hours = -2\n", "hours = -3\n"),
        (
            "forms.monthly-lead.checks.1",
            '"required", fields = ["',
            '"required", fields = ["next", "',
        ),
    ],
)
def test_a_rule_that_changed_is_to_be_confirmed_anew(folder, place, old, new):
    confirm(SLUG, [place], BY, "", NOW)
    assert place not in left()
    file = folder / "programme.toml"
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")
    _loaded.cache_clear()
    assert place in left()


@pytest.mark.parametrize("place", ["clock", "clocks.month", "ladder.R", "", "forms.weekly"])
def test_a_place_that_is_none_is_refused_with_those_there_are(folder, place):
    with pytest.raises(Refused, match=r"可以确认的有：.*clocks\.monthly"):
        confirm(SLUG, ["clocks.monthly", place], BY, "", NOW)
    assert "clocks.monthly" in left()


def test_nobody_cannot_confirm(folder):
    with pytest.raises(Refused, match="是谁确认的"):
        confirm(SLUG, ["clocks"], "  ", "", NOW)
