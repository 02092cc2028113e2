"""What every task relies on: batches that stay few, and a clock that only a demonstration bends."""

import pytest

from domain.errors import Refused
from migrations import migrate
from models import installation
from models.base import writing
from tasks.work import batches, is_simulated, now, programme, simulated
from tests.build import SLUG, demo, nov


@pytest.mark.parametrize("population", [0, 1, 499, 500, 501, 4000, 4001, 100_000])
def test_a_stage_never_makes_more_than_eight_batches(population):
    parts = batches(range(population))
    assert len(parts) <= 8
    assert [item for part in parts for item in part] == list(range(population))
    assert all(len(part) >= 500 for part in parts[:-1])


def test_an_instant_is_simulated_only_in_a_demonstration(home):
    migrate.upgrade()
    with pytest.raises(Refused, match="不是演示库"), simulated(nov(13)):
        pass
    with writing() as session:
        installation.mark(session, False, nov(1))
    with pytest.raises(Refused, match="不是演示库"), simulated(nov(13)):
        pass


def test_a_simulated_instant_ends_with_its_block(home):
    migrate.upgrade()
    demo()
    before = now()
    with simulated(nov(13)):
        assert (now(), is_simulated()) == (nov(13), True)
    assert not is_simulated()
    assert now() >= before


def test_a_programme_is_read_once():
    assert programme(SLUG) is programme(SLUG)
