"""A network whose every wait ends: each read and write is cut at the deadline of the request.

A server that sends one byte now and then keeps a plain read timeout happy for ever.
"""

import ssl
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

Clock = Callable[[], float]


class Deadline:
    """The instant a request must be over; shared by the streams of one client."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._end = float("inf")

    def begin(self, seconds: float) -> None:
        """Give the request that begins now so many seconds."""
        self._end = self._clock() + seconds

    def left(self) -> float:
        """Return the seconds left, negative once over."""
        return self._end - self._clock()

    def within(self, timeout: float | None) -> float:
        """Return how long one wait may last; ReadTimeout when nothing is left."""
        left = self.left()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left if timeout is None else min(timeout, left)


class TimedStream(httpcore.NetworkStream):
    """A connection that gives up at the deadline."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what is there, waiting no longer than the deadline."""
        return self._inner.read(max_bytes, self._deadline.within(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write, waiting no longer than the deadline."""
        self._inner.write(buffer, self._deadline.within(timeout))

    def close(self) -> None:
        """Close the connection."""
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """Begin TLS, waiting no longer than the deadline."""
        wait = self._deadline.within(timeout)
        inner = self._inner.start_tls(ssl_context, server_hostname, wait)
        return TimedStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """Return what the connection knows of itself."""
        return self._inner.get_extra_info(info)


class TimedNetwork(httpcore.NetworkBackend):
    """Opens connections that give up at the deadline."""

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect, waiting no longer than the deadline."""
        wait = self._deadline.within(timeout)
        inner = self._inner.connect_tcp(host, port, wait, local_address, socket_options)
        return TimedStream(inner, self._deadline)
