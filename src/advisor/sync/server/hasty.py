"""A connection that must soon say what it wants: silent ones are closed, so they cannot pile up."""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol


class Hasty(H11Protocol):
    """uvicorn's protocol, with ``patience`` seconds for the first request of a connection."""

    patience = 20.0
    _silence: asyncio.TimerHandle | None = None

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


def hasty(seconds: float) -> type[H11Protocol]:
    """Return the protocol with that patience."""
    return type("Hasty", (Hasty,), {"patience": seconds})
