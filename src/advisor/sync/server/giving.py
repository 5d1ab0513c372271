"""Gives pages of records in rank order, within the rights of the device that asks."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from advisor.domain.cases.synced import Bucket, Life
from advisor.sync.messages import Page, Pull, Receipt
from advisor.sync.policies import RULES
from advisor.sync.server import records, tables
from advisor.sync.server.receiving import receipt_of
from advisor.sync.server.rights import Rights

MOST = 1000  # records in one page, whatever is asked
_record = tables.record


def too_old(connection: sa.Connection, pull: Pull) -> bool:
    """Tell whether tombstones after that cursor are gone, or the cursor is from another life."""
    if pull.bucket is not None:
        return False
    lost = records.floor(connection)
    since = pull.cursor if pull.snapshot is None else pull.snapshot
    return since < lost or max(since, pull.cursor) > records.head(connection)


def page_of(connection: sa.Connection, rights: Rights, pull: Pull) -> Page:
    """Return the page after the cursor; the last one brings the digest of the whole scope."""
    limit = max(1, min(pull.limit, MOST))
    rows = list(_rows(connection, rights, pull, limit + 1))
    more = len(rows) > limit
    rows = rows[:limit]
    states = tuple(records.state_of(row) for row in rows)
    cursor = rows[-1].seq if more else max(pull.cursor, records.head(connection))
    if pull.bucket is not None:
        return Page(states, cursor, more)
    replayed = _replayed(connection, rights, pull.cursor, cursor)
    return Page(states, cursor, more, None if more else digest(connection, rights), replayed)


def _rows(connection: sa.Connection, rights: Rights, pull: Pull, limit: int) -> Sequence[Any]:
    query = _record.select().where(_record.c.seq > pull.cursor, rights.visible())
    if pull.bucket is not None:
        entity, departement = pull.bucket
        if entity not in RULES or not rights.sees(entity, departement):
            return ()
        query = query.where(_record.c.entity == entity, _record.c.departement == departement)
    return connection.execute(query.order_by(_record.c.seq).limit(limit)).all()


def _replayed(
    connection: sa.Connection, rights: Rights, after: int, until: int
) -> tuple[Receipt, ...]:
    table = tables.receipt
    query = (
        table.select()
        .where(table.c.device == rights.device, table.c.replayed > after)
        .where(table.c.replayed <= until)
        .order_by(table.c.replayed)
    )
    return tuple(receipt_of(row) for row in connection.execute(query))


def digest(connection: sa.Connection, rights: Rights) -> tuple[Bucket, ...]:
    """Return how much of each kind lives in each département the device sees."""
    kind, place = _record.c.entity, _record.c.departement
    query = (
        sa.select(kind, place, sa.func.count(), sa.func.sum(_record.c.mark))
        .where(_record.c.life == Life.LIVE.value, rights.visible())
        .group_by(kind, place)
        .order_by(kind, place)
    )
    return tuple(Bucket(row[0], row[1], row[2], int(row[3])) for row in connection.execute(query))
