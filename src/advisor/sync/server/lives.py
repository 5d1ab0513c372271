"""The lives of a database: restored from a copy, it forgets, and its ranks begin to mean others.

Every device names the life it knows. When another one runs, the device is told from which rank
on nothing is shared, and what is still known of it; it then offers again what was forgotten.
A life is tied to the ``body`` it runs in, which a copy laid elsewhere or again does not share.
"""

import os
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from advisor.store.identifiers import instant_text
from advisor.store.prepared import Prepared
from advisor.sync.messages import Exchange, Reply, Trouble
from advisor.sync.server import audit, records, tables
from advisor.sync.server.audit import Act
from advisor.sync.server.database import Central

NAME_BYTES = 8
_life, _incarnation = tables.life, tables.incarnation
_CURRENT = Prepared(_life.select().order_by(_life.c.n.desc()).limit(1))
_SINCE = sa.select(sa.func.min(_life.c.since)).where(
    _life.c.n > sa.select(_life.c.n).where(_life.c.id == sa.bindparam("known")).scalar_subquery()
)
_HELD = sa.select(_incarnation.c.id, _incarnation.c.highest).where(
    _incarnation.c.device == sa.bindparam("of_device")
)
_BODY = (
    "SELECT (SELECT oid FROM pg_database WHERE datname = current_database())"
    " || '/' || 'record'::regclass::oid"
)
_CLUSTER = (
    "SELECT CASE WHEN has_function_privilege('pg_control_system()', 'execute')"
    " THEN (SELECT system_identifier::text FROM pg_control_system()) ELSE '' END"
)
_TIMELINE = (
    "SELECT CASE WHEN has_function_privilege('pg_control_checkpoint()', 'execute')"
    " THEN (SELECT timeline_id::text FROM pg_control_checkpoint()) ELSE '' END"
)


def current(connection: sa.Connection) -> str:
    """Return the name of the life that runs."""
    return str(_CURRENT.first(connection).id)


def notice(central: Central, now: datetime) -> bool:
    """Begin a new life when the database stands in another body than before; True if it did."""
    with central.writing() as connection:
        held, body = _CURRENT.first(connection), _body(connection)
        if held.body == body:
            return False
        if not held.body:
            connection.execute(_life.update().where(_life.c.n == held.n).values(body=body))
            return False
        _begin(connection, held.n + 1, body, now)
        return True


def begin(central: Central, now: datetime) -> None:
    """Begin a new life because somebody says that the database was restored."""
    with central.writing() as connection:
        _begin(connection, _CURRENT.first(connection).n + 1, _body(connection), now)


def told_of_another(connection: sa.Connection, question: Exchange) -> Reply | None:
    """Return what a device must hear that knows another life than this one, else None."""
    if not question.life:
        return None
    life = current(connection)
    if question.life == life:
        return None
    since = connection.execute(_SINCE, {"known": question.life}).scalar()
    held = {row.id: row.highest for row in connection.execute(_HELD, _of(question))}
    head = records.head(connection)
    return Reply(trouble=Trouble.RESTORED, head=head, life=life, since=since or 0, held=held)


def _of(question: Exchange) -> dict[str, Any]:
    return {"of_device": question.device}


def _begin(connection: sa.Connection, n: int, body: str, now: datetime) -> None:
    since, at = records.head(connection), instant_text(now)
    named = {"n": n, "id": os.urandom(NAME_BYTES).hex(), "since": since, "began_at": at}
    connection.execute(_life.insert().values(**named, body=body))
    audit.note(connection, at, Act.RESTORE, "", life=n, since=since)


def _body(connection: sa.Connection) -> str:
    """Return what names the place of this very database: a copy has another one."""
    if connection.dialect.name == "postgresql":
        queries = (_CLUSTER, _TIMELINE, _BODY)
        return "/".join(str(connection.exec_driver_sql(one).scalar()) for one in queries)
    seen = Path(str(connection.engine.url.database)).stat()
    return f"{seen.st_dev}/{seen.st_ino}"
