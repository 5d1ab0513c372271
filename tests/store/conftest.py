"""A home, and a vault whose cost of guessing is the lowest allowed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from case_home import ADVISER, PASSPHRASE, Clock

from advisor.config import Home
from advisor.store.keys import FLOOR
from advisor.store.surroundings import Surroundings
from advisor.store.vault import Vault, open_vault


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def around(clock: Clock) -> Surroundings:
    return Surroundings(now=clock.now, seconds=clock.seconds, sleep=clock.sleep, cost=FLOOR)


@pytest.fixture
def vault(home: Home, around: Surroundings) -> Iterator[Vault]:
    opened = open_vault(home, PASSPHRASE, around=around)
    with opened.write() as work:
        work.settings.keep_adviser(ADVISER)
    yield opened
    opened.close()
