"""The journal: one line for each change, in the transaction of the change; the later outbox.

``local_seq`` has no gaps because the counter is a row of the same transaction.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from advisor.domain.cases.operation import FieldChange, Op, Operation, OpState
from advisor.store import tables
from advisor.store.identifiers import instant
from advisor.store.prepared import Prepared
from advisor.store.settings import DECISIONS, Settings

_journal, _device, _state = tables.journal, tables.device, tables.field_state
_COUNT = Prepared(
    _device.update()
    .values(local_seq=_device.c.local_seq + 1)
    .returning(_device.c.id, _device.c.incarnation, _device.c.local_seq)
)
_APPEND = Prepared(_journal.insert())
_BASES = Prepared(
    sa.select(_state.c.field, _state.c.server_seq).where(
        _state.c.entity == sa.bindparam("of_entity"), _state.c.entity_id == sa.bindparam("of_id")
    )
)


@dataclass(frozen=True, slots=True)
class Pending:
    """What waits to be sent: how many lines, and since when the oldest waits."""

    count: int
    since: datetime | None


class Journal:
    """Reads and writes journal lines on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def next_identity(self) -> tuple[str, str, int]:
        """Take the next (device, incarnation, local_seq); given back if the unit fails."""
        row = _COUNT.first(self._connection)
        return row[0], row[1], row[2]

    def next_identities(self, count: int) -> tuple[str, str, int]:
        """Take ``count`` identities in a row; returns the first."""
        taken = {"local_seq": _device.c.local_seq + count}
        row = self._connection.execute(
            _device.update()
            .values(taken)
            .returning(_device.c.id, _device.c.incarnation, _device.c.local_seq)
        ).one()
        return row[0], row[1], row[2] - count + 1

    def append(self, *ops: Op) -> None:
        """Write one line for each, in that order."""
        lines = [{**op.body(), "state": op.state.value, "verdict": op.verdict} for op in ops]
        if lines:
            _APPEND.run_all(self._connection, lines)

    def base_seqs(self, kind: str, record_id: str) -> dict[str, int]:
        """Return the server sequence of each synced field of a record."""
        rows = _BASES.rows(self._connection, {"of_entity": kind, "of_id": record_id})
        return {row[0]: row[1] for row in rows}

    def pending(self) -> Pending:
        """Count what waits to be sent and find since when."""
        row = self._connection.execute(
            sa.select(sa.func.count(), sa.func.min(_journal.c.declared_at)).where(
                _journal.c.state == OpState.PENDING
            )
        ).one()
        return Pending(row[0], instant(row[1]) if row[1] else None)

    def waiting_by_kind(self) -> dict[str, int]:
        """Count what waits to be sent, by kind of record, the most numerous first."""
        many = sa.func.count()
        rows = self._connection.execute(
            sa.select(_journal.c.entity, many)
            .where(_journal.c.state == OpState.PENDING)
            .group_by(_journal.c.entity)
            .order_by(many.desc(), _journal.c.entity)
        )
        return {row[0]: row[1] for row in rows}

    def entries(
        self, *, interview: str | None = None, state: OpState | None = None, limit: int = 200
    ) -> list[Op]:
        """Return the newest lines first."""
        query = _journal.select().order_by(_journal.c.seq.desc()).limit(limit)
        if interview is not None:
            query = query.where(_journal.c.interview == interview)
        if state is not None:
            query = query.where(_journal.c.state == state)
        return [op_of(row) for row in self._connection.execute(query).mappings()]

    def undone_units(self, interview: str) -> set[str]:
        """Return the units of an interview that a later one reverted."""
        rows = self._connection.execute(
            sa.select(_journal.c.undoes).where(
                _journal.c.interview == interview, _journal.c.undoes.is_not(None)
            )
        )
        return {row.undoes for row in rows}

    def unit(self, unit: str) -> list[Op]:
        """Return the lines of one unit of work, newest first."""
        query = _journal.select().where(_journal.c.unit == unit).order_by(_journal.c.seq.desc())
        return [op_of(row) for row in self._connection.execute(query).mappings()]

    def states(self, interviews: Iterable[str]) -> dict[str, str]:
        """Return local, sent, conflict or quarantined for each interview that has lines.

        What was written of its professional counts with it.
        """
        keys = list(interviews)
        states = {
            key: _worst(row.state for row in rows) for key, rows in _grouped(self._rows_of(keys))
        }
        for key in self._waiting_for_a_choice(keys):
            states[key] = "quarantined"
        for key in self._in_conflict(keys):
            if states.get(key) != "quarantined":
                states[key] = "conflict"
        return states

    def set_aside(self, interviews: Sequence[str] | None = None) -> list[Op]:
        """Return the entries the central store put in quarantine, newest first.

        Of some interviews, their professionals' entries too.
        """
        query = _journal.select().where(
            _journal.c.verdict["verdict"].as_string() == "quarantined",
            _journal.c.operation != Operation.VOID,
            _journal.c.state == OpState.SENT,
        )
        if interviews is not None:
            appointment = tables.appointment
            people = sa.select(appointment.c.professional).where(appointment.c.id.in_(interviews))
            person = (_journal.c.entity == "professional", _journal.c.entity_id.in_(people))
            query = query.where(sa.or_(_journal.c.interview.in_(interviews), sa.and_(*person)))
        rows = self._connection.execute(query.order_by(_journal.c.seq.desc())).mappings()
        return [op_of(row) for row in rows]

    def _waiting_for_a_choice(self, interviews: Sequence[str]) -> set[str]:
        settled = Settings(self._connection).get(DECISIONS, {})
        held = [op for op in self.set_aside(interviews) if op.id not in settled]
        people = {op.entity_id for op in held if op.entity == "professional"}
        table = tables.appointment
        query = sa.select(table.c.id).where(table.c.professional.in_(people))
        theirs = {row.id for row in self._connection.execute(query)} if people else set()
        return ({op.interview for op in held if op.interview} | theirs) & set(interviews)

    def _in_conflict(self, interviews: Sequence[str]) -> set[str]:
        table = tables.open_conflict
        own = sa.select(table.c.interview).where(table.c.interview.in_(interviews))
        theirs = _of_professionals(table, interviews)
        return {row.interview for query in (own, theirs) for row in self._connection.execute(query)}

    def _rows_of(self, interviews: Sequence[str]) -> list[Any]:
        own = sa.select(_journal.c.interview, _journal.c.state).where(
            _journal.c.interview.in_(interviews)
        )
        theirs = _of_professionals(_journal, interviews).add_columns(_journal.c.state)
        return list(self._connection.execute(sa.union(own, theirs)))


def _of_professionals(table: sa.Table, interviews: Sequence[str]) -> sa.Select[Any]:
    """Return the interviews whose professional has lines in ``table``."""
    appointment = tables.appointment
    return (
        sa.select(appointment.c.id.label("interview"))
        .join(table, table.c.entity_id == appointment.c.professional)
        .where(table.c.entity == "professional", appointment.c.id.in_(interviews))
    )


def _grouped(rows: Iterable[Any]) -> Iterable[tuple[str, list[Any]]]:
    groups: dict[str, list[Any]] = {}
    for row in rows:
        groups.setdefault(row.interview, []).append(row)
    return groups.items()


def _worst(states: Iterable[str]) -> str:
    return "local" if OpState.PENDING in set(states) else "sent"


def op_of(row: Any) -> Op:
    """Return the operation a journal row holds."""
    values = {k: row[k] for k in row if k not in {"seq", "fields", "operation", "state"}}
    fields = {name: FieldChange(**change) for name, change in row["fields"].items()}
    return Op(
        **values,
        fields=fields,
        operation=Operation(row["operation"]),
        state=OpState(row["state"]),
    )
