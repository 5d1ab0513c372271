"""Gives pages of records in rank order, within the rights of the device that asks."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from advisor.domain.cases.synced import Bucket, Life
from advisor.store.prepared import Prepared
from advisor.sync.messages import Page, Pull, Receipt
from advisor.sync.policies import RULES
from advisor.sync.server import records, tables
from advisor.sync.server.receipts import receipt_of
from advisor.sync.server.rights import VISIBLE, Rights

MOST = 1000  # records in one page, whatever is asked
_record, _receipt = tables.record, tables.receipt
_PAGE = (
    _record.select()
    .where(_record.c.seq > sa.bindparam("after"), VISIBLE)
    .order_by(_record.c.seq)
    .limit(sa.bindparam("most", type_=sa.Integer))
)
_AFTER = Prepared(_PAGE)
_OF_BUCKET = Prepared(
    _PAGE.where(
        _record.c.entity == sa.bindparam("of_kind"),
        _record.c.departement == sa.bindparam("of_place"),
    )
)
_REPLAYED = Prepared(
    _receipt.select()
    .where(_receipt.c.device == sa.bindparam("of_device"))
    .where(_receipt.c.replayed > sa.bindparam("after"))
    .where(_receipt.c.replayed <= sa.bindparam("until"))
    .order_by(_receipt.c.replayed)
)
_DIGEST = Prepared(
    sa.select(_record.c.entity, _record.c.departement, sa.func.count(), sa.func.sum(_record.c.mark))
    .where(_record.c.life == Life.LIVE.value, VISIBLE)
    .group_by(_record.c.entity, _record.c.departement)
    .order_by(_record.c.entity, _record.c.departement)
)


def too_old(pull: Pull, head: int, floor: int) -> bool:
    """Tell whether tombstones after that cursor are gone, or the cursor is from another life."""
    if pull.bucket is not None:
        return False
    since = pull.cursor if pull.snapshot is None else pull.snapshot
    return since < floor or max(since, pull.cursor) > head


def page_of(connection: sa.Connection, rights: Rights, pull: Pull, head: int) -> Page:
    """Return the page after the cursor; the last one brings the digest of the whole scope.

    ``head`` is the last rank of the instant that is read.
    """
    limit = max(1, min(pull.limit, MOST))
    rows = list(_rows(connection, rights, pull, limit + 1))
    more = len(rows) > limit
    rows = rows[:limit]
    states = tuple(records.state_of(records.line_of(row)) for row in rows)
    cursor = rows[-1].seq if more else max(pull.cursor, head)
    if pull.bucket is not None:
        return Page(states, cursor, more)
    replayed = _replayed(connection, rights, pull.cursor, cursor)
    return Page(states, cursor, more, None if more else digest(connection, rights), replayed)


def _rows(connection: sa.Connection, rights: Rights, pull: Pull, limit: int) -> Sequence[Any]:
    wanted = {"after": pull.cursor, "most": limit, **rights.scope()}
    if pull.bucket is None:
        return _AFTER.rows(connection, wanted)
    entity, departement = pull.bucket
    if entity not in RULES or not rights.sees(entity, departement):
        return ()
    place = {"of_kind": entity, "of_place": departement}
    return _OF_BUCKET.rows(connection, {**wanted, **place})


def _replayed(
    connection: sa.Connection, rights: Rights, after: int, until: int
) -> tuple[Receipt, ...]:
    between = {"of_device": rights.device, "after": after, "until": until}
    return tuple(receipt_of(row) for row in _REPLAYED.rows(connection, between))


def digest(connection: sa.Connection, rights: Rights) -> tuple[Bucket, ...]:
    """Return how much of each kind lives in each département the device sees."""
    rows = _DIGEST.rows(connection, rights.scope())
    return tuple(Bucket(row[0], row[1], row[2], int(row[3])) for row in rows)
