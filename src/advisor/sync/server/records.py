"""Reads and writes the records of the central store, one line each, and gives ranks."""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from advisor.domain.cases.operation import INTO
from advisor.domain.cases.synced import FieldState, Life, RecordState, Version
from advisor.store.entities import ENTITIES
from advisor.sync.merge import Held, Record
from advisor.sync.server import tables
from advisor.sync.wire import canonical, mark, plain, read

LINKS = ("interview", "professional", "permanence")
_table = tables.record


def next_rank(connection: sa.Connection) -> int:
    """Take the next rank; the row stays locked until the transaction ends."""
    table = tables.rank
    return int(
        connection.execute(
            table.update().values(last=table.c.last + 1).returning(table.c.last)
        ).scalar_one()
    )


def head(connection: sa.Connection) -> int:
    """Return the last rank given."""
    return int(connection.execute(sa.select(tables.rank.c.last)).scalar_one())


def floor(connection: sa.Connection) -> int:
    """Return the rank of the newest tombstone removed for good."""
    return int(connection.execute(sa.select(tables.rank.c.floor)).scalar_one())


def row_of(connection: sa.Connection, entity: str, record_id: str) -> Any:
    """Return the line of a record, None when it was never received."""
    query = _table.select().where(_table.c.entity == entity, _table.c.id == record_id)
    return connection.execute(query).first()


def record_of(row: Any) -> Record | None:
    """Return the record of a line, None when there is none or it was erased."""
    if row is None or row.content is None:
        return None
    held = {
        name: Held(read(Version, one[0]), tuple(read(Version, v) for v in one[1]), bool(one[2]))
        for name, one in row.content["fields"].items()
    }
    versions = tuple(read(Version, one) for one in row.content["versions"])
    times = (row.content["created_at"], row.content["updated_at"])
    return Record(row.entity, row.id, row.departement, *times, held, versions)


def content_of(record: Record) -> dict[str, Any]:
    """Return what the line of a record keeps."""
    return {
        "created_at": record.created_at,
        "updated_at": record.updated_at,
        "fields": {
            name: [plain(held.current), plain(held.others), held.resolved]
            for name, held in record.fields.items()
        },
        "versions": plain(record.versions),
    }


def state_of(row: Any) -> RecordState:
    """Return what devices receive of a line."""
    record = record_of(row)
    if record is None:
        return RecordState(row.entity, row.id, row.departement, row.seq, Life(row.life))
    return _state(record, row.seq)


def _state(record: Record, seq: int) -> RecordState:
    known = {n: FieldState(h.current.value, h.current.seq) for n, h in record.fields.items()}
    conflicts = {n: (h.current, *h.others) for n, h in record.fields.items() if h.others}
    times = (record.created_at, record.updated_at)
    place = (record.entity, record.id, record.departement)
    return RecordState(*place, seq, record.life, *times, known, conflicts, record.versions)


def save(connection: sa.Connection, record: Record, seq: int, now: str) -> None:
    """Write a record at its new rank; ``now`` is this server's instant."""
    links = {name: _link(record, name) for name in LINKS}
    gone = record.life is Life.DELETED
    values = {
        "departement": record.departement,
        "seq": seq,
        "life": record.life.value,
        "mark": mark(plain(_state(record, seq))),
        "content": content_of(record),
        "deleted_at": now if gone else None,
        **links,
    }
    _write(connection, record.entity, record.id, values)


def _link(record: Record, name: str) -> str | None:
    """Return whom a record hangs on; a merged duplicate hangs on the person kept."""
    if name == "interview" and ENTITIES[record.entity].of_interview == "id":
        return record.id
    merged = record.entity == "professional" and name == "professional"
    held = record.fields.get(INTO if merged else name)
    value = held.current.value if held else None
    return value if isinstance(value, str) and value.isprintable() else None


def save_mark(
    connection: sa.Connection, entity: str, record_id: str, departement: str, seq: int
) -> None:
    """Leave the bare mark of something erased."""
    nothing = dict.fromkeys(("content", "deleted_at", *LINKS))
    values = {
        "departement": departement,
        "seq": seq,
        "life": Life.ERASED.value,
        "mark": 0,
        **nothing,
    }
    _write(connection, entity, record_id, values)


def _write(connection: sa.Connection, entity: str, record_id: str, values: dict[str, Any]) -> None:
    where = (_table.c.entity == entity, _table.c.id == record_id)
    changed = connection.execute(_table.update().where(*where).values(**values))
    if changed.rowcount == 0:
        connection.execute(_table.insert().values(entity=entity, id=record_id, **values))


def linked(connection: sa.Connection, link: str, targets: Iterable[str]) -> Sequence[Any]:
    """Return the lines whose link names one of ``targets``, in rank order."""
    query = _table.select().where(_table.c[link].in_(sorted(targets))).order_by(_table.c.seq)
    return connection.execute(query).all()


def dump(connection: sa.Connection) -> str:
    """Return all records as one canonical text: two stores that agree give the same."""
    rows = connection.execute(_table.select().order_by(_table.c.entity, _table.c.id))
    return canonical([plain(state_of(row)) for row in rows])
