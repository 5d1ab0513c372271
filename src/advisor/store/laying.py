"""Shows on a record what another device wrote and the central store does not know yet.

A value is laid where its author had seen what is held here, so that what is shown is what the
central store would decide; what this home wrote itself stays on top.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from advisor.domain.cases.operation import FieldChange, Op, Operation
from advisor.domain.cases.synced import DELETED
from advisor.store import records, tables
from advisor.store.entities import ENTITIES

NEVER_LAID = {Operation.VOID, Operation.ERASE_PERSON, Operation.MERGE_PERSON}
MAKING = {Operation.CREATE, Operation.APPEND_NOTE}
UNSEEN = FieldChange(0, None, None)


class Laying:
    """Lays one op on one record; ``own`` is what this home wrote about it and has not sent."""

    def __init__(self, connection: sa.Connection, op: Op, own: Sequence[Op]) -> None:
        self._connection = connection
        self._op = op
        self._own = own

    def lay(self) -> bool:
        """Lay what may be laid; tell whether the record now shows something of it."""
        op = self._op
        if op.operation in NEVER_LAID:
            return False
        declared = ENTITIES[op.entity]
        query = declared.table.select().where(declared.table.c.id == op.entity_id)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            return self._make()
        if op.operation is Operation.DELETE:
            return self._delete(gone=row["deleted"])
        if row["deleted"] and op.operation in MAKING:
            return self._bring_back()
        return self._write(records.fields_of(declared, dict(row)))

    def _make(self) -> bool:
        if self._op.operation not in MAKING or records.absent_parent(self._connection, self._op):
            return False
        records.apply(self._connection, self._op)
        return True

    def _bring_back(self) -> bool:
        bases = max((one.base_seq for one in self._op.fields.values()), default=0)
        if self._own or self._ranks().get(DELETED, 0) > bases:
            return False
        records.apply(self._connection, self._op)
        return True

    def _write(self, held: dict[str, Any]) -> bool:
        op, ranks = self._op, self._ranks()
        mine = {name for one in self._own for name in one.fields}

        def goes(name: str, change: FieldChange) -> bool:
            seen = change.base_seq > 0 and ranks.get(name, 0) <= change.base_seq
            return held.get(name) == change.old or (seen and name not in mine)

        fields = {name: change for name, change in op.fields.items() if goes(name, change)}
        shown = any(held.get(name) == change.new for name, change in op.fields.items())
        if fields:
            operation = Operation.SET if op.operation in MAKING else op.operation
            records.apply(self._connection, replace(op, fields=fields, operation=operation))
        return bool(fields) or shown

    def _delete(self, *, gone: bool) -> bool:
        fields, ranks = self._op.fields, self._ranks()
        unseen = any(
            rank > fields.get(name, UNSEEN).base_seq
            for name, rank in ranks.items()
            if name != DELETED
        )
        if not gone and not unseen and not self._own:
            records.apply(self._connection, self._op)
            return True
        return gone

    def _ranks(self) -> dict[str, int]:
        state = tables.field_state
        query = sa.select(state.c.field, state.c.server_seq).where(
            state.c.entity == self._op.entity, state.c.entity_id == self._op.entity_id
        )
        return {row.field: row.server_seq for row in self._connection.execute(query)}
