"""What this home carries for other devices: their entries to relay, the answers to hand back.

Entries are shown at once, laid on the records held, but only where their author had seen what is
held here: that is what the central store would decide too. Knows no signature and no network.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from advisor.domain.cases.operation import FieldChange, Op, Operation, OpState
from advisor.domain.cases.synced import Life
from advisor.store import tables
from advisor.store.carried_tables import carried_envelope, carried_op, carried_reply
from advisor.store.erasing import drop
from advisor.store.journal import op_of
from advisor.store.laying import Laying
from advisor.store.prepared import Prepared

WAITING, REFUSED, ANSWERED, DONE = "waiting", "refused", "answered", "done"
DONE_KEPT = 20  # manifests for each device, so that an old file brings nothing again
OUT_OF_DATE = -1  # the mark of a record that must be fetched again: no true mark is negative
REPLIES_KEPT = 3  # for each device: an answer lost is given again when its entries come back
_journal, _synced = tables.journal, tables.synced_record
_SHOWN = Prepared(carried_op.select().where(carried_op.c.shown, carried_op.c.body.is_not(None)))
_MARK = Prepared(
    carried_op.update()
    .where(carried_op.c.envelope == sa.bindparam("of"), carried_op.c.place == sa.bindparam("at"))
    .values(over=sa.bindparam("rank"))
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One op of an envelope: what it is about, and its body while it is not erased."""

    entity: str
    entity_id: str
    interview: str | None
    body: Mapping[str, Any] | None
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Envelope:
    """What one device gave to carry; ``manifest`` is what it signed, ``signature`` may be empty.

    ``state`` is waiting, refused (``reason`` says why), answered, or done: pulled since, so that
    only the manifest is kept.
    """

    id: str
    device: str
    incarnation: str
    local_seq: int
    cursor: int
    manifest: Mapping[str, Any]
    signature: str
    entries: tuple[Entry, ...]
    state: str = WAITING
    reason: str = ""
    received_at: str = ""

    def hashes(self) -> set[str]:
        """Return what names the content of its entries."""
        named = {str(line["sha256"]) for line in self.manifest.get("ops", ())}
        return named - {""}  # what a rescue could not read


class Carried:
    """Reads and writes what is carried, on one connection where references are not checked."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._laid: dict[tuple[str, str], list[Op]] | None = None
        self._pending: dict[tuple[str, str], list[Op]] | None = None
        self._places: dict[str, list[tuple[str, int]]] = {}

    def envelopes(self, *states: str) -> list[Envelope]:
        """Return what is carried in the states given (all when none), oldest first."""
        query = carried_envelope.select().order_by(
            carried_envelope.c.received_at, carried_envelope.c.id
        )
        if states:
            query = query.where(carried_envelope.c.state.in_(states))
        return [self._envelope(row) for row in self._connection.execute(query).all()]

    def known(self, device: str) -> set[str]:
        """Return the hashes of all entries of a device that came here, relayed since or not."""
        held = (one for one in self.envelopes() if one.device == device)
        return set[str]().union(*(one.hashes() for one in held))

    def keep(self, given: Envelope) -> bool:
        """Keep an envelope that says or asks something new; tell whether it was kept."""
        held = [one for one in self.envelopes() if one.device == given.device]
        asked = [one.cursor for one in held if one.incarnation == given.incarnation]
        hashes = given.hashes()
        if asked and max(asked) >= given.cursor and hashes <= self.known(given.device):
            return False
        for one in held:
            if one.id == given.id or (one.state in {WAITING, REFUSED} and one.hashes() <= hashes):
                self.drop(one.id)
        values = {
            name: getattr(given, name)
            for name in (
                *("id", "device", "incarnation", "local_seq", "cursor"),
                *("manifest", "signature", "state", "reason", "received_at"),
            )
        }
        self._connection.execute(carried_envelope.insert().values(**values, head=0))
        self._keep_entries(given)
        self._laid = None
        return True

    def refuse(self, envelope: str, reason: str) -> None:
        """Keep why the central store does not take an envelope; it stays here, whole."""
        self._set(envelope, state=REFUSED, reason=reason)

    def answer(self, envelope: str, head: int) -> None:
        """Keep that the central store answered, its ranks having reached ``head``."""
        self._set(envelope, state=ANSWERED, head=head)

    def finish(self, cursor: int) -> None:
        """Let go of what was answered, once this home has pulled up to that answer."""
        query = carried_envelope.select().where(
            carried_envelope.c.state == ANSWERED, carried_envelope.c.head <= cursor
        )
        for row in self._connection.execute(query).all():
            self._let_go(row.id)
            self._set(row.id, state=DONE)
            mine = (carried_envelope.c.device == row.device, carried_envelope.c.state == DONE)
            newest = sa.select(carried_envelope.c.id).where(*mine)
            newest = newest.order_by(carried_envelope.c.received_at.desc())
            for old in self._connection.execute(newest).all()[DONE_KEPT:]:
                self.drop(old.id)

    def drop(self, envelope: str) -> None:
        """Forget an envelope; records it still lies on are to be fetched again."""
        self._let_go(envelope)
        table = carried_envelope
        self._connection.execute(table.delete().where(table.c.id == envelope))

    def keep_reply(self, reply_id: str, device: str, head: int, content: Mapping[str, Any]) -> bool:
        """Keep an answer meant for another device; tell whether it is a new one."""
        table = carried_reply
        if self._connection.execute(table.select().where(table.c.id == reply_id)).first():
            return False
        values = {"id": reply_id, "device": device, "head": head, "content": dict(content)}
        self._connection.execute(table.insert().values(**values))
        mine = sa.select(table.c.id).where(table.c.device == device)
        newest = mine.order_by(table.c.head.desc(), table.c.id)
        old = [row.id for row in self._connection.execute(newest).all()[REPLIES_KEPT:]]
        self._connection.execute(table.delete().where(table.c.id.in_(old)))
        return reply_id not in old

    def replies(self) -> list[Mapping[str, Any]]:
        """Return the answers kept for other devices, oldest first."""
        query = carried_reply.select().order_by(carried_reply.c.head, carried_reply.c.id)
        return [row.content for row in self._connection.execute(query)]

    def lay(self, entity: str, record_id: str, seq: int | None = None) -> None:
        """Lay on a record what is carried about it; ``seq`` is its rank when it just came."""
        ops = self._ops().get((entity, record_id), [])
        if not ops:
            return
        over = self._rank(entity, record_id) if seq is None else seq
        own = self._own(entity, record_id)
        for op in ops:
            laid = Laying(self._connection, op, own).lay()
            self._mark(op, over if laid else None)

    def waits(self, entity: str, record_id: str) -> bool:
        """Tell whether something shown here is carried about a record."""
        return (entity, record_id) in self._ops()

    def is_received(self, entity: str, record_id: str) -> bool:
        """Tell whether the central store sent that record here."""
        return self._rank(entity, record_id) > 0

    def _envelope(self, row: Any) -> Envelope:
        ops = carried_op.select().where(carried_op.c.envelope == row.id)
        entries = tuple(
            Entry(one.entity, one.entity_id, one.interview, one.body, one.shown)
            for one in self._connection.execute(ops.order_by(carried_op.c.place))
        )
        names = ("id", "device", "incarnation", "local_seq", "cursor", "manifest", "signature")
        kept = {name: getattr(row, name) for name in (*names, "state", "reason", "received_at")}
        return Envelope(**kept, entries=entries)

    def _let_go(self, envelope: str) -> None:
        mine = carried_op.c.envelope == envelope
        rows = self._connection.execute(carried_op.select().where(mine)).all()
        self._connection.execute(carried_op.delete().where(mine))
        self._laid = None
        for row in rows:
            if row.over is not None:
                self._uncover(row.entity, row.entity_id, row.over)

    def _keep_entries(self, given: Envelope) -> None:
        gone = self._gone() if given.entries else set()
        rows = []
        for place, entry in enumerate(given.entries):
            body = None if _names_any(entry, gone) else entry.body
            about = {"entity": entry.entity, "entity_id": entry.entity_id}
            kept = {"shown": entry.shown and body is not None, "body": body}
            named = {"envelope": given.id, "place": place, "interview": entry.interview}
            rows.append({**named, **about, **kept})
        if rows:
            self._connection.execute(carried_op.insert(), rows)

    def _set(self, envelope: str, **values: Any) -> None:
        named = carried_envelope.c.id == envelope
        self._connection.execute(carried_envelope.update().where(named).values(**values))

    def _ops(self) -> dict[tuple[str, str], list[Op]]:
        """Return what may be laid, by record, each device's entries in their order."""
        if self._laid is None:
            self._laid = {}
            found: dict[str, Op] = {}
            self._places = {}
            for row in _SHOWN.rows(self._connection):
                op = _op(row)
                found[op.id] = op
                self._places.setdefault(op.id, []).append((row.envelope, row.place))
            for op in sorted(found.values(), key=lambda o: (o.device, o.incarnation, o.local_seq)):
                self._laid.setdefault((op.entity, op.entity_id), []).append(op)
        return self._laid

    def _own(self, entity: str, record_id: str) -> list[Op]:
        if self._pending is None:
            self._pending = {}
            query = _journal.select().where(_journal.c.state == OpState.PENDING)
            for row in self._connection.execute(query.order_by(_journal.c.seq)).mappings():
                self._pending.setdefault((row["entity"], row["entity_id"]), []).append(op_of(row))
        return self._pending.get((entity, record_id), [])

    def _rank(self, entity: str, record_id: str) -> int:
        named = (_synced.c.entity == entity, _synced.c.entity_id == record_id)
        return self._connection.execute(sa.select(_synced.c.seq).where(*named)).scalar() or 0

    def _mark(self, op: Op, over: int | None) -> None:
        rows = [{"of": envelope, "at": n, "rank": over} for envelope, n in self._places[op.id]]
        _MARK.run_all(self._connection, rows)

    def _uncover(self, entity: str, record_id: str, over: int) -> None:
        """Make the digest tell a record that still shows what was carried, or take it out."""
        named = (_synced.c.entity == entity, _synced.c.entity_id == record_id)
        rank = self._connection.execute(sa.select(_synced.c.seq).where(*named)).scalar()
        if rank is not None:
            if rank == over:
                self._connection.execute(_synced.update().where(*named).values(mark=OUT_OF_DATE))
            return
        mine = (_journal.c.entity == entity, _journal.c.entity_id == record_id)
        written = self._connection.execute(sa.select(_journal.c.seq).where(*mine)).first()
        if written is None and not self.waits(entity, record_id):
            drop(self._connection, entity, record_id)

    def _gone(self) -> set[tuple[str, str]]:
        """Return what was erased here, as the central store or this home's journal says."""
        marked = sa.select(_synced.c.entity, _synced.c.entity_id).where(
            _synced.c.life == Life.ERASED.value
        )
        emptied = sa.select(_journal.c.entity, _journal.c.entity_id).where(
            _journal.c.operation.in_((Operation.VOID, Operation.ERASE_PERSON))
        )
        return {(row[0], row[1]) for row in self._connection.execute(marked.union(emptied))}


def _names_any(one: Entry, gone: set[tuple[str, str]]) -> bool:
    """Tell whether an entry speaks of something erased, or hangs on it."""
    fields = (one.body or {}).get("fields", {})
    person = fields.get("professional") if isinstance(fields, dict) else None
    named = [
        (one.entity, one.entity_id),
        ("appointment", one.interview),
        ("professional", person.get("new") if isinstance(person, dict) else None),
    ]
    return any(isinstance(i, str) and (kind, i) in gone for kind, i in named)


def _op(row: Any) -> Op:
    body = dict(row.body)
    fields = {name: FieldChange(**change) for name, change in body.pop("fields").items()}
    known = {name: body[name] for name in Op.__slots__ if name in body}
    return Op(**{**known, "fields": fields, "operation": Operation(body["operation"])})
