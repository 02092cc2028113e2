"""The lines above a table name a time, or none: part of a month is not the month."""

import pytest

from domain.caption import occasion_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026年第47周周调度表", "2026-W47"),
        ("2026年11月月报", "2026-11"),
        ("2026年11月份情况", "2026-11"),
        ("2026年11月上半月", "2026-11-H1"),
        ("2026年11月第二周", ""),
        ("2026年11月份第2周", ""),
        ("填报日期：2026年11月13日", ""),
    ],
)
def test_a_time_is_what_it_says(text, found):
    assert occasion_in(text) == found
