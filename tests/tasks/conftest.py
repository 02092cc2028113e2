"""What several tests of the tasks are set in."""

import pytest

from tests.tasks.weeks import open_weeks


@pytest.fixture
def owed(database):
    """Four weeks of four units, by unit and occasion; nothing has been sent."""
    return open_weeks()
