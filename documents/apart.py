"""A sender's file is marked in a process of its own: one that runs wild costs only its copy.

    python -m documents.apart BYTES SECONDS

takes the report as JSON and the file from its input and gives the marked copy to its output.
"""

import json
import subprocess
import sys
from dataclasses import asdict
from tempfile import TemporaryDirectory
from typing import Any

import confined
from documents.markup import Unmarkable, marked
from documents.remarks import Remark, Returned

MOST_WRITTEN = 512 * 2**20  # openpyxl writes each sheet to a file of its own first
MOST_SECONDS = 60


def marked_apart(content: bytes, returned: Returned, seconds: int = MOST_SECONDS) -> bytes:
    """The marked copy of an .xlsx that has passed the preflight; see ``markup.marked``.

    Raises Unmarkable, also when it takes too long or too much memory.
    """
    head = json.dumps(asdict(returned)).encode()
    with TemporaryDirectory() as scratch:  # what is left behind goes with it
        try:
            done = subprocess.run(
                confined.command("documents.apart", confined.MOST_MEMORY, seconds),
                input=head + b"\n" + content,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=seconds,
                check=True,
                env=confined.environment() | {"TMPDIR": scratch},
                start_new_session=True,  # what is typed at the terminal is not meant for it
            )
        except (subprocess.SubprocessError, OSError) as error:
            raise Unmarkable(type(error).__name__) from error
    return done.stdout


def main() -> None:
    """Mark the one file that is given; ends with 1 when it cannot be marked."""
    memory, seconds = map(int, sys.argv[1:])
    confined.limit(memory, MOST_WRITTEN, seconds=seconds)
    head, _, content = sys.stdin.buffer.read().partition(b"\n")
    try:
        copy = marked(content, _returned(json.loads(head)))
    except Exception:  # whatever it is, there is no copy
        sys.exit(1)
    sys.stdout.buffer.write(copy)


def _returned(told: dict[str, Any]) -> Returned:
    remarks = [Remark(**remark) for remark in told.pop("remarks")]
    return Returned(**told, remarks=remarks)


if __name__ == "__main__":
    main()
