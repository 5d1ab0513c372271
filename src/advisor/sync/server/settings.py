"""What a central store allows itself: sizes, rates, patience. One value, given at the start."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from advisor.store.identifiers import Clock, utc_now

Log = Callable[[Mapping[str, Any]], None]


def quiet(_line: Mapping[str, Any]) -> None:
    """Write no log."""


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """Sizes are bytes, rates what the library ``limits`` reads, patience seconds.

    ``proxies`` are the addresses whose word is taken for who is calling (empty: nobody's).
    """

    most_body: int = 8 << 20
    most_unzipped: int = 64 << 20
    most_depth: int = 40
    most_ops: int = 5000
    most_envelopes: int = 100
    device_rate: str = "1200/minute"
    refusal_rate: str = "30/minute"
    enrol_rate: str = "30/minute"
    first_words: float = 20.0  # for a new connection to say what it wants
    between_words: float = 30.0  # between two pieces of a body
    whole_body: float = 300.0
    last_answers: int = 20  # to finish what runs, when told to stop
    workers: int = 16  # answers worked out at the same time
    most_connections: int = 2000
    open_metrics: bool = False  # else told to this very computer only
    proxies: str = ""
    log: Log = quiet
    now: Clock = utc_now
