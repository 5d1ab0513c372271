"""Opens the database of the central store and gives its two kinds of transactions.

A writing transaction holds the one row of ranks from its first statement to its commit: ranks
are committed in their order, so a reader who saw rank N will never meet a smaller one later.
A reading transaction sees one instant: SQLite always does, PostgreSQL in REPEATABLE READ.
Writers of one process take turns on SQLite; those of several wait for each other's locks.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from advisor.store import migrating
from advisor.sync.server import tables

FOLDER = Path(__file__).parent / "migrations"
POOL = 12  # connections kept; as many again under load
LONGEST_WAIT = 30  # seconds for a connection or for a turn to write


class Central:
    """The database of a central store, at an SQLAlchemy URL (PostgreSQL or SQLite)."""

    def __init__(self, url: str | sa.URL) -> None:
        self.engine = sa.create_engine(
            url,
            hide_parameters=True,  # what was typed never reaches a log
            pool_size=POOL,
            max_overflow=POOL,
            pool_timeout=LONGEST_WAIT,
            pool_pre_ping=True,
        )
        self.lite = self.engine.dialect.name == "sqlite"
        self._turn = threading.Lock()
        self._to_empty = False
        if self.lite:
            _durable(self.engine)

    def migrate(self) -> None:
        """Bring the tables to the shape this version works with."""
        with self.engine.begin() as connection:
            migrating.refuse_newer(migrating.revision(connection), FOLDER)
            migrating.upgrade(connection, FOLDER)
        self.engine.dispose()  # what a connection was allowed may have changed

    def revision(self) -> tuple[str | None, str]:
        """Return the shape the tables have, None for an empty database, and the one expected."""
        with self.reading() as connection:
            return migrating.revision(connection), migrating.head(FOLDER)

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Give the only transaction that writes records at this moment."""
        with self.noting() as connection:
            if not self.lite:
                connection.execute(sa.select(tables.rank.c.id).with_for_update())
            yield connection

    @contextmanager
    def noting(self) -> Iterator[sa.Connection]:
        """Give a transaction that writes but takes no rank, beside the one that does."""
        with self._my_turn():
            with self.engine.begin() as connection:
                yield connection
            if self._to_empty:
                self._empty_log()

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a transaction that sees one instant and blocks nobody."""
        level = None if self.lite else "REPEATABLE READ"
        with self.engine.connect() as connection:
            options = {"isolation_level": level} if level else {}
            with connection.execution_options(reading=True, **options).begin():
                yield connection

    def leave_no_trace(self) -> None:
        """Take what this transaction erases out of SQLite's log too, after its commit.

        A reader may hold the log: then the next transactions try again. PostgreSQL's own log
        and dead rows are its administrator's (see ``docs/central.md``).
        """
        self._to_empty = self.lite

    def _empty_log(self) -> None:
        with self.engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            assert raw is not None, "a connection from the pool is open"  # noqa: S101
            cursor = raw.cursor()
            cursor.execute("PRAGMA busy_timeout=0")
            try:
                busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                self._to_empty = bool(busy)
            except sqlite3.OperationalError:
                return
            finally:
                cursor.execute(f"PRAGMA busy_timeout={LONGEST_WAIT * 1000}")

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    @contextmanager
    def _my_turn(self) -> Iterator[None]:
        """Wait for the other writers of this process, on SQLite only."""
        if not self.lite:
            yield
            return
        if not self._turn.acquire(timeout=LONGEST_WAIT):
            raise sa.exc.TimeoutError("no turn to write")
        try:
            yield
        finally:
            self._turn.release()


def _durable(engine: sa.Engine) -> None:
    @sa.event.listens_for(engine, "connect")
    def prepare(connection: object, _record: object) -> None:
        connection.isolation_level = None  # type: ignore[attr-defined]
        wait = f"busy_timeout={LONGEST_WAIT * 1000}"
        for pragma in (wait, "journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
