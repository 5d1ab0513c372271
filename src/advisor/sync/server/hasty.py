"""A connection that must soon say what it wants: silent ones are closed, so they cannot pile up.

When there are too many all the same, each is told so in the one shape of a failure.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from advisor.sync.server.refusals import unavailable


class Hasty(H11Protocol):
    """uvicorn's protocol, with ``patience`` seconds for the first request of a connection."""

    patience = 20.0
    _silence: asyncio.TimerHandle | None = None

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        # Kept from uvicorn, which would answer in plain English.
        self._most, self.limit_concurrency = self.limit_concurrency, None
        self._whole = self.app

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start waiting for a first request."""
        super().connection_made(transport)
        self._silence = self.loop.call_later(self.patience, self._give_up)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop_waiting()
        super().connection_lost(exc)

    def handle_events(self) -> None:
        """Stop waiting once a first request is read."""
        crowded = self._most is not None and len(self.connections) >= self._most
        self.app = _crowded if crowded else self._whole
        super().handle_events()
        if self._began():
            self._stop_waiting()

    def _give_up(self) -> None:
        if not self._began() and not self.transport.is_closing():
            self.transport.close()

    def _began(self) -> bool:
        cycle: Any = self.cycle  # None until a first request is read
        return cycle is not None

    def _stop_waiting(self) -> None:
        if self._silence is not None:
            self._silence.cancel()
            self._silence = None


async def _crowded(scope: Any, receive: Any, send: Any) -> None:
    """Answer that there is no room, and when to come back."""
    await unavailable()(scope, receive, send)


def hasty(seconds: float) -> type[H11Protocol]:
    """Return the protocol with that patience."""
    return type("Hasty", (Hasty,), {"patience": seconds})
