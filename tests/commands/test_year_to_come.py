"""What `luoshu deadlines` and `luoshu obligations` answer before there is any database."""

import json
from collections import Counter
from pathlib import Path

import pytest

GOLD = Path(__file__).parents[3] / "shared" / "gold" / "deadlines-2026.json"
SLUGS = ("luoyang-renewal", "luoyang-351", "henan-baicheng", "tongliang-renewal")
WHAT = ("occasion", "nominal_due_at", "due_at", "shift_days")


def clock(row):
    """A row as the reference has it: one a clock, whatever the forms on it."""
    annex = row["office"] if row["office"].startswith("annex") else ""
    return (annex or row["form"].split("-")[0], *(row[name] for name in WHAT))


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.skipif(not GOLD.exists(), reason="the reference deadlines are not here")
def test_a_year_of_deadlines_is_that_of_the_reference(luoshu, slug):
    told = json.loads(GOLD.read_text("utf-8"))["deadlines"]
    wanted = {(r["form"], *(r[name] for name in WHAT)) for r in told if r["programme"] == slug}
    assert {clock(row) for row in luoshu("deadlines", slug, "--year", "2026", "--json").json} == (
        wanted
    )


def test_estates_reports_twelve_times_in_2022_and_not_any_more_in_2026(luoshu):
    rows = luoshu("deadlines", "luoyang-estates", "--year", "2022", "--json").json
    assert {row["occasion"] for row in rows} == {f"2022-{month:02}" for month in range(1, 13)}
    assert luoshu("deadlines", "luoyang-estates", "--year", "2026", "--json").json == []


def test_who_owes_is_known_in_an_empty_home_and_leaves_it_empty(luoshu, home):
    asked = ("obligations", "luoyang-351", "--occasion", "2022-W21", "--json")
    offices = Counter(row["office"] for row in luoshu(*asked).json)
    assert offices == {"annex-1": 5, "annex-2": 3, "annex-3": 6, "annex-5": 6, "annex-6": 4}
    assert list(home.iterdir()) == []
