"""Killed at any moment and run to the end, the books are those of a run that nobody disturbed."""

import random
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from models import base
from models.base import reading
from models.receipt import sha256
from models.run import Step
from models.verify import verify
from programmes.load import load
from tests.build import SLUG, drop, nov, report, sql
from tests.flows.child import start
from tests.flows.story import story
from tests.flows.week import run, set_up

AT = nov(13, "17:00")
LATER = nov(13, "17:05")  # the leases of the dead are over
# which stage is cut short, and how many seconds at most after it has begun
KILLS = [("收集", 0.8)] * 4 + [("校验", 0.6)] * 3 + [("催报", 0.1)] * 2 + [("dispatch", 0.2)] * 3


def inbox(home: Path) -> dict[str, bytes]:
    """Nine reports of every unit, some with errors, and files that nobody can use."""
    files = {}
    for n, member in enumerate(load(SLUG).members):
        for version in range(9):
            wrong = {"milestones-due": 1, "milestones-met": 2 if (n + version) % 4 == 0 else 1}
            files[f"{member.unit}-{version}.json"] = report(member.unit, matters=version, **wrong)
    files |= {f"不明-{n}.json": report(f"某单位{n}") for n in range(20)}
    for n, (name, content) in enumerate(files.items()):
        drop(home, name, content, nov(13, "09:00") + timedelta(seconds=n * 40))
    return files


def set_out(home: Path) -> dict[str, bytes]:
    set_up()
    run(nov(12, "16:00"))
    return inbox(home)


@pytest.fixture
def undisturbed(home, tmp_path_factory, monkeypatch):
    """The story of the same week, run once in a home of its own."""
    with monkeypatch.context() as elsewhere:
        other = tmp_path_factory.mktemp("undisturbed")
        elsewhere.setenv("LUOSHU_HOME", str(other))
        set_out(other)
        run(AT)
        run(LATER)
        told = story()
        base.engine().dispose()
    return told


def under_way(stage: str, since: int) -> bool:
    """Whether a stage of a run after ``since`` has begun and not ended."""
    with reading() as session:
        step = select(Step.id).where(Step.stage == stage, Step.outcome == "running")
        return session.scalar(step.where(Step.run_id > since)) is not None


def kill_during(stage: str, seconds: float) -> None:
    """Start a run and kill it so long after a stage has begun, if it lives to see it."""
    [(newest,)] = sql("SELECT max(id) FROM run")
    child = start(AT)
    while child.poll() is None and not under_way(stage, newest):
        time.sleep(0.005)
    time.sleep(seconds)
    child.kill()
    child.communicate()


@pytest.mark.slow
def test_a_run_killed_at_random_moments_ends_as_if_nobody_had_disturbed_it(home, undisturbed):
    files, chance = set_out(home), random.Random(46)
    for stage, longest in KILLS:
        kill_during(stage, chance.uniform(0, longest))
    cut_short = sql("SELECT DISTINCT stage FROM step WHERE outcome = 'running'")
    assert len(cut_short) >= 3
    run(AT)
    run(LATER)
    assert story() == undisturbed
    kept = {p.read_bytes() for p in (home / "inbox").rglob("*.json") if p.parent.name != SLUG}
    assert kept == set(files.values())
    assert {name for (name,) in sql("SELECT sha256 FROM blob")} == {*map(sha256, files.values())}
    with reading() as session:
        assert verify(session, home) == []
