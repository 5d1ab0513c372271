"""What the central store set aside was done here: the records it touched are fetched again.

A record in doubt has a mark no record has, so that the digest tells its bucket. One that comes
back with the very verdict is in doubt no more. What an erasure purged is in doubt at once.
"""

from collections.abc import Sequence

import sqlalchemy as sa

from advisor.domain.cases.operation import INTO, Op, Operation
from advisor.store import tables
from advisor.store.erasing import DOUBTED
from advisor.store.prepared import Prepared

_journal, _synced, _appointment = tables.journal, tables.synced_record, tables.appointment
_IN_DOUBT = _synced.update().values(mark=DOUBTED)
_ONE = Prepared(
    _IN_DOUBT.where(
        _synced.c.entity == sa.bindparam("of_kind"), _synced.c.entity_id == sa.bindparam("of_id")
    )
)
_MOVED = _IN_DOUBT.where(
    _synced.c.entity == "appointment",
    _synced.c.entity_id.in_(
        sa.select(_appointment.c.id).where(_appointment.c.professional == sa.bindparam("kept"))
    ),
)


def doubt(connection: sa.Connection, refused: Sequence[Op]) -> None:
    """Doubt what each op changed here: its record, and what it moved."""
    _ONE.run_all(connection, [{"of_kind": op.entity, "of_id": op.entity_id} for op in refused])
    for op in refused:
        if op.operation is Operation.MERGE_PERSON and INTO in op.fields:
            connection.execute(_MOVED, {"kept": op.fields[INTO].new})
