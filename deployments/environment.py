"""The environment every process of an installation runs in; nothing leaks in from outside."""

import fcntl
import os
import secrets
from dataclasses import dataclass

from settings import Settings

QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_SERVER_UI_V2_ENABLED": "false",  # the new pages call out to the internet
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_LOGGING_LEVEL": "INFO",
}


@dataclass(frozen=True, slots=True)
class Address:
    """Where things answer on this machine: loopback, two ports side by side."""

    port: int

    @property
    def ui(self) -> str:
        """The Prefect UI."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def files_port(self) -> int:
        """The port of the ledger files."""
        return self.port + 1


def secret(name: str) -> str:
    """A secret of this installation, made on first use; only its owner can read the file."""
    path = Settings().folder() / name
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(18))
    return path.read_text("utf-8")


def auth() -> str:
    """The one shared login of the Prefect UI: everything in it, colon included, is asked for."""
    return f"luoshu:{secret('prefect.auth')}"


def files(address: Address) -> str:
    """Where ledger files are served: below a name nobody can guess, in a folder with no list."""
    served, token = Settings().folder("served"), secret("files.token")
    (served / "index.html").touch()
    link = served / token
    if not link.is_symlink():
        link.symlink_to(Settings().folder("exports"), target_is_directory=True)
    return f"http://127.0.0.1:{address.files_port}/{token}"


def environment(address: Address) -> dict[str, str]:
    """What a child process sees: ours, Prefect's settings for this machine, and the plain rest."""
    settings = Settings()
    outside = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    database, own = settings.prefect_database_url, settings.programmes
    store = {"PREFECT_SERVER_DATABASE_CONNECTION_URL": database} if database else {}
    ours = {
        "LUOSHU_HOME": str(settings.folder()),
        "LUOSHU_FILES_URL": files(address),
        **({"LUOSHU_PROGRAMMES": str(own.absolute())} if own else {}),  # runs work elsewhere
        "PREFECT_HOME": str(settings.folder("prefect")),
        "PREFECT_API_URL": f"{address.ui}/api",
        "PREFECT_API_AUTH_STRING": auth(),
        "PREFECT_SERVER_API_AUTH_STRING": auth(),
        "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": address.ui,
    }
    return outside | QUIET | store | ours


def is_up() -> bool:
    """Whether a `luoshu up` runs on this data folder; one that was killed left its port behind."""
    path = Settings().folder() / "up.lock"
    with path.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def join() -> None:
    """Work with the server of this data folder when one is up; else with a short-lived one."""
    port = Settings().folder() / "up.port"
    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        del os.environ[name]  # it may name the server of another installation
    os.environ.update(QUIET)
    os.environ["PREFECT_HOME"] = str(Settings().folder("prefect-alone"))
    os.environ["PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS"] = "180"  # a busy machine
    if is_up() and port.exists():
        os.environ.update(environment(Address(int(port.read_text("utf-8")))))
