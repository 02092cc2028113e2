"""The form a row is hashed in never changes: databases sealed long ago still verify."""

import hashlib
import hmac
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from models.seal import leaf, leaves
from tests.build import ZONE, nov

SECRET = b"a key"
CANONICAL = (
    '{"at":"2026-11-13T08:00:00.000001+00:00","cells":{"a":[1.5,null],"z":"进"},"day":"2026-11-13"'
    ',"due":null,"id":7,"nil":false,"text":"a \\"b\\"\\n进"}'
)
ROW = {
    "id": 7,
    "text": 'a "b"\n进',
    "nil": False,
    "due": None,
    "day": date(2026, 11, 13),
    "at": nov(13, "16:00").replace(microsecond=1),
    "cells": {"z": "进", "a": [1.5, None]},
}
# an instant of the first or last day there is has no UTC
INSTANTS = st.datetimes(timezones=st.sampled_from([UTC, ZONE])).filter(
    lambda at: 1 < at.year < 9999
)
CELLS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
VALUES = CELLS | INSTANTS | st.dates() | st.decimals(allow_nan=False)
ROWS = st.lists(st.fixed_dictionaries({"b": VALUES, "a": VALUES, "id": st.integers()}), min_size=1)


def test_a_leaf_is_the_keyed_hash_of_the_row_in_its_canonical_form():
    assert leaf(ROW, SECRET) == hmac.digest(SECRET, CANONICAL.encode(), hashlib.sha256).hex()[:32]


def test_one_instant_in_two_zones_has_one_leaf():
    utc = {"at": datetime(2026, 11, 13, 8, 0, 0, 1, UTC)}
    assert leaf(ROW | utc, SECRET) == leaf(ROW, SECRET)


@given(ROWS)
def test_many_rows_have_the_leaves_each_has_alone(rows):
    assert leaves(rows, SECRET) == [leaf(row, SECRET) for row in rows]
