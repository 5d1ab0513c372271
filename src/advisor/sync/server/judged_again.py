"""Judges again what came before the record it speaks of, as soon as that record is there.

A change carried by file may reach the central store before what its author had seen was sent.
"""

from collections.abc import Sequence

import sqlalchemy as sa

from advisor.sync.messages import Receipt, Verdict
from advisor.sync.server import tables
from advisor.sync.server.receiving import Receiver
from advisor.sync.server.rights import rights_of

_receipt = tables.receipt
_EARLY = (
    _receipt.select()
    .where(
        sa.tuple_(_receipt.c.entity, _receipt.c.entity_id).in_(
            sa.bindparam("made", expanding=True)
        ),
        _receipt.c.verdict == Verdict.QUARANTINED.value,
        _receipt.c.reason == "unknown_record",
    )
    .order_by(_receipt.c.seq, _receipt.c.device, _receipt.c.incarnation, _receipt.c.local_seq)
)


def judge_again(
    connection: sa.Connection, made: Sequence[tuple[str, str]], now: str
) -> list[tuple[str, Receipt]]:
    """Replay what waited for the records just ``made``; returns the devices and new receipts.

    Each op keeps the rights of its own device, which learns the verdict at its next pull. What
    the caller holds of these records is no longer what is written.
    """
    if not made:
        return []
    done = []
    for row in connection.execute(_EARLY, {"made": list(dict.fromkeys(made))}).all():
        rights = rights_of(connection, row.device)
        if rights is not None:
            done.append((row.device, Receiver(connection, rights, now).replay(row)))
    return done
