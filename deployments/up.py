"""Everything on one machine: Prefect server, worker and ledger files, watched until stopped."""

import fcntl
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import FrameType
from typing import TextIO

from deployments.environment import Address, environment
from deployments.prepare import prepare
from deployments.processes import Child, end_flows, start
from domain.errors import Refused
from domain.sentences import say
from settings import Settings

Say = Callable[[str], None]
SERVER_PATIENCE = 180.0  # seconds; a first start on a busy machine takes long


class Stopped(BaseException):
    """The operator, or the system, asked us to stop; no handler of errors may swallow it."""


@dataclass(slots=True)
class Machine:
    """The children of one installation, in the order they were started."""

    address: Address
    env: dict[str, str]
    children: list[Child] = field(default_factory=list)

    def start(self, name: str, *command: str) -> Child:
        """Start one more."""
        child = start(name, command, self.env, Settings().folder("logs"))
        self.children.append(child)
        return child

    def stop(self) -> None:
        """Stop them, last started first: the worker before the server it talks to."""
        while self.children:
            child = self.children.pop()
            child.stop()
            if child.name == "worker":
                end_flows(self.env["LUOSHU_HOME"])

    def watch(self) -> None:
        """Wait for a signal; a worker that ended is started again, any other end is an error."""
        while True:
            time.sleep(1)
            for child in [c for c in self.children if not c.alive]:
                if child.name != "worker":
                    raise Refused("up.ended", name=child.name, log=child.log)
                self.children.remove(child)
                start_worker(self)


@contextmanager
def machine(port: int, *, demo: bool, tell: Say) -> Iterator[Machine]:
    """A machine that runs: prepared, started, registered and planned; stopped at the end."""
    with only_instance() as lock, stopping_on_signals():
        port_file = Settings().folder() / "up.port"
        port_file.unlink(missing_ok=True)  # of one that was killed
        address = free_address(port)
        lock.write(say("up.lock", pid=os.getpid(), url=address.ui))
        lock.flush()
        tell(say("up.database"))
        prepare(datetime.now(UTC), demo=demo)
        env = environment(address)
        running = Machine(address, env)
        os.environ.update(env | {"PREFECT_LOGGING_LEVEL": "WARNING"})  # our terminal stays calm
        try:
            tell(say("up.server"))
            start_server(running)
            tell(say("up.register"))
            register(tell)
            start_worker(running)
            port_file.write_text(str(port), "utf-8")
            yield running
        finally:
            tell(say("up.stopping"))
            running.stop()
            port_file.unlink(missing_ok=True)
            tell(say("up.stopped"))


def start_server(running: Machine) -> None:
    """Start Prefect's server and the file server; wait until ours, and no other, answers."""
    port = str(running.address.port)
    server = running.start(
        "server", sys.executable, "-m", "deployments.server", "server", "start",
        "--host", "127.0.0.1", "--port", port,
    )  # fmt: skip
    running.start(
        "files", sys.executable, "-m", "http.server", str(running.address.files_port),
        "--bind", "127.0.0.1", "--directory", str(Settings().folder("served")),
    )  # fmt: skip
    deadline = time.monotonic() + SERVER_PATIENCE
    while not _answers():
        if not server.alive or time.monotonic() > deadline:
            raise Refused("up.no_server", log=server.log)
        time.sleep(0.5)


def _answers() -> bool:
    """Whether a server takes our login; one that is not ours does not."""
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        return client.api_healthcheck() is None and _login(client.read_work_pools)


def _login(read: Callable[[], object]) -> bool:
    try:
        read()
    except Exception:
        return False
    return True


def register(tell: Say) -> None:
    """Register every deployment and plan the weeks ahead."""
    from deployments.serve import register as register_all
    from flows.planner import ProgrammesBroken, planner

    register_all()
    try:
        planner()
    except ProgrammesBroken as broken:
        tell(say("up.broken", faults=broken))


def run_now(slug: str) -> None:
    """Ask the worker for a first run of every pipeline of a programme."""
    from tasks import plans

    for pipeline in plans.pipelines():
        if pipeline.programme == slug:
            plans.run_if_idle(pipeline, say("simulate.first"))


def start_worker(running: Machine) -> None:
    """Start the worker; without a limit of its own, which would kill it (docs/decisions/0006)."""
    from deployments.serve import POOL

    running.start(
        "worker", sys.executable, "-m", "prefect", "worker", "start", "--pool", POOL,
        "--type", "process", "--name", POOL,
    )  # fmt: skip


def free_address(port: int) -> Address:
    """The two ports to listen on, or Refused naming the one that is taken."""
    address = Address(port)
    if not 0 < port < 65535:
        raise Refused("up.bad_port", port=port)
    for number in (address.port, address.files_port):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", number))
            except OSError:
                raise Refused("up.port_taken", port=number, other=port + 10) from None
    return address


@contextmanager
def only_instance() -> Iterator[TextIO]:
    """Hold the data folder: a second instance on it is refused, naming the first."""
    path = Settings().folder() / "up.lock"
    with path.open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise Refused("up.second", home=path.parent, first=lock.read()) from None
        lock.truncate(0)
        yield lock


@contextmanager
def stopping_on_signals() -> Iterator[None]:
    """Turn Ctrl-C, a hang-up and a polite kill into Stopped, once; a second one changes nothing."""
    asked = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if not asked:
            asked = True
            raise Stopped

    before = {s: signal.signal(s, stop) for s in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
