"""Writes records as the central store holds them, a page at a time.

One statement for each table, however many records the page brings. Knows nothing of what waits
to be sent but what its writers had seen.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from functools import cache
from typing import Any

import sqlalchemy as sa

from advisor.domain.cases.operation import Op, Operation
from advisor.domain.cases.synced import DELETED, Life, RecordState, Version
from advisor.store import tables
from advisor.store.entities import ENTITIES, Entity
from advisor.store.erasing import drop_all
from advisor.store.prepared import Prepared

Key = tuple[str, str]
Waiting = Mapping[Key, Sequence[Op]]
Row = dict[str, Any]
_KEEP = Prepared(tables.synced_record.insert().prefix_with("OR REPLACE"))


def lay(connection: sa.Connection, states: Sequence[RecordState], waiting: Waiting) -> None:
    """Write records of known kinds in place of what was here, without what waits."""
    drop_all(connection, [(state.entity, state.id) for state in states])
    rows: dict[tuple[sa.Table, tuple[str, ...]], list[Row]] = {}
    for state in states:
        pending = waiting.get((state.entity, state.id), ())
        for table, row in _rows(state, ENTITIES[state.entity], pending):
            rows.setdefault((table, tuple(row)), []).append(row)
    for (table, _), ones in rows.items():
        _insertion(table).run_all(connection, ones)


def keep(connection: sa.Connection, marked: Iterable[tuple[RecordState, int]], sweep: int) -> None:
    """Keep the rank, the mark and what cannot be read here of each record received."""
    rows = [
        {
            "entity": state.entity,
            "entity_id": state.id,
            "departement": state.departement,
            "life": state.life.value,
            "seq": state.seq,
            "mark": mark,
            "sweep": sweep,
            "extra": _unread(state),
        }
        for state, mark in marked
    ]
    _KEEP.run_all(connection, rows)


@cache
def _insertion(table: sa.Table) -> Prepared:
    return Prepared(table.insert())


def _rows(
    state: RecordState, declared: Entity, pending: Sequence[Op]
) -> Iterable[tuple[sa.Table, Row]]:
    yield declared.table, _row(state, declared, pending)
    named = {"entity": state.entity, "entity_id": state.id}
    for name, seq in _bases(state, pending).items():
        yield tables.field_state, {**named, "field": name, "server_seq": seq}
    for row in _conflicts(state, declared):
        yield tables.open_conflict, {**named, **row}
    for one in state.versions:
        if state.entity == "note" and one.field == "text":
            text = {"id": one.id, "note": state.id, "text": one.value}
            yield tables.note_version, {**text, **_signed(one)}
        else:
            value = {"id": one.id, "field": one.field, "value": one.value, "seq": one.seq}
            yield tables.field_version, {**named, **value, **_signed(one)}


def _bases(state: RecordState, pending: Sequence[Op]) -> dict[str, int]:
    """Return what was seen of each field; where a change waits, what its writer had seen."""
    bases = state.seen()
    for op in pending:
        for name, change in op.fields.items():
            bases[name] = min(bases.get(name, 0), change.base_seq)
    return bases


def _conflicts(state: RecordState, declared: Entity) -> Iterable[Row]:
    held = state.fields.get(declared.of_interview)
    interview = state.id if declared.of_interview == "id" else held.value if held else None
    for name, versions in state.conflicts.items():
        told = [asdict(one) for one in versions]
        yield {"field": name, "interview": interview, "versions": told}


def _signed(one: Version) -> dict[str, str]:
    return {"author": one.author, "organisation": one.organisation, "at": one.declared_at}


def _known(declared: Entity, name: str) -> bool:
    return name in declared.fields or (bool(declared.open_in) and name != DELETED)


def _unread(state: RecordState) -> dict[str, Any]:
    """Return what a newer version says of a record and this one cannot show."""
    if state.life is Life.ERASED:
        return {}
    if state.entity not in ENTITIES:
        return {"record": asdict(state)}
    declared = ENTITIES[state.entity]
    fields = {
        name: asdict(one)
        for name, one in state.fields.items()
        if name != DELETED and not _known(declared, name)
    }
    return {**state.extra, **({"fields": fields} if fields else {})}


def _row(state: RecordState, declared: Entity, pending: Sequence[Op]) -> Row:
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
