"""Messages as files: .eml for mail, .txt for SMS. The only transport a demonstration has."""

from dataclasses import dataclass
from pathlib import Path

from notifications.deliver import Envelope, TransportError

SUFFIX = {"email": ".eml", "sms": ".txt"}


@dataclass(frozen=True, slots=True)
class Folder:
    """Writes each message into a folder a channel; the same message again is the same file."""

    root: Path

    async def send(self, envelope: Envelope) -> None:
        folder = self.root / envelope.channel
        path = folder / (envelope.key + SUFFIX[envelope.channel])
        half = path.with_suffix(".part")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            half.write_bytes(envelope.body)
            half.replace(path)
        except OSError as error:
            raise TransportError(f"folder-{error.errno}") from error
