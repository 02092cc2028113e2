"""However much lies in the inbox, little of it is in memory at once."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from intake.inbox import Arrival
from tasks.receipts import portions
from tests.build import START


@given(st.lists(st.integers(0, 30)))
def test_files_are_read_in_portions_and_none_is_left_out(sizes):
    files = [Arrival(Path(str(n)), START, (n, size, 0)) for n, size in enumerate(sizes)]
    parts = list(portions(files, most=20))
    assert [file for part in parts for file in part] == files
    assert all(part and (len(part) == 1 or sum(f.size for f in part) <= 20) for part in parts)
