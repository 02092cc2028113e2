"""The inbox: what has come, when it came, and that nothing is moved away unread."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from intake.inbox import arrivals, put_away
from tests.build import drop, nov, report

NOW = datetime(2100, 1, 1, tzinfo=UTC)
AT = nov(13, "15:00")
CONTENT = report("涧西区")


def names(home, now=NOW, simulated=False, settle=2.0):
    folder = home / "inbox" / "luoyang-renewal"
    return [a.path.name for a in arrivals(folder, now, settle, simulated)]


def shelf(path, name="taken"):
    return sorted(file.name for file in (path.parent / name).iterdir())


@pytest.mark.parametrize("name", [".hidden.json", ".~lock.a.json#", "a.json.part", "a.tmp"])
def test_hidden_and_half_written_files_are_not_there_yet(home, name):
    drop(home, name, CONTENT, AT)
    drop(home, "涧西区.json", CONTENT, AT)
    assert names(home) == ["涧西区.json"]


def test_folders_and_links_are_not_files(home, tmp_path):
    path = drop(home, "涧西区.json", CONTENT, AT)
    (path.parent / "taken").mkdir()
    (path.parent / "链接.json").symlink_to("/etc/hostname")
    assert names(home) == ["涧西区.json"]


def test_a_file_that_may_still_be_growing_is_left_for_the_next_run(home):
    path = drop(home, "涧西区.json", CONTENT, AT)
    came = datetime.fromtimestamp(path.stat().st_ctime, UTC)
    assert names(home, came + timedelta(seconds=1.9)) == []
    assert names(home, came + timedelta(seconds=2)) == ["涧西区.json"]


def test_a_file_copied_with_an_old_date_came_when_it_was_copied(home):
    path = drop(home, "涧西区.json", CONTENT, nov(1))
    [arrival] = arrivals(path.parent, NOW, 2, simulated=False)
    assert arrival.at == datetime.fromtimestamp(path.stat().st_ctime, UTC)


def test_a_file_from_a_machine_whose_clock_is_ahead_is_not_left_behind(home):
    path = drop(home, "涧西区.json", CONTENT, datetime(2099, 1, 1, tzinfo=UTC))
    came = datetime.fromtimestamp(path.stat().st_ctime, UTC)
    assert names(home, came + timedelta(minutes=1)) == ["涧西区.json"]


def test_under_a_simulated_now_a_file_came_when_it_says(home):
    drop(home, "二.json", CONTENT, AT)
    drop(home, "一.json", CONTENT, AT - timedelta(minutes=1))
    assert names(home, AT - timedelta(seconds=1), simulated=True) == ["一.json"]
    assert names(home, AT, simulated=True) == ["一.json", "二.json"]


def put(path, shelf="taken"):
    [arrival] = arrivals(path.parent, NOW, 0, simulated=True)
    put_away(arrival, "abcdef0123456789", shelf)


def test_a_kept_file_moves_to_its_shelf_under_a_readable_name(home):
    path = drop(home, "涧西区.json", CONTENT, AT)
    put(path, "unmatched")
    assert (names(home), shelf(path, "unmatched")) == ([], ["abcdef01-涧西区.json"])


LONG = {
    "a long Chinese name": "周" * 83 + ".json",
    "a long ending": "涧" * 60 + "." + "x" * 70,
    "a name that is all ending": "." * 0 + "涧." + "报" * 80,
}


@pytest.mark.parametrize("case", LONG)
def test_no_name_is_too_long_to_be_put_away(case, home):
    path = drop(home, LONG[case], CONTENT, AT)
    put(path)
    [name] = shelf(path)
    assert name.startswith("abcdef01-" + LONG[case][0])
    assert (path.parent / "taken" / name).read_bytes() == CONTENT


def test_a_name_in_another_encoding_can_be_put_away(home):
    path = drop(home, "a.json", CONTENT, AT)
    other = path.with_name(os.fsdecode("涧西区.json".encode("gbk")))
    put(path.rename(other))
    assert len(shelf(path)) == 1


def test_putting_away_what_another_run_has_put_away_is_no_error(home):
    path = drop(home, "涧西区.json", CONTENT, AT)
    [arrival] = arrivals(path.parent, NOW, 0, simulated=True)
    for _ in range(2):
        put_away(arrival, "abcdef0123456789", "taken")
    assert shelf(path) == ["abcdef01-涧西区.json"]


def test_a_newer_version_dropped_meanwhile_stays_in_the_inbox(home):
    path = drop(home, "涧西区.json", CONTENT, AT)
    [arrival] = arrivals(path.parent, NOW, 0, simulated=True)
    drop(home, "涧西区.json", report("涧西区", matters="补充"), AT + timedelta(seconds=3))
    put_away(arrival, "abcdef0123456789", "taken")
    assert names(home) == ["涧西区.json"]
