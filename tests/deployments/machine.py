"""A machine started as an operator starts it, in a home of its own, and what its server answers."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import httpx
import psutil

ROOT = Path(__file__).parents[2]
LUOSHU = ROOT / ".venv" / "bin" / "luoshu"
START, STOP, COMMAND = 420, 90, 120  # seconds of patience; five programmes are played first
T = TypeVar("T")


def environment(home: Path, settings: dict[str, str]) -> dict[str, str]:
    """The environment of an operator who has set nothing but what is given."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("LUOSHU_", "PREFECT_"))}
    own = {f"LUOSHU_{name.upper()}": value for name, value in settings.items()}
    return plain | own | {"LUOSHU_HOME": str(home), "COLUMNS": "250", "DO_NOT_TRACK": "1"}


def luoshu(home: Path, *words: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    """One command of the command line, to its end."""
    return subprocess.run(
        [LUOSHU, *words],
        env=environment(home, settings),
        cwd=home,
        capture_output=True,
        text=True,
        timeout=COMMAND,
    )


def free_port() -> int:
    """A port that is free, and the next one too."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            try:
                second.bind(("127.0.0.1", first.getsockname()[1] + 1))
            except (OSError, OverflowError):
                continue
            return int(first.getsockname()[1])


def tails(home: Path, lines: int = 25) -> str:
    """The ends of everything the machine has logged."""
    logs = [*sorted((home / "logs").glob("*.log")), *sorted(home.glob("up*.out"))]
    ends = [(f.name, f.read_text("utf-8", "replace").splitlines()[-lines:]) for f in logs]
    return "\n".join(f"--- {name}\n" + "\n".join(end) for name, end in ends)


@dataclass(slots=True)
class Machine:
    """`luoshu up` in a process of its own."""

    home: Path
    port: int
    settings: dict[str, str]
    process: "subprocess.Popen[bytes]"
    output: Path
    began: Any = None
    occasion: str = ""
    started: list[psutil.Process] = field(default_factory=list)

    def command(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """One command on this home with the settings of the machine."""
        return luoshu(self.home, *words, **self.settings)

    def said(self) -> str:
        """What it has printed."""
        return self.output.read_text("utf-8", "replace")

    def children(self) -> list[psutil.Process]:
        """Every process below it; they are remembered, so that none is left at the end."""
        found = psutil.Process(self.process.pid).children(recursive=True)
        self.started += [child for child in found if child not in self.started]
        return found

    def child(self, word: str) -> psutil.Process:
        """The one direct child with a word in its command line: server, worker, http.server."""

        def met() -> psutil.Process | None:
            below = psutil.Process(self.process.pid).children()
            alive = [child for child in below if child.status() != psutil.STATUS_ZOMBIE]
            return next((child for child in alive if word in child.cmdline()), None)

        return self.until(met, 20, word)

    def until(self, met: Callable[[], T | None], seconds: float, what: str) -> T:
        """Wait for something to be there; the logs are shown when it never is."""
        deadline = time.monotonic() + seconds
        while not (found := met()):
            if time.monotonic() > deadline:
                raise AssertionError(f"{what}: not within {seconds} s\n{tails(self.home)}")
            time.sleep(0.1)
        return found

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """What the server answers: to a POST with a body, to a GET without."""
        user, _, password = (self.home / "prefect.auth").read_text().partition(":")
        login = (user, password) if password else ("luoshu", user)
        url = f"http://127.0.0.1:{self.port}/api{path}"
        method = "GET" if body is None else "POST"
        answer = httpx.request(method, url, json=body, auth=login, timeout=60, trust_env=False)
        assert answer.is_success, f"{path}: {answer.status_code} {answer.text}\n{tails(self.home)}"
        return answer.json()

    def runs(self, deployment: str, *states: str) -> list[dict[str, Any]]:
        """The runs of a deployment, by when they are to start; of these states or of any."""
        wanted: dict[str, Any] = {"deployments": {"name": {"any_": [deployment]}}}
        if states:
            wanted["flow_runs"] = {"state": {"type": {"any_": [*states]}}}
        found: list[dict[str, Any]] = []
        while True:
            page = {"limit": 200, "offset": len(found), "sort": "EXPECTED_START_TIME_ASC"}
            found += (new := self.ask("/flow_runs/filter", wanted | page))
            if len(new) < 200:
                return found

    def stop(self, sign: signal.Signals = signal.SIGINT) -> int:
        """Ask it to stop as Ctrl-C does; how it ended."""
        self.process.send_signal(sign)
        return self.process.wait(STOP)

    def clean_up(self) -> None:
        """End whatever is left, whatever the test has done to it."""
        for child in self.children() if self.process.poll() is None else []:
            if child.is_running() and child.status() == "stopped":
                child.resume()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            try:
                self.stop()
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        for child in self.started:
            if child.is_running():
                child.kill()


def begin(home: Path, *options: str, port: int = 0, **settings: str) -> Machine:
    """Start `luoshu up` and do not wait."""
    home.mkdir(parents=True, exist_ok=True)
    port, output = port or free_port(), home / f"up-{time.monotonic_ns()}.out"
    with output.open("wb") as out:
        process = subprocess.Popen(
            [LUOSHU, "up", "--port", str(port), *options],
            env=environment(home, settings),
            cwd=home,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return Machine(home, port, settings, process, output)


def ready(machine: Machine) -> None:
    """Wait until it says that it is up."""

    def met() -> bool:
        assert machine.process.poll() is None, f"ended: {machine.said()}\n{tails(machine.home)}"
        return "Ctrl-C" in machine.said()

    machine.until(met, START, "up")
    machine.children()


@contextmanager
def running(home: Path, *options: str, **settings: str) -> Iterator[Machine]:
    """A machine that is up, and gone afterwards."""
    machine = begin(home, *options, **settings)
    try:
        ready(machine)
        yield machine
    finally:
        machine.clean_up()
