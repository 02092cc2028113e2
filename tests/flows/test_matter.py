"""The pipeline of the province, for a week and for a one-off matter under its own occasion."""

from deployments.prepare import prepare
from flows.weekly import weekly
from tasks.matters import Asked, open_matter
from tasks.work import simulated
from tests.build import nov, sql

SLUG = "henan-baicheng"


def test_a_matter_has_runs_of_its_own_beside_the_weeks(home):
    prepare(nov(1), demo=True)
    opened = open_matter(Asked(SLUG, "汛情期間城區積水情況", ("鄭州市",)), nov(12, "10:00"))
    with simulated(nov(13, "10:01")):
        matter = weekly(SLUG, occasion=opened.occasion)
        week = weekly(SLUG, occasion="2026-W46")
    assert (matter["missing"], matter.get("opened", 0)) == (1, 0)
    assert week["opened"] > 100
    assert (home / "exports" / SLUG / f"{opened.occasion}.xlsx").exists()
    assert sql("SELECT outcome FROM run WHERE flow = 'weekly'") == [("completed",)] * 2
