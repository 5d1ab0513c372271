"""What the central store said, written here: verdicts, records received, the place reached.

The same transaction holds a page and its cursor. What waits to be sent is laid again on top of
every record received, so that nobody sees their own entry vanish.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import sqlalchemy as sa

from advisor.domain.cases.operation import Op, Operation, OpState
from advisor.domain.cases.synced import DELETED, Bucket, Life, RecordState, Version
from advisor.store import records, tables
from advisor.store.carried import Carried
from advisor.store.entities import ENTITIES, Entity
from advisor.store.erasing import drop, erase_received
from advisor.store.journal import op_of
from advisor.store.settings import Settings

POSITION = "sync"
_journal, _synced = tables.journal, tables.synced_record


@dataclass(frozen=True, slots=True)
class Position:
    """Where the pull stands. ``snapshot`` is the head when a snapshot began; ``sweep`` counts."""

    cursor: int = 0
    snapshot: int | None = None
    sweep: int = 0


class Synced:
    """Reads and writes one home's side of sync on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self._carried = Carried(connection)
        self._waiting: dict[tuple[str, str], list[Op]] | None = None

    def identity(self) -> tuple[str, str, int]:
        """Return this device, its incarnation and the last number it used."""
        row = self.connection.execute(tables.device.select()).one()
        return row.id, row.incarnation, row.local_seq

    def outbox(self, limit: int | None = None) -> list[Op]:
        """Return what waits to be sent, oldest first."""
        query = _journal.select().where(_journal.c.state == OpState.PENDING)
        rows = self.connection.execute(query.order_by(_journal.c.seq).limit(limit)).mappings()
        return [op_of(row) for row in rows]

    def position(self) -> Position:
        """Return where the pull stands."""
        return Position(**Settings(self.connection).get(POSITION, {}))

    def move(self, position: Position) -> None:
        """Keep where the pull stands."""
        Settings(self.connection).keep(POSITION, asdict(position))

    def settle(self, incarnation: str, local_seq: int, verdict: Mapping[str, Any]) -> None:
        """Keep the central store's verdict on a line; what was erased keeps none."""
        void = _journal.c.operation == Operation.VOID
        kept = sa.case((void, sa.null()), else_=sa.literal(dict(verdict), _journal.c.verdict.type))
        self.connection.execute(
            _journal.update()
            .where(_journal.c.incarnation == incarnation, _journal.c.local_seq == local_seq)
            .values(state=OpState.SENT, verdict=kept)
        )
        self._waiting = None

    def resend_from(self, incarnation: str, expected: int) -> bool:
        """Let what follows wait again; False when the line expected is not here."""
        of = (_journal.c.incarnation == incarnation, _journal.c.local_seq >= expected)
        first = self.connection.execute(sa.select(sa.func.min(_journal.c.local_seq)).where(*of))
        self.connection.execute(_journal.update().where(*of).values(state=OpState.PENDING))
        self._waiting = None
        return first.scalar() == expected

    def reincarnate(self, incarnation: str, former: str) -> None:
        """Take a new incarnation and number again what waits of the former one.

        What waits of another may have been received already: it keeps its name.
        """
        pending = [op for op in self.outbox() if op.incarnation == former]
        for number, op in enumerate(pending, start=1):
            named = (_journal.c.incarnation == op.incarnation, _journal.c.local_seq == op.local_seq)
            fresh = replace(op, incarnation=incarnation, local_seq=number)
            numbered = {"incarnation": incarnation, "local_seq": number}
            self.connection.execute(_journal.update().where(*named).values(**numbered))
            text = tables.note_version
            mine = (text.c.id == op.id, text.c.note == op.entity_id)
            self.connection.execute(text.update().where(*mine).values(id=fresh.id))
        counter = {"incarnation": incarnation, "local_seq": len(pending)}
        self.connection.execute(tables.device.update().values(**counter))
        self._waiting = None

    def receive(self, state: RecordState, mark: int, sweep: int) -> None:
        """Write a record as the central store holds it, what waits here on top of it."""
        if state.life is Life.ERASED:
            erase_received(self.connection, state.entity, state.id)
            self._keep(state, 0, sweep, {})
        elif state.entity not in ENTITIES:
            self._keep(state, mark, sweep, {"record": asdict(state)})
        else:
            self._lay(state, ENTITIES[state.entity])
            self._keep(state, mark, sweep, _unread(state))

    def drop_unseen(self, sweep: int, bucket: tuple[str, str] | None = None) -> int:
        """Take out what a complete sweep did not meet, but for what waits; returns how many."""
        query = _synced.select().where(_synced.c.sweep < sweep)
        if bucket is not None:
            query = query.where(_synced.c.entity == bucket[0], _synced.c.departement == bucket[1])
        rows = self.connection.execute(query).all()
        for row in rows:
            named = (_synced.c.entity == row.entity, _synced.c.entity_id == row.entity_id)
            self.connection.execute(_synced.delete().where(*named))
            waits = self._carried.waits(row.entity, row.entity_id)
            if not waits and not self._pending(row.entity, row.entity_id):
                drop(self.connection, row.entity, row.entity_id)
        return len(rows)

    def digest(self) -> tuple[Bucket, ...]:
        """Return how much of each kind received lives in each département."""
        kind, place = _synced.c.entity, _synced.c.departement
        query = (
            sa.select(kind, place, sa.func.count(), sa.func.sum(_synced.c.mark))
            .where(_synced.c.life == Life.LIVE.value)
            .group_by(kind, place)
            .order_by(kind, place)
        )
        return tuple(Bucket(*row) for row in self.connection.execute(query))

    def _pending(self, entity: str, record_id: str) -> list[Op]:
        if self._waiting is None:
            self._waiting = {}
            for op in self.outbox():
                self._waiting.setdefault((op.entity, op.entity_id), []).append(op)
        return self._waiting.get((entity, record_id), [])

    def _lay(self, state: RecordState, declared: Entity) -> None:
        pending = self._pending(state.entity, state.id)
        if any(op.operation is Operation.ERASE_PERSON for op in pending):
            return
        drop(self.connection, state.entity, state.id)
        self.connection.execute(declared.table.insert().values(**_row(state, declared, pending)))
        self._keep_bases(state, pending)
        self._keep_conflicts(state, declared)
        self._keep_versions(state)
        for op in pending:
            records.apply(self.connection, op)
        self._carried.lay(state.entity, state.id, state.seq)

    def _keep_bases(self, state: RecordState, pending: list[Op]) -> None:
        """Keep, for a field with a change that waits, what its writer had seen."""
        bases = state.seen()
        for op in pending:
            for name, change in op.fields.items():
                bases[name] = min(bases.get(name, 0), change.base_seq)
        rows = [
            {"entity": state.entity, "entity_id": state.id, "field": name, "server_seq": seq}
            for name, seq in bases.items()
        ]
        if rows:
            self.connection.execute(tables.field_state.insert(), rows)

    def _keep_conflicts(self, state: RecordState, declared: Entity) -> None:
        held = state.fields.get(declared.of_interview)
        interview = state.id if declared.of_interview == "id" else held.value if held else None
        for name, versions in state.conflicts.items():
            self.connection.execute(
                tables.open_conflict.insert().values(
                    entity=state.entity,
                    entity_id=state.id,
                    field=name,
                    interview=interview,
                    versions=[asdict(one) for one in versions],
                )
            )

    def _keep_versions(self, state: RecordState) -> None:
        for one in state.versions:
            if state.entity == "note" and one.field == "text":
                text = {"note": state.id, "text": one.value}
                values = {"id": one.id, **text, **_signed(one)}
                self.connection.execute(tables.note_version.insert().values(**values))
            else:
                named = {"id": one.id, "entity": state.entity, "entity_id": state.id}
                value = {"field": one.field, "value": one.value, "seq": one.seq}
                values = {**named, **value, **_signed(one)}
                self.connection.execute(tables.field_version.insert().values(**values))

    def _keep(self, state: RecordState, mark: int, sweep: int, extra: Mapping[str, Any]) -> None:
        named = (_synced.c.entity == state.entity, _synced.c.entity_id == state.id)
        self.connection.execute(_synced.delete().where(*named))
        self.connection.execute(
            _synced.insert().values(
                entity=state.entity,
                entity_id=state.id,
                departement=state.departement,
                life=state.life.value,
                seq=state.seq,
                mark=mark,
                sweep=sweep,
                extra=dict(extra),
            )
        )


def _signed(one: Version) -> dict[str, str]:
    return {"author": one.author, "organisation": one.organisation, "at": one.declared_at}


def _known(declared: Entity, name: str) -> bool:
    return name in declared.fields or (bool(declared.open_in) and name != DELETED)


def _unread(state: RecordState) -> dict[str, Any]:
    declared = ENTITIES[state.entity]
    fields = {
        name: asdict(one)
        for name, one in state.fields.items()
        if name != DELETED and not _known(declared, name)
    }
    return {**state.extra, **({"fields": fields} if fields else {})}


def _row(state: RecordState, declared: Entity, pending: list[Op]) -> dict[str, Any]:
    values = {n: one.value for n, one in state.fields.items() if _known(declared, n)}
    columns = {name: values.pop(name) for name in declared.fields if name in values}
    if declared.open_in:
        columns[declared.open_in] = {k: values[k] for k in sorted(values) if values[k] is not None}
    written = any(op.operation not in {Operation.DELETE, Operation.VOID} for op in pending)
    return {
        "id": state.id,
        "departement": state.departement,
        "created_at": state.created_at,
        "updated_at": state.updated_at,
        "deleted": state.life is Life.DELETED and not written,
        **columns,
    }
