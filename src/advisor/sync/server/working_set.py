"""The records one writing transaction works on: read once, changed here, written by ``flush``.

Ranks are taken here too: the row of ranks is locked from the first statement to the commit.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from advisor.domain.cases.synced import Life
from advisor.store.prepared import Prepared
from advisor.sync.merge import Record
from advisor.sync.server import records, tables
from advisor.sync.server.records import LINKS, Line
from advisor.sync.server.rights import Rights
from advisor.sync.server.walls import confined

Key = tuple[str, str]
_record, _rank = tables.record, tables.rank
_SOME = Prepared(
    _record.select().where(
        sa.tuple_(_record.c.entity, _record.c.id).in_(sa.bindparam("keys", expanding=True))
    )
)
_LINKED = {
    name: Prepared(
        _record.select()
        .where(_record.c[name].in_(sa.bindparam("targets", expanding=True)))
        .order_by(_record.c.seq)
    )
    for name in LINKS
}
_CHANGE = Prepared(
    _record.update().where(
        _record.c.entity == sa.bindparam("of_kind"), _record.c.id == sa.bindparam("of_id")
    )
)
_ADD = Prepared(_record.insert())
_MOVE = Prepared(_rank.update().values(last=sa.bindparam("reached")))


class WorkingSet:
    """Records by kind and id; ``now`` dates tombstones, ``rights`` are the device's."""

    def __init__(self, connection: sa.Connection, rights: Rights, now: str) -> None:
        self._connection = connection
        self._rights = rights
        self._now = now
        self._lines: dict[Key, Line | None] = {}
        self._stored: set[Key] = set()
        self._changed: dict[Key, bool] = {}
        self._reached: int | None = None
        self._moved = False

    def load(self, keys: Iterable[Key]) -> None:
        """Read the records named that are not here yet."""
        missing = [key for key in dict.fromkeys(keys) if key not in self._lines]
        if missing:
            self._lines.update(dict.fromkeys(missing))
            self._hold(_SOME.rows(self._connection, {"keys": missing}))

    def line(self, entity: str, record_id: str) -> Line | None:
        """Return a record's line, None when it was never received."""
        self.load([(entity, record_id)])
        return self._lines[entity, record_id]

    def linked(self, link: str, targets: Iterable[str]) -> Sequence[Line]:
        """Return the lines whose link names one of ``targets``, in rank order."""
        self.flush()
        return self._hold(_LINKED[link].rows(self._connection, {"targets": sorted(targets)}))

    def head(self) -> int:
        """Return the last rank given."""
        if self._reached is None:
            self._reached = records.head(self._connection)
        return self._reached

    def next_rank(self) -> int:
        """Take the next rank."""
        self._reached, self._moved = self.head() + 1, True
        return self._reached

    def save(self, record: Record, seq: int, *, walled: bool = False) -> None:
        """Change a record at its new rank; ``walled``: only if the device may reach it."""
        place = (record.entity, record.id, record.departement)
        self._change(Line(*place, seq, record.life, record), walled=walled)

    def save_mark(self, entity: str, record_id: str, departement: str, seq: int) -> None:
        """Leave the bare mark of something erased."""
        self._change(Line(entity, record_id, departement, seq, Life.ERASED, None), walled=False)

    def flush(self) -> None:
        """Write what changed."""
        walled = [key for key, inside in self._changed.items() if inside]
        free = [key for key, inside in self._changed.items() if not inside]
        self._changed = {}
        if walled:
            with confined(self._connection, self._rights):
                self._write(walled)
        self._write(free)
        if self._moved:
            _MOVE.run(self._connection, {"reached": self._reached})
            self._moved = False

    def _change(self, line: Line, *, walled: bool) -> None:
        key = (line.entity, line.id)
        self._lines[key] = line
        self._changed[key] = walled and self._changed.get(key, True)

    def _hold(self, rows: Iterable[Any]) -> list[Line]:
        found = [records.line_of(row) for row in rows]
        for line in found:
            self._lines[line.entity, line.id] = line
            self._stored.add((line.entity, line.id))
        return found

    def _write(self, keys: Sequence[Key]) -> None:
        lines = [line for key in keys if (line := self._lines[key]) is not None]
        changed = [
            {"of_kind": one.entity, "of_id": one.id, **records.kept(one, self._now)}
            for one in lines
            if (one.entity, one.id) in self._stored
        ]
        added = [
            {"entity": one.entity, "id": one.id, **records.kept(one, self._now)}
            for one in lines
            if (one.entity, one.id) not in self._stored
        ]
        if _CHANGE.run_all(self._connection, changed) != len(changed):
            raise LookupError("a record is out of reach of the device that changes it")
        _ADD.run_all(self._connection, added)
        self._stored.update(keys)
