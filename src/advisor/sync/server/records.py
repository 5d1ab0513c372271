"""Reads and writes the records of the central store, one line each, and gives ranks."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from advisor.domain.cases.operation import INTO
from advisor.domain.cases.synced import FieldState, Life, RecordState, Version
from advisor.store.entities import ENTITIES
from advisor.store.prepared import Prepared
from advisor.sync.merge import Held, Record
from advisor.sync.server import tables
from advisor.sync.wire import canonical, mark

LINKS = ("interview", "professional", "permanence")
_table = tables.record
_RANKS = Prepared(sa.select(tables.rank.c.last, tables.rank.c.floor))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table of records; ``record`` is None once erased."""

    entity: str
    id: str
    departement: str
    seq: int
    life: Life
    record: Record | None


def ranks(connection: sa.Connection) -> tuple[int, int]:
    """Return the last rank given, and that of the newest tombstone removed for good."""
    row = _RANKS.first(connection)
    return int(row[0]), int(row[1])


def head(connection: sa.Connection) -> int:
    """Return the last rank given."""
    return ranks(connection)[0]


def line_of(row: Any) -> Line:
    """Return the line a row holds."""
    place = (row.entity, row.id, row.departement, row.seq)
    return Line(*place, Life(row.life), record_of(row))


def record_of(row: Any) -> Record | None:
    """Return the record of a row, None when it was erased."""
    content = row.content
    if content is None:
        return None
    held = {
        name: Held(Version(**one[0]), tuple(Version(**v) for v in one[1]), *one[2:])
        for name, one in content["fields"].items()
    }
    versions = tuple(Version(**one) for one in content["versions"])
    times = (content["created_at"], content["updated_at"])
    return Record(row.entity, row.id, row.departement, *times, held, versions)


def content_of(record: Record) -> dict[str, Any]:
    """Return what the line of a record keeps."""
    return {
        "created_at": record.created_at,
        "updated_at": record.updated_at,
        "fields": {
            name: [held.current, held.others, held.resolved, held.shared]
            for name, held in record.fields.items()
        },
        "versions": record.versions,
    }


def state_of(line: Line) -> RecordState:
    """Return what devices receive of a line."""
    if line.record is None:
        return RecordState(line.entity, line.id, line.departement, line.seq, line.life)
    return _state(line.record, line.seq)


def _state(record: Record, seq: int) -> RecordState:
    known = {n: FieldState(h.current.value, h.current.seq) for n, h in record.fields.items()}
    conflicts = {n: (h.current, *h.others) for n, h in record.fields.items() if h.others}
    times = (record.created_at, record.updated_at)
    place = (record.entity, record.id, record.departement)
    return RecordState(*place, seq, record.life, *times, known, conflicts, record.versions)


def kept(line: Line, now: str) -> dict[str, Any]:
    """Return the columns of a line, without its names; ``now`` is this server's instant."""
    record, bare = line.record, line.record is None
    return {
        "departement": line.departement,
        "seq": line.seq,
        "life": line.life.value,
        "mark": 0 if bare else mark(state_of(line)),
        "content": None if record is None else content_of(record),
        "deleted_at": now if line.life is Life.DELETED else None,
        **{name: None if record is None else _link(record, name) for name in LINKS},
    }


def _link(record: Record, name: str) -> str | None:
    """Return whom a record hangs on; a merged duplicate hangs on the person kept."""
    if name == "interview" and ENTITIES[record.entity].of_interview == "id":
        return record.id
    merged = record.entity == "professional" and name == "professional"
    held = record.fields.get(INTO if merged else name)
    value = held.current.value if held else None
    return value if isinstance(value, str) and value.isprintable() else None


def dump(connection: sa.Connection) -> str:
    """Return all records as one canonical text: two stores that agree give the same."""
    rows = connection.execute(_table.select().order_by(_table.c.entity, _table.c.id))
    return canonical([state_of(line_of(row)) for row in rows])
