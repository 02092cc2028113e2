"""The rules are pure, so an example of one that takes long has started to do something else."""

import gc
import time
from collections.abc import Generator

import pytest

LIMIT = 0.1


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Fail an example above LIMIT; property tests, which run many, are exempt."""
    # the thread's own processor time, so that a busy machine does not fail a fast test
    gc.disable()  # what a full collection costs depends on what other tests have left behind
    before = time.thread_time()
    try:
        result = yield
    finally:
        gc.enable()
    spent = time.thread_time() - before
    if spent > LIMIT and not item.get_closest_marker("hypothesis"):
        pytest.fail(f"took {spent * 1000:.0f} ms of processor time; at most {LIMIT * 1000:.0f}")
    return result
