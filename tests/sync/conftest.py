"""A clock and an engine over each central store (see ``databases``)."""

import pytest
from asking import ServerClock, adviser

from advisor.sync.server.database import Central
from advisor.sync.server.engine import Engine
from databases import central, postgres, postgres_url

__all__ = ["central", "engine", "postgres", "postgres_url", "server_clock"]


@pytest.fixture
def server_clock() -> ServerClock:
    return ServerClock()


@pytest.fixture
def engine(central: Central, server_clock: ServerClock) -> Engine:
    made = Engine(central, server_clock.now)
    for device in "abc":
        made.admit(adviser(device))
    return made
