"""Identifiers and instants made on this device: UUIDv7 text and UTC instants.

Knows neither tables nor the journal.
"""

import secrets
import threading
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]

_lock = threading.Lock()
_last = 0


def utc_now() -> datetime:
    """Return the present instant, in UTC."""
    return datetime.now(UTC)


def instant_text(instant: datetime) -> str:
    """Return ``instant`` as sortable ISO text in UTC, with microseconds and ``Z``."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def instant(text: str) -> datetime:
    """Return the UTC instant written by ``instant_text``; ValueError on another shape."""
    return datetime.fromisoformat(text).astimezone(UTC)


def new_id() -> str:
    """Return a UUIDv7 (RFC 9562) as text, increasing within this process.

    48 bits of milliseconds, then a 12-bit fraction of the millisecond that never goes back.
    """
    global _last  # noqa: PLW0603 - one monotonic counter for the process
    with _lock:
        ticks = max(time.time_ns() * 4096 // 1_000_000, _last + 1)
        _last = ticks
    high = (ticks >> 12) & ((1 << 48) - 1)
    value = (high << 80) | (0x7 << 76) | ((ticks & 0xFFF) << 64) | (0b10 << 62)
    return str(uuid.UUID(int=value | secrets.randbits(62)))
