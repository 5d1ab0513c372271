"""What the central store said, written here: verdicts, records received, the place reached.

The same transaction holds a page and its cursor. What waits to be sent is laid again on top of
every record received, so that nobody sees their own entry vanish.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from advisor.domain.cases.operation import Op, Operation, OpState
from advisor.domain.cases.synced import Bucket, Life, RecordState
from advisor.store import received, records, restored, tables
from advisor.store.carried import Carried
from advisor.store.doubts import doubt
from advisor.store.entities import ENTITIES
from advisor.store.erasing import drop_all, erase_received
from advisor.store.journal import op_of
from advisor.store.prepared import Prepared
from advisor.store.settings import Settings

POSITION = "sync"
_journal, _synced = tables.journal, tables.synced_record
_OUTBOX = Prepared(
    _journal.select()
    .where(_journal.c.state == OpState.PENDING.value)
    .order_by(_journal.c.seq)
    .limit(sa.bindparam("most", type_=sa.Integer))
)
_EVERYTHING = -1  # as a limit
AT_ONCE = 500  # names in one statement
_WHO = Prepared(tables.device.select())
_NAMED = (
    _journal.c.device.in_(sa.select(tables.device.c.id)),
    _journal.c.incarnation == sa.bindparam("of_incarnation"),
    _journal.c.local_seq == sa.bindparam("of_number"),
)
_LINES = Prepared(
    _journal.select()
    .where(
        _journal.c.device.in_(sa.select(tables.device.c.id)),
        sa.tuple_(_journal.c.incarnation, _journal.c.local_seq).in_(
            sa.bindparam("names", expanding=True)
        ),
    )
    .order_by(_journal.c.seq)
)
_SETTLE = Prepared(
    _journal.update()
    .where(*_NAMED)
    .values(
        state=OpState.SENT.value,
        verdict=sa.case(
            (_journal.c.operation == Operation.VOID.value, sa.null()),
            else_=sa.bindparam("told", type_=_journal.c.verdict.type),
        ),
    )
)
_ABOUT = Prepared(
    _journal.select()
    .where(
        _journal.c.state == OpState.PENDING.value,
        sa.or_(
            _journal.c.entity_id.in_(sa.bindparam("ids", expanding=True)),
            _journal.c.operation == Operation.MERGE_PERSON.value,
        ),
    )
    .order_by(_journal.c.seq)
)
_LET_GO = Prepared(
    _synced.delete().where(
        _synced.c.entity == sa.bindparam("of_kind"), _synced.c.entity_id == sa.bindparam("of_id")
    )
)
_DIGEST = Prepared(
    sa.select(_synced.c.entity, _synced.c.departement, sa.func.count(), sa.func.sum(_synced.c.mark))
    .where(_synced.c.life == Life.LIVE.value)
    .group_by(_synced.c.entity, _synced.c.departement)
    .order_by(_synced.c.entity, _synced.c.departement)
)


@dataclass(frozen=True, slots=True)
class Position:
    """Where the pull stands. ``snapshot`` is the head when a snapshot began; ``sweep`` counts.

    ``life`` names the life of the central store that was last heard of.
    """

    cursor: int = 0
    snapshot: int | None = None
    sweep: int = 0
    life: str = ""


class Synced:
    """Reads and writes one home's side of sync on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self._carried = Carried(connection)

    def identity(self) -> tuple[str, str, int]:
        """Return this device, its incarnation and the last number it used."""
        row = _WHO.first(self.connection)
        return row.id, row.incarnation, row.local_seq

    def outbox(self, limit: int | None = None) -> list[Op]:
        """Return what waits to be sent, oldest first."""
        most = {"most": _EVERYTHING if limit is None else limit}
        return [op_of(row._asdict()) for row in _OUTBOX.rows(self.connection, most)]

    def position(self) -> Position:
        """Return where the pull stands."""
        return Position(**Settings(self.connection).get(POSITION, {}))

    def move(self, position: Position) -> None:
        """Keep where the pull stands."""
        Settings(self.connection).keep(POSITION, asdict(position))

    def start_over(self, head: int) -> None:
        """Have everything come again from zero, up to ``head`` at least."""
        at = self.position()
        self.move(replace(at, cursor=0, snapshot=head, sweep=at.sweep + 1))

    def know_life(self, life: str) -> None:
        """Keep which life of the central store was heard of."""
        at = self.position()
        if at.life != life:
            self.move(replace(at, life=life))

    def offer_again(self, held: Mapping[str, int], since: int) -> None:
        """Let wait again what a restored central store forgot; see ``restored``."""
        restored.offer_again(self.connection, held, since)

    def settle(self, verdicts: Iterable[tuple[str, int, Mapping[str, Any]]]) -> None:
        """Keep the central store's verdict on lines named by incarnation and number.

        What was erased keeps none.
        """
        rows = [
            {"of_incarnation": incarnation, "of_number": local_seq, "told": dict(verdict)}
            for incarnation, local_seq, verdict in verdicts
        ]
        _SETTLE.run_all(self.connection, rows)

    def doubt(self, refused: Sequence[tuple[str, int]]) -> None:
        """Have what lines now in quarantine changed here fetched again from the central store."""
        for start in range(0, len(refused), AT_ONCE):
            names = refused[start : start + AT_ONCE]
            lines = _LINES.rows(self.connection, {"names": names})
            doubt(self.connection, [op_of(row._asdict()) for row in lines])

    def resend_from(self, incarnation: str, expected: int) -> bool:
        """Let what follows wait again; False when the line expected is not here."""
        of = (_journal.c.incarnation == incarnation, _journal.c.local_seq >= expected)
        first = self.connection.execute(sa.select(sa.func.min(_journal.c.local_seq)).where(*of))
        self.connection.execute(_journal.update().where(*of).values(state=OpState.PENDING))
        return first.scalar() == expected

    def reincarnate(self, unused: str, former: str) -> None:
        """Take a new incarnation and number again what waits of the former one.

        What waits names it, so that two copies of one disk call the same entries the same; it
        is ``unused`` when nothing waits. What waits of another keeps its name: it may have been
        received already.
        """
        pending = [op for op in self.outbox() if op.incarnation == former]
        incarnation = _successor(pending[0]) if pending else unused
        for number, op in enumerate(pending, start=1):
            mine = (_journal.c.device == op.device, _journal.c.incarnation == op.incarnation)
            named = (*mine, _journal.c.local_seq == op.local_seq)
            fresh = replace(op, incarnation=incarnation, local_seq=number)
            numbered = {"incarnation": incarnation, "local_seq": number}
            self.connection.execute(_journal.update().where(*named).values(**numbered))
            text = tables.note_version
            said = (text.c.id == op.id, text.c.note == op.entity_id)
            self.connection.execute(text.update().where(*said).values(id=fresh.id))
        counter = {"incarnation": incarnation, "local_seq": len(pending)}
        self.connection.execute(tables.device.update().values(**counter))

    def receive(self, marked: Iterable[tuple[RecordState, int]], sweep: int) -> None:
        """Write records as the central store holds them, each with its mark.

        In the order given; what waits here is laid on top of them again.
        """
        for erased, run in groupby(marked, key=lambda one: one[0].life is Life.ERASED):
            page = list(run)
            if erased:
                for state, _ in page:
                    erase_received(self.connection, state.entity, state.id)
            else:
                self._lay([state for state, _ in page if state.entity in ENTITIES])
            received.keep(self.connection, page, sweep)

    def drop_unseen(self, sweep: int, bucket: tuple[str, str] | None = None) -> int:
        """Take out what a complete sweep did not meet, but for what waits; returns how many."""
        query = _synced.select().where(_synced.c.sweep < sweep)
        if bucket is not None:
            query = query.where(_synced.c.entity == bucket[0], _synced.c.departement == bucket[1])
        gone = [(row.entity, row.entity_id) for row in self.connection.execute(query)]
        if gone:
            named = [{"of_kind": entity, "of_id": record} for entity, record in gone]
            _LET_GO.run_all(self.connection, named)
            kept = self._waiting(record for _, record in gone)
            waits = self._carried.waits
            drop_all(self.connection, [one for one in gone if one not in kept and not waits(*one)])
        return len(gone)

    def digest(self) -> tuple[Bucket, ...]:
        """Return how much of each kind received lives in each département."""
        return tuple(Bucket(*row) for row in _DIGEST.rows(self.connection))

    def _waiting(self, records_named: Iterable[str]) -> dict[tuple[str, str], list[Op]]:
        """Return what waits to be sent about some records, and every merge that waits."""
        found: dict[tuple[str, str], list[Op]] = {}
        rows = _ABOUT.rows(self.connection, {"ids": list(records_named)})
        for op in (op_of(row._asdict()) for row in rows):
            found.setdefault((op.entity, op.entity_id), []).append(op)
        return found

    def _lay(self, states: Sequence[RecordState]) -> None:
        if not states:
            return
        waiting = self._waiting(state.id for state in states)
        going = {
            key
            for key, ops in waiting.items()
            if any(op.operation is Operation.ERASE_PERSON for op in ops)
        }
        laid = [state for state in states if (state.entity, state.id) not in going]
        received.lay(self.connection, laid, waiting)
        for state in laid:
            for op in waiting.get((state.entity, state.id), ()):
                records.apply(self.connection, op)
            self._carried.lay(state.entity, state.id, state.seq)
        self._merge_again(waiting)

    def _merge_again(self, waiting: Mapping[tuple[str, str], Sequence[Op]]) -> None:
        """Give again to the person kept the interviews just received of a duplicate."""
        for ops in waiting.values():
            for op in ops:
                if op.operation is Operation.MERGE_PERSON:
                    records.redirect(self.connection, op)


def _successor(first: Op) -> str:
    """Return the incarnation that begins with an op that could not be sent under its name."""
    return hashlib.sha256(first.id.encode()).hexdigest()[:16]
