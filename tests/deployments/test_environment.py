"""Which server a command works with, and what the processes of an installation see."""

import os

import pytest

from deployments.environment import Address, auth, environment, join
from deployments.up import only_instance


@pytest.fixture
def outside(home, monkeypatch):
    """An environment to be changed at will, with leftovers of another installation."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    monkeypatch.setattr(os, "environ", clean)
    return clean


def test_nothing_of_another_installation_leaks_in(home, outside):
    outside["PREFECT_API_URL"] = "https://elsewhere.example/api"
    outside["PREFECT_API_KEY"] = "another's"
    seen = environment(Address(4700))
    assert seen["PREFECT_API_URL"] == "http://127.0.0.1:4700/api"
    assert "PREFECT_API_KEY" not in seen
    assert seen["PREFECT_API_AUTH_STRING"] == seen["PREFECT_SERVER_API_AUTH_STRING"] == auth()
    assert seen["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert seen["PREFECT_SERVER_UI_V2_ENABLED"] == "false"
    assert seen["LUOSHU_HOME"] == str(home)


def test_secrets_are_made_once_and_for_their_owner_only(home, outside):
    assert auth() == auth()
    for name in ("prefect.auth", "files.token"):
        environment(Address(4700))
        assert (home / name).stat().st_mode & 0o777 == 0o600


def test_a_command_works_with_the_server_that_is_up(home, outside):
    with only_instance():
        (home / "up.port").write_text("4700")
        join()
    assert outside["PREFECT_API_URL"] == "http://127.0.0.1:4700/api"


def test_a_command_waits_neither_for_a_server_that_was_killed_nor_for_another(home, outside):
    (home / "up.port").write_text("4700")
    outside["PREFECT_API_URL"] = "https://elsewhere.example/api"
    join()
    assert "PREFECT_API_URL" not in outside


def test_nothing_is_asked_of_a_server_that_is_still_starting(home, outside):
    with only_instance():
        join()
    assert "PREFECT_API_URL" not in outside
