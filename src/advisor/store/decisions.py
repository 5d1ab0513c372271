"""What waits for a decision on this home: open conflicts, entries the centre set aside.

``settled`` names the entries mended or left aside since; nothing is thrown away.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from advisor.domain.cases.operation import Op, Operation, OpState
from advisor.domain.cases.synced import Version
from advisor.store import records, tables
from advisor.store.entities import ENTITIES
from advisor.store.journal import Journal, op_of
from advisor.store.settings import DECISIONS, Settings

MENDED, ASIDE = "mended", "aside"
_journal, _conflict = tables.journal, tables.open_conflict


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field with its versions, the current one first."""

    entity: str
    entity_id: str
    field: str
    interview: str | None
    versions: tuple[Version, ...]


class DecisionRecords:
    """Reads and notes decisions on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def conflicts(self, interview: str | None = None) -> list[Conflict]:
        """Return the open conflicts but those resolved here and not sent yet."""
        query = _conflict.select()
        if interview is not None:
            query = query.where(_conflict.c.interview == interview)
        order = (_conflict.c.interview, _conflict.c.entity, _conflict.c.entity_id)
        rows = self._connection.execute(query.order_by(*order, _conflict.c.field)).all()
        resolved = self._resolved_here() if rows else set()
        return [
            Conflict(row.entity, row.entity_id, row.field, row.interview, _versions(row.versions))
            for row in rows
            if (row.entity, row.entity_id, row.field) not in resolved
        ]

    def held(self) -> list[tuple[Op, str]]:
        """Return the entries set aside, newest first, with « aside » or nothing."""
        settled = self.settled()
        ops = Journal(self._connection).set_aside()
        return [(op, settled.get(op.id, "")) for op in ops if settled.get(op.id) != MENDED]

    def op(self, op_id: str) -> Op | None:
        """Return the entry set aside of that identity."""
        device, incarnation, local_seq = op_id.rsplit("/", 2)
        named = (_journal.c.device == device, _journal.c.incarnation == incarnation)
        query = _journal.select().where(*named, _journal.c.local_seq == int(local_seq))
        row = self._connection.execute(query).mappings().first()
        return op_of(row) if row is not None else None

    def count(self) -> tuple[int, int]:
        """Return how many conflicts, and how many entries set aside, wait for a choice."""
        return len(self.conflicts()), sum(not state for _op, state in self.held())

    def settled(self) -> dict[str, str]:
        """Return what was decided of each entry set aside: mended or left aside."""
        return dict(Settings(self._connection).get(DECISIONS, {}))

    def settle(self, op_id: str, state: str) -> None:
        """Note what was decided of an entry; an empty state makes it wait again."""
        kept = {**self.settled(), op_id: state}
        Settings(self._connection).keep(DECISIONS, {key: one for key, one in kept.items() if one})

    def now(self, entity: str, record_id: str) -> Mapping[str, Any] | None:
        """Return the fields of a record, even a deleted one; None when it is not here."""
        if entity not in ENTITIES:
            return None
        declared = ENTITIES[entity]
        query = declared.table.select().where(declared.table.c.id == record_id)
        row = self._connection.execute(query).mappings().first()
        return None if row is None else records.fields_of(declared, dict(row))

    def this_device(self) -> str:
        """Return the identity of this computer."""
        return str(self._connection.execute(sa.select(tables.device.c.id)).scalar_one())

    def _resolved_here(self) -> set[tuple[str, str, str]]:
        query = _journal.select().where(
            _journal.c.state == OpState.PENDING,
            _journal.c.operation == Operation.RESOLVE_CONFLICT,
        )
        ops = [op_of(row) for row in self._connection.execute(query).mappings()]
        return {(op.entity, op.entity_id, name) for op in ops for name in op.fields}


def _versions(kept: list[dict[str, Any]]) -> tuple[Version, ...]:
    return tuple(Version(**one) for one in kept)
