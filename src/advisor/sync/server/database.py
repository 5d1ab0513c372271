"""Opens the database of the central store and gives its two kinds of transactions.

A writing transaction holds the one row of ranks from its first statement to its commit: ranks
are committed in their order, so a reader who saw rank N will never meet a smaller one later.
A reading transaction sees one instant: SQLite always does, PostgreSQL in REPEATABLE READ.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from advisor.store import migrating
from advisor.sync.server import tables

FOLDER = Path(__file__).parent / "migrations"


class Central:
    """The database of a central store, at an SQLAlchemy URL (PostgreSQL or SQLite)."""

    def __init__(self, url: str | sa.URL) -> None:
        self.engine = sa.create_engine(url)
        self._lite = self.engine.dialect.name == "sqlite"
        if self._lite:
            _durable(self.engine)

    def migrate(self) -> None:
        """Bring the tables to the shape this version works with."""
        with self.engine.begin() as connection:
            migrating.refuse_newer(migrating.revision(connection), FOLDER)
            migrating.upgrade(connection, FOLDER)

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Give the only transaction that writes at this moment."""
        with self.engine.begin() as connection:
            if not self._lite:
                connection.execute(sa.select(tables.rank.c.id).with_for_update())
            yield connection

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a transaction that sees one instant and blocks nobody."""
        level = None if self._lite else "REPEATABLE READ"
        with self.engine.connect() as connection:
            options = {"isolation_level": level} if level else {}
            with connection.execution_options(reading=True, **options).begin():
                yield connection

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def _durable(engine: sa.Engine) -> None:
    @sa.event.listens_for(engine, "connect")
    def prepare(connection: object, _record: object) -> None:
        connection.isolation_level = None  # type: ignore[attr-defined]
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000"):
            connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
