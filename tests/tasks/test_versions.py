"""What one version corrected of the one before, and nothing that it only refers to."""

from tasks.versions import history
from tests.build import SLUG
from tests.desk import keep
from tests.tasks.weeks import UNIT, due

FULL = {"rows": {"": {"projects": "开工三个", "projects-started": "3"}}}
MORE = {"rows": {"": {"projects": "开工三个", "projects-started": "4"}}}
SAME = {"rows": {"": {}}, "unchanged": True}


def test_a_version_that_says_unchanged_has_emptied_nothing(owed):
    at = due("2026-W45")
    for hour, said in enumerate((FULL, MORE, SAME)):
        keep(owed[UNIT, "2026-W45"], str(hour), b"%d" % hour, said, at.replace(hour=hour))
    told = [len(version.changes) for version in history(SLUG, "涧西区").versions]
    assert told == [0, 1, 0]
