"""Files are read in limited processes: one that is killed, hangs or gives up costs only its file.

A process serves many files, for starting one costs more than reading one.
"""

import os
import select
import subprocess
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from queue import SimpleQueue
from types import TracebackType
from typing import Self

import confined
from domain.errors import Refused
from domain.grid import Workbook
from intake import limits, wire
from intake.fault import Unreadable
from intake.worker import LENGTH, READY

MOST_SECONDS = 20  # for one file, and for the start of a process
MOST_ANSWER = 512 * limits.MB
CHUNK = limits.MB
WORKERS = 2
Answer = Workbook | Unreadable


class Reader:
    """Reads one file after another in a process of its own; not for several threads at once."""

    def __init__(self, seconds: int = MOST_SECONDS, memory: int = confined.MOST_MEMORY) -> None:
        self._seconds = seconds
        self._memory = memory
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def read(self, name: str, content: bytes) -> Answer:
        """The workbook in a file, or why it is not read; never raises for what is in it.

        Raises Refused when no process can be started: then the installation is broken.
        """
        process = self._running()
        deadline = time.monotonic() + self._seconds
        try:
            called = name.encode(errors="replace")
            parts = (LENGTH.pack(len(called)), called, LENGTH.pack(len(content)), content)
            _send(process, b"".join(parts), deadline)
            (length,) = LENGTH.unpack(_received(process, LENGTH.size, deadline))
            return wire.unpack(_received(process, length, deadline))
        except TimeoutError:
            refusal = Unreadable("sandbox.slow", file=name, most=self._seconds)
        except Exception:  # it ended, or whatever an answer that is none may lead to
            refusal = Unreadable("sandbox.broken", file=name)
        except BaseException:
            self._end()  # or the answer would be taken for that of the next file
            raise
        self._end()
        return refusal

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = _started(self._memory, self._seconds)
            try:
                _received(self._process, len(READY), time.monotonic() + MOST_SECONDS)
            except (TimeoutError, EOFError):
                self._end()
                raise Refused("sandbox.no_reader") from None
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()  # closes the pipes, and leaves no dead process behind


def read_all(files: Iterable[tuple[str, bytes]], workers: int = WORKERS) -> Iterator[Answer]:
    """Every file in turn, several side by side; few are in memory at a time."""
    with ExitStack() as stack:
        idle: SimpleQueue[Reader] = SimpleQueue()
        for _ in range(workers):
            idle.put(stack.enter_context(Reader()))
        pool = stack.enter_context(ThreadPoolExecutor(workers))
        waiting: deque[Future[Answer]] = deque()
        for name, content in files:
            waiting.append(pool.submit(_lent, idle, name, content))
            if len(waiting) > 2 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _lent(idle: "SimpleQueue[Reader]", name: str, content: bytes) -> Answer:
    reader = idle.get()
    try:
        return reader.read(name, content)
    finally:
        idle.put(reader)


def _started(memory: int, seconds: int) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen(
        confined.command("intake.worker", memory, seconds),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        env=confined.environment(),
        start_new_session=True,  # what is typed at the terminal is not meant for it
    )
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            os.set_blocking(pipe.fileno(), False)
    return process


def _send(process: "subprocess.Popen[bytes]", part: bytes, deadline: float) -> None:
    assert process.stdin is not None
    rest, pipe = memoryview(part), process.stdin.fileno()
    while rest:
        try:
            rest = rest[os.write(pipe, rest[:CHUNK]) :]
        except BlockingIOError:
            _wait(pipe, select.POLLOUT, deadline)


def _received(process: "subprocess.Popen[bytes]", length: int, deadline: float) -> bytes:
    assert process.stdout is not None
    if length > MOST_ANSWER:
        raise EOFError
    parts, pipe = [], process.stdout.fileno()
    while length:
        try:
            parts.append(os.read(pipe, min(length, CHUNK)))
        except BlockingIOError:
            _wait(pipe, select.POLLIN, deadline)
            continue
        if not parts[-1]:
            raise EOFError  # the process ended
        length -= len(parts[-1])
    return b"".join(parts)


def _wait(pipe: int, event: int, deadline: float) -> None:
    ready = select.poll()
    ready.register(pipe, event)
    if not ready.poll(max(0, deadline - time.monotonic()) * 1000):
        raise TimeoutError
