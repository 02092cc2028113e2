"""The child processes of one machine: started in their own groups, stopped in order, no orphans."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PR_SET_PDEATHSIG = 1
PATIENCE = 20.0  # seconds a process gets to end by itself


@dataclass(frozen=True, slots=True)
class Child:
    """A running child; ``log`` holds what it prints."""

    name: str
    process: "subprocess.Popen[bytes]"
    log: Path

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self.process.poll() is None

    def stop(self, patience: float = PATIENCE) -> None:
        """End it and everything it started; a worker that hangs is asked again, then killed."""
        for sign in (signal.SIGTERM, signal.SIGTERM, signal.SIGKILL):
            if not self.alive:
                break
            self._signal(sign)
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                continue
        self._signal(signal.SIGKILL)  # what it may have left behind in its group

    def _signal(self, sign: signal.Signals) -> None:
        try:
            os.killpg(self.process.pid, sign)
        except ProcessLookupError:
            return


def end_flows(home: str) -> None:
    """End the flow runs a worker left behind: they run in sessions of their own."""
    marks = (f"LUOSHU_HOME={home}".encode(), b"PREFECT__FLOW_RUN_ID=")
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            told = (folder / "environ").read_bytes().split(b"\0")
            if all(any(entry.startswith(mark) for entry in told) for mark in marks):
                os.kill(int(folder.name), signal.SIGKILL)
        except OSError:
            continue  # it has ended, or is not ours


def start(name: str, command: Sequence[str], env: Mapping[str, str], logs: Path) -> Child:
    """Start a child in a group of its own; it dies with this process whatever happens to us."""
    log = logs / f"{name}.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )
    return Child(name, process, log)


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
