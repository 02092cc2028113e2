"""The tests read the database of a machine from outside, as its commands do."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from models import base
from tests.deployments.machine import Machine, running


@contextmanager
def looking_into(home: Path) -> Iterator[pytest.MonkeyPatch]:
    """The database of this home is the product's, in this process too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LUOSHU_HOME", str(home))
        try:
            yield patch
        finally:
            base.engine().dispose()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """`luoshu up --demo`, once for all that look at it."""
    home = tmp_path_factory.mktemp("demo") / "home"
    with running(home, "--demo") as machine:
        yield machine


@pytest.fixture
def demo_home(demo: Machine) -> Iterator[Path]:
    """Its database is the product's for one test."""
    with looking_into(demo.home):
        yield demo.home
