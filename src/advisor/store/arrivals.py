"""What the central store sent to this home, in its own order."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from advisor.domain.cases.synced import Life
from advisor.store import records, tables
from advisor.store.entities import ENTITIES
from advisor.store.identifiers import instant

_synced = tables.synced_record


@dataclass(frozen=True, slots=True)
class Arrival:
    """One record received: when it was last written, whether it is deleted or erased now."""

    entity: str
    entity_id: str
    interview: str | None
    life: Life
    at: datetime | None


class Arrivals:
    """Reads what was received on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def mark(self) -> int:
        """Return the rank of the newest record received."""
        return int(self._connection.execute(sa.select(sa.func.max(_synced.c.seq))).scalar() or 0)

    def since(self, mark: int) -> list[Arrival]:
        """Return what was received after a rank, newest first."""
        return self._found(_synced.select().where(_synced.c.seq > mark))

    def latest(self, limit: int) -> list[Arrival]:
        """Return the newest records received."""
        return self._found(_synced.select().limit(limit))

    def _found(self, query: sa.Select[tuple[int]]) -> list[Arrival]:
        rows = self._connection.execute(query.order_by(_synced.c.seq.desc())).all()
        return [self._arrival(row.entity, row.entity_id, Life(row.life)) for row in rows]

    def _arrival(self, entity: str, record_id: str, life: Life) -> Arrival:
        if entity not in ENTITIES or life is Life.ERASED:
            return Arrival(entity, record_id, None, life, None)
        interview = records.scope(self._connection, entity, record_id)[1]
        table = ENTITIES[entity].table
        query = sa.select(table.c.updated_at).where(table.c.id == record_id)
        written = self._connection.execute(query).scalar()
        return Arrival(entity, record_id, interview, life, instant(written) if written else None)
