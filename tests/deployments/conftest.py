"""The tests read the database of a machine from outside, as its commands do."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from models import base


@contextmanager
def looking_into(home: Path) -> Iterator[pytest.MonkeyPatch]:
    """The database of this home is the product's, in this process too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LUOSHU_HOME", str(home))
        try:
            yield patch
        finally:
            base.engine().dispose()
