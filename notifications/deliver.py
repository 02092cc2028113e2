"""The one bridge from synchronous tasks to the ways of sending."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class TransportError(Exception):
    """A message that was not taken; ``permanent`` when trying again cannot help."""

    def __init__(self, code: str, *, permanent: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.permanent = permanent


@dataclass(frozen=True, slots=True)
class Envelope:
    """Frozen bytes on their way, under the key of their message."""

    key: str
    channel: str
    body: bytes


class Transport(Protocol):
    """One way to send."""

    async def send(self, envelope: Envelope) -> None:
        """Send, or raise TransportError."""


def deliver(transport: Transport, envelopes: Sequence[Envelope]) -> list[TransportError | None]:
    """Send every envelope; one failure never stops the rest. What went wrong with each."""
    return asyncio.run(_deliver(transport, envelopes))


async def _deliver(
    transport: Transport, envelopes: Sequence[Envelope]
) -> list[TransportError | None]:
    results: list[TransportError | None] = []
    for envelope in envelopes:
        try:
            await transport.send(envelope)
            results.append(None)
        except TransportError as error:
            results.append(error)
    return results
