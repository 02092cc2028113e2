"""The flows run for real: one Prefect test server for all, no heartbeats, no word outside."""

from collections.abc import Iterator

import pytest
from prefect.settings import (
    PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
    PREFECT_LOGGING_LEVEL,
    PREFECT_SERVER_ANALYTICS_ENABLED,
    temporary_settings,
)
from prefect.testing.utilities import prefect_test_harness

QUIET = {
    PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None,
    PREFECT_LOGGING_LEVEL: "WARNING",
    PREFECT_SERVER_ANALYTICS_ENABLED: False,
}


@pytest.fixture(scope="session", autouse=True)
def prefect_server() -> Iterator[None]:
    """Prefect's own server and database, thrown away afterwards."""
    with temporary_settings(QUIET), prefect_test_harness(server_startup_timeout=120):
        yield
