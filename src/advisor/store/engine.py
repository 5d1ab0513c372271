"""The SQLAlchemy engine over the ciphered file.

Writers begin with ``BEGIN IMMEDIATE`` so that a unit of work never fails half-way for a lock;
readers ask for a plain ``BEGIN`` through the ``reading`` execution option.
"""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from advisor.store.cipher import connect, prepare


def make_engine(path: Path, key: bytearray) -> sa.Engine:
    """Return an engine whose every connection is keyed, durable and checks its references.

    ``key`` is kept by reference: once wiped, no new connection opens.
    """

    def creator() -> Any:
        connection = connect(path, key)
        prepare(connection)
        return connection

    engine = sa.create_engine("sqlite://", module=dbapi2, creator=creator, poolclass=QueuePool)

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine
