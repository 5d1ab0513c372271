"""A connection that must soon say what it wants: silent ones are closed, so they cannot pile up."""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol


def hasty(seconds: float) -> type[H11Protocol]:
    """Return uvicorn's protocol, with ``seconds`` for the first request of a connection."""

    class Hasty(H11Protocol):
        _silence: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self._silence = self.loop.call_later(seconds, self._give_up)

        def connection_lost(self, exc: Exception | None) -> None:
            self._stop_waiting()
            super().connection_lost(exc)

        def handle_events(self) -> None:
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

    made: Any = Hasty
    return made  # type: ignore[no-any-return]
