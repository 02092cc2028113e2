"""The process in which files are read: few rights, little memory, and nothing worth stealing.

    python -m intake.worker BYTES SECONDS

Takes length, name, length and content from its input and gives length and answer to its output,
until the input ends. It is meant to be killed at any time; ``sandbox`` starts the next one.
"""

import gc
import os
import signal
import struct
import sys
from typing import BinaryIO

import confined

READY = b"ready"  # said once, so that a fault of the installation is not taken for one of a file
LENGTH = struct.Struct(">Q")
PIPE = 65536  # bytes a pipe holds: most files come in one piece
FILES = 32  # open at once
GRACE = 5  # seconds after which it ends by itself what nobody has ended: the parent may be gone


def main() -> None:
    """Serve files until there are no more."""
    memory, seconds = map(int, sys.argv[1:])
    requests, answers = os.fdopen(os.dup(0), "rb", PIPE), os.fdopen(os.dup(1), "wb", PIPE)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):  # whatever a reader prints must not become an answer
        os.dup2(nowhere, stream)
    from intake import wire, workbook  # while files may still be opened
    from intake.fault import Unreadable

    confined.limit(memory, files=FILES)
    gc.freeze()
    gc.disable()  # looked for between two files instead, when nobody waits
    answers.write(READY)
    answers.flush()
    while (name := _taken(requests)) is not None:
        content = _taken(requests) or b""
        _alarm(seconds + GRACE)
        try:
            answer = wire.pack(workbook.read(name.decode(), content))
        except Unreadable as refusal:
            answer = wire.pack(refusal)
        _alarm(0)
        answers.write(LENGTH.pack(len(answer)) + answer)
        answers.flush()
        del answer, content
        gc.collect(0)  # nothing of a file lives on


def _taken(stream: BinaryIO) -> bytes | None:
    """What comes next; None at the end."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    return stream.read(length)


def _alarm(seconds: int) -> None:
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)  # unhandled, it ends the process even inside a reader


if __name__ == "__main__":
    main()
