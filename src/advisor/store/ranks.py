"""What this home already holds of what an answer brought by file says, so that it never goes back.

An answer carried by hand may be old: the newest rank of a record or of a verdict stands.
"""

from collections.abc import Iterable

import sqlalchemy as sa

from advisor.domain.cases.operation import OpState
from advisor.domain.cases.synced import RecordState
from advisor.store import tables
from advisor.store.carried import OUT_OF_DATE

_journal, _synced = tables.journal, tables.synced_record
MOST_NAMED = 500  # in one question to the database


def not_older(
    connection: sa.Connection, states: Iterable[RecordState], sweep: int
) -> tuple[list[RecordState], int]:
    """Return the records newer than those held, and how many are older; all count as met."""
    given = list(states)
    held: dict[tuple[str, str], tuple[int, int]] = {}
    for begin in range(0, len(given), MOST_NAMED):
        ids = [one.id for one in given[begin : begin + MOST_NAMED]]
        rows = connection.execute(_synced.select().where(_synced.c.entity_id.in_(ids)))
        held |= {(row.entity, row.entity_id): (row.seq, row.mark) for row in rows}
    fresh, older = [], 0
    for one in given:
        seq, mark = held.get((one.entity, one.id), (-1, 0))
        if seq < one.seq or (seq == one.seq and mark == OUT_OF_DATE):
            fresh.append(one)
            continue
        older += seq > one.seq
        named = (_synced.c.entity == one.entity, _synced.c.entity_id == one.id)
        connection.execute(_synced.update().where(*named).values(sweep=sweep))
    return fresh, older


def settled_at(connection: sa.Connection, incarnation: str, local_seq: int) -> int | None:
    """Return the rank of the verdict kept on a line of this home, None when none is."""
    row = connection.execute(
        sa.select(_journal.c.state, _journal.c.verdict).where(
            _journal.c.device.in_(sa.select(tables.device.c.id)),
            _journal.c.incarnation == incarnation,
            _journal.c.local_seq == local_seq,
        )
    ).first()
    if row is None or row.state != OpState.SENT:
        return None
    return int((row.verdict or {}).get("seq", 0))


def holds(connection: sa.Connection, device: str, incarnation: str, local_seq: int) -> bool:
    """Tell whether the journal of this home has that line."""
    query = sa.select(_journal.c.seq).where(
        _journal.c.device == device,
        _journal.c.incarnation == incarnation,
        _journal.c.local_seq == local_seq,
    )
    return connection.execute(query).first() is not None
