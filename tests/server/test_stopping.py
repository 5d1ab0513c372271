"""A server told to stop finishes what runs; one that is full says so as it says everything."""

import threading
from pathlib import Path

import httpx
import pytest

from advisor.sync.server import lives
from advisor.sync.server.app import RunningServer
from advisor.sync.server.database import Central
from advisor.sync.server.settings import ServerSettings


@pytest.fixture
def lite(tmp_path: Path) -> Central:
    opened = Central(f"sqlite:///{tmp_path / 'central.db'}")
    opened.migrate()
    return opened


def test_what_runs_when_it_is_told_to_stop_is_answered(
    lite: Central, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on, heard = threading.Event(), threading.Event(), []
    server = RunningServer(lite)
    url = server.start()
    revision = lite.revision

    def slow() -> tuple[str | None, str]:
        begun.set()
        assert go_on.wait(60)
        return revision()

    monkeypatch.setattr(lite, "revision", slow)
    asking = threading.Thread(target=lambda: heard.append(httpx.get(f"{url}/health", timeout=90)))
    asking.start()
    assert begun.wait(60)
    stopping = threading.Thread(target=server.stop)
    stopping.start()
    go_on.set()
    asking.join()
    stopping.join()
    assert [one.status_code for one in heard] == [200]
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{url}/health", timeout=30)
    with lite.reading() as connection:
        assert lives.current(connection)
    lite.close()


def test_a_server_that_is_full_says_so_in_french_and_when_to_come_back(lite: Central) -> None:
    with RunningServer(lite, ServerSettings(most_connections=1)) as server:
        answer = httpx.get(f"{server.url}/health", timeout=60)
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "unavailable")
    assert answer.headers["retry-after"].isdigit()
    lite.close()
