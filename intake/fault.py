"""What stops a file from being read: a fault where it is found, the refusal that is told."""

from domain.errors import Refused


class Unreadable(Refused):
    """A file that was not read; the sentence names the file and says what to send instead."""


class Fault(Exception):
    """The same, raised where the file's name is not known: a catalogue key and its values."""

    def __init__(self, key: str, **values: object) -> None:
        self.key = key
        self.values = values
        super().__init__(key)

    def of(self, file: str) -> Unreadable:
        """The refusal of the file called ``file``."""
        return Unreadable(self.key, **{"file": file, **self.values})
