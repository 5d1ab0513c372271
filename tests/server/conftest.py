"""A central store answering over HTTP, on each database, and the devices that speak to it."""

from collections.abc import Iterator

import httpx
import pytest
from asking import ServerClock
from speaking import Post, Posts

from advisor.sync.server.app import RunningServer
from advisor.sync.server.database import Central
from advisor.sync.server.settings import ServerSettings
from databases import central, postgres, postgres_url

__all__ = ["central", "postgres", "postgres_url"]


@pytest.fixture
def server_clock() -> ServerClock:
    return ServerClock()


@pytest.fixture
def settings(server_clock: ServerClock) -> ServerSettings:
    return ServerSettings(now=server_clock.now)


@pytest.fixture
def web(central: Central, settings: ServerSettings) -> Iterator[httpx.Client]:
    with (
        RunningServer(central, settings) as server,
        httpx.Client(base_url=server.url, timeout=60) as client,
    ):
        yield client


@pytest.fixture
def posts(central: Central, web: httpx.Client, server_clock: ServerClock) -> Posts:
    return Posts(central, web, server_clock.now)


@pytest.fixture
def seine(posts: Posts) -> Post:
    """Return a device of the département 77."""
    return posts.enrol("77")
