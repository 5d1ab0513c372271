"""What the store asks of the world around it, so that tests can stand in for it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from advisor.store.identifiers import Clock, utc_now
from advisor.store.keys import TUNED, Cost
from advisor.store.migrating import FOLDER


@dataclass(slots=True)
class Surroundings:
    """What tests replace: clock, passing of time, cost of a guess, keyrings, migrations."""

    now: Clock = utc_now
    seconds: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    cost: Cost = TUNED
    keyrings: tuple[str, ...] = ()
    migrations: Path = FOLDER
