"""What several tests of the tasks are set in."""

import shutil
from pathlib import Path

import pytest

from programmes import load
from tasks.work import _loaded
from tests.tasks.weeks import open_weeks

BUNDLED = Path(load.__file__).parent


@pytest.fixture
def own_copy(home, monkeypatch):
    """Makes a bundled programme an office's own, in a folder that may be changed."""

    def copy(slug):
        own = home / "programmes"
        shutil.copytree(BUNDLED / slug, own / slug)
        monkeypatch.setenv("LUOSHU_PROGRAMMES", str(own))
        _loaded.cache_clear()
        return own / slug

    yield copy
    _loaded.cache_clear()


@pytest.fixture
def owed(database):
    """Four weeks of four units, by unit and occasion; nothing has been sent."""
    return open_weeks()
