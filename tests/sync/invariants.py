"""What must hold once everybody has synced and nobody has anything left to say."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from functools import cache
from typing import Any

import sqlalchemy as sa
from simulation import Laptop, World

from advisor.domain.cases.operation import INTO, Op, Operation
from advisor.domain.cases.synced import DELETED, Life, RecordState, Version
from advisor.store import tables
from advisor.store.entities import ENTITIES
from advisor.store.synced import Synced
from advisor.sync.merge import Record
from advisor.sync.messages import Verdict, readable
from advisor.sync.server import records as central_records
from advisor.sync.server import tables as central_tables
from advisor.sync.server.rights import Rights
from advisor.sync.wire import canonical, fingerprint, plain, same

Key = tuple[str, str]


def check(world: World) -> Counter[str]:
    """Raise a BrokenError when any promise is broken; returns the verdicts by kind."""
    with world.central.reading() as connection:
        rows = connection.execute(central_tables.record.select()).all()
        receipts = connection.execute(central_tables.receipt.select()).all()
    lines = [central_records.line_of(row) for row in rows]
    states = {(line.entity, line.id): central_records.state_of(line) for line in lines}
    held = {(line.entity, line.id): line.record for line in lines}
    wanted = {key: expected(state) for key, state in states.items()}
    for laptop in world.laptops:
        with promise("diverged"):
            agrees(world, laptop, states, wanted)
    with promise("doubled"):
        nothing_twice(receipts, held)
    with promise("lost"):
        nothing_lost(world, receipts, held)
    with promise("not_erased"):
        nothing_erased_remains(world, receipts, states)
    world.trace.append(fingerprint(sorted(wanted.items())))
    return Counter(row.verdict for row in receipts)


class BrokenError(AssertionError):
    """A promise that does not hold; ``promise`` names it."""

    def __init__(self, promise: str, what: str) -> None:
        super().__init__(f"{promise}: {what}")
        self.promise = promise


@contextmanager
def promise(name: str) -> Iterator[None]:
    try:
        yield
    except AssertionError as error:
        raise BrokenError(name, str(error)) from error


def agrees(
    world: World,
    laptop: Laptop,
    states: Mapping[Key, RecordState],
    wanted: Mapping[Key, str],
) -> None:
    """The laptop holds, byte for byte, what the server holds of its scope.

    Who did not see a département when something was erased there may lack the bare mark of it,
    never keep anything of it.
    """
    rights = world.rights[laptop.device]
    visible = {
        key
        for key, state in states.items()
        if rights.sees(state.entity, state.departement) and state.life is not Life.DELETED
    }
    with laptop.vault.read() as look:
        connection = look.connection
        assert Synced(connection).outbox() == [], f"{laptop.id} still has something to send"
        synced = tables.synced_record
        rows = connection.execute(synced.select().where(synced.c.life != "deleted")).all()
        mine = {(row.entity, row.entity_id) for row in rows if in_scope(rights, row)}
        if laptop.device in world.narrowed:
            mine |= {key for key in visible if states[key].life is Life.ERASED}
        assert mine == visible, (laptop.id, mine ^ visible)
        shown = Shown(connection)
    for key in visible:
        assert shown.record(*key) == wanted[key], (laptop.id, key, shown.record(*key), wanted[key])


def in_scope(rights: Rights, row: Any) -> bool:
    """A bare mark stays where the record was, whatever the rights became."""
    return row.life != "erased" or rights.sees(row.entity, row.departement)


def expected(state: RecordState) -> str:
    if state.life is Life.ERASED:
        return canonical([None, [], [], []])
    values = {n: one.value for n, one in state.fields.items() if n not in {DELETED, INTO}}
    row = {
        "departement": state.departement,
        "created_at": state.created_at,
        "updated_at": state.updated_at,
        "values": {name: value for name, value in values.items() if value not in (None, "")},
    }
    conflicts = sorted([name, plain(one)] for name, one in state.conflicts.items())
    versions = sorted([one.id, one.field, one.value] for one in state.versions)
    return canonical([row, sorted(state.seen().items()), conflicts, versions])


DEFAULTS = {"minutes": 30, "position": 0, "partners": []}


class Shown:
    """Everything a laptop holds, read once."""

    def __init__(self, connection: sa.Connection) -> None:
        def about(table: sa.Table, *names: str) -> dict[Key, list[Any]]:
            found: dict[Key, list[Any]] = {}
            for row in connection.execute(table.select()):
                value = [getattr(row, name) for name in names]
                found.setdefault((row.entity, row.entity_id), []).append(value)
            return found

        self._rows = {
            (kind, row["id"]): row
            for kind, declared in ENTITIES.items()
            for row in connection.execute(_everything(declared.table)).mappings()
        }
        self._bases = about(tables.field_state, "field", "server_seq")
        self._conflicts = about(tables.open_conflict, "field", "versions")
        self._versions = about(tables.field_version, "id", "field", "value")
        for row in connection.execute(_everything(tables.note_version)):
            version = [row.id, "text", row.text]
            self._versions.setdefault(("note", row.note), []).append(version)

    def record(self, *key: str) -> str:
        kind, record_id = key
        about = [
            sorted(one.get((kind, record_id), []))
            for one in (self._bases, self._conflicts, self._versions)
        ]
        return canonical([self._written(kind, record_id), *about])

    def _written(self, kind: str, record_id: str) -> dict[str, Any] | None:
        row, declared = self._rows.get((kind, record_id)), ENTITIES[kind]
        if row is None:
            return None
        assert row["deleted"] is False
        values = {name: row[name] for name in declared.fields}
        values |= row[declared.open_in] if declared.open_in else {}
        written = {name: row[name] for name in ("departement", "created_at", "updated_at")}
        written["values"] = {
            name: value
            for name, value in values.items()
            if value not in (None, "") and (value != DEFAULTS.get(name) or kind == "appointment")
        }
        return written


@cache
def _everything(table: sa.Table) -> sa.Select[Any]:
    return table.select()


def nothing_twice(receipts: list[Any], held: Mapping[Key, Record | None]) -> None:
    marks = Counter(row.content_mark for row in receipts if ":" in row.content_mark)
    assert not [one for one, times in marks.items() if times > 1], "an op was received twice"
    for key, record in held.items():
        texts = Counter(one.value for one in record.versions) if record else Counter()
        twice = [one for one, times in texts.items() if times > 1 and key[0] == "note"]
        assert not twice or any_resolution(receipts, key), (key, twice)


def any_resolution(receipts: list[Any], key: Key) -> bool:
    return any(
        row.body and row.body["operation"] == "resolve_conflict"
        for row in receipts
        if (row.entity, row.entity_id) == key
    )


def nothing_lost(world: World, receipts: list[Any], held: Mapping[Key, Record | None]) -> None:
    """Every value acknowledged to an adviser is there, or visibly superseded or quarantined."""
    ranks = {(row.device, row.incarnation, row.local_seq): row for row in receipts}
    ops = [op for row in receipts if row.body and (op := readable(row.body))]
    merged = {op.entity_id for op in ops if op.operation is Operation.MERGE_PERSON}
    by_field: dict[tuple[str, str, str], list[tuple[Op, int]]] = {}
    for op in ops:
        row = ranks[op.device, op.incarnation, op.local_seq]
        if row.verdict != Verdict.QUARANTINED:
            for name in op.fields:
                by_field.setdefault((op.entity, op.entity_id, name), []).append((op, row.seq))
    for (entity, record_id, name), writes in by_field.items():
        record = held.get((entity, record_id))
        if record is None or name not in record.fields:
            continue
        now = record.fields[name]
        standing = [now.current, *now.others, *(v for v in record.versions if v.field == name)]
        removed = world.pruned.get((entity, record_id), 0)  # in sight of all, over a year ago
        given = merged if name == "professional" else set()  # to the person kept
        for op, rank in writes:
            if (
                rank > removed
                and op.fields[name].new not in given
                and not superseded(op, rank, name, writes)
            ):
                assert stands(op.fields[name].new, standing), (entity, record_id, name, op.id)
    for laptop in world.laptops:
        sent(laptop, ranks)


def stands(value: Any, standing: list[Version]) -> bool:
    return any(same(one.value, value) for one in standing)


def superseded(op: Op, rank: int, name: str, writes: list[tuple[Op, int]]) -> bool:
    """Somebody who saw it, or its own author later, wrote after it; or it was a deletion."""
    own = (op.device, op.incarnation)
    return op.operation == "delete" or any(
        later.fields[name].base_seq >= rank
        or ((later.device, later.incarnation) == own and later.local_seq > op.local_seq)
        for later, seq in writes
        if seq > rank
    )


def sent(laptop: Laptop, ranks: Mapping[tuple[str, str, int], Any]) -> None:
    """Every line of every journal reached the server, and both know the same verdict."""
    with laptop.vault.read() as look:
        lines = look.connection.execute(tables.journal.select()).all()
    for line in lines:
        row = ranks[line.device, line.incarnation, line.local_seq]
        if line.operation != "void" and line.verdict is not None and row.replayed == 0:
            assert line.verdict["verdict"] == row.verdict


def nothing_erased_remains(
    world: World, receipts: list[Any], states: Mapping[Key, RecordState]
) -> None:
    """No row, body, journal line or version of anything erased is left anywhere."""
    erased = {key[1] for key, state in states.items() if state.life is Life.ERASED}
    for row in receipts:
        assert row.body is None or row.entity_id not in erased or row.body["fields"] == {}, row
    for laptop in world.laptops:
        with laptop.vault.read() as look:
            for line in look.connection.execute(tables.journal.select()):
                visible = world.rights[laptop.device].sees(line.entity, line.departement)
                assert line.entity_id not in erased or line.fields == {} or not visible, line
    assert not [one for one in states.values() if one.life is Life.ERASED and asdict(one)["fields"]]
