"""Receives ops one by one: receipt and effect in one transaction, nothing refused for good."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa

from advisor.domain.cases.operation import INTO, Op, Operation
from advisor.domain.cases.synced import RecordState, Version
from advisor.sync.merge import MAKING, Held, Record, merge
from advisor.sync.messages import (
    Gap,
    Identity,
    Receipt,
    Trouble,
    Verdict,
    content_mark,
    identity_of,
    readable,
)
from advisor.sync.server import records, tables
from advisor.sync.server.erasing import erase_person, is_erased
from advisor.sync.server.rights import Rights
from advisor.sync.server.walls import confined
from advisor.sync.slots import DOUBLE_BOOKING, overlap
from advisor.sync.wire import refuse

ERASED = "erased"
Judged = tuple[Verdict, str, tuple[str, ...]]
_receipt = tables.receipt


@dataclass(slots=True)
class Received:
    """What a push became; on trouble the ops after it were left alone."""

    receipts: list[Receipt] = field(default_factory=list)
    refreshed: dict[tuple[str, str], RecordState] = field(default_factory=dict)
    trouble: Trouble | None = None
    gap: Gap | None = None


class Receiver:
    """Receives the ops of one device on one writing transaction; ``now`` is an instant."""

    def __init__(self, connection: sa.Connection, rights: Rights, now: str) -> None:
        self._connection = connection
        self._rights = rights
        self._now = now

    def receive(self, bodies: Iterable[Mapping[str, Any]]) -> Received:
        """Take ops in their order, stopping at a gap or at a copy that lives its own life."""
        done = Received()
        for body in bodies:
            name = identity_of(body)
            if name.device != self._rights.device:
                refuse("ops.device")
            known = self._known(name)
            if known is None and name.local_seq > self._highest(name) + 1:
                done.trouble = Trouble.GAP
                done.gap = Gap(name.incarnation, self._highest(name) + 1)
                break
            if known is not None and _differs(known, body):
                done.trouble = Trouble.REINCARNATE
                done.gap = Gap(name.incarnation, name.local_seq)
                break
            receipt = receipt_of(known) if known is not None else self._first(name, body)
            done.receipts.append(receipt)
            if receipt.verdict is Verdict.QUARANTINED:
                self._refresh(done, body)
        return done

    def replay(self, row: Any) -> Receipt:
        """Judge again an op in quarantine, after a right or a version changed."""
        op = readable(row.body) if row.body else None
        receipt = receipt_of(row)
        if op is not None:
            verdict, reason, warnings = self._judge(op)
            rank = records.next_rank(self._connection)
            receipt = replace(receipt, verdict=verdict, reason=reason, warnings=warnings, seq=rank)
            self._connection.execute(
                _receipt.update()
                .where(*_named(Identity(row.device, row.incarnation, row.local_seq)))
                .values(
                    verdict=verdict.value,
                    reason=reason,
                    warnings=warnings,
                    seq=rank,
                    replayed=rank,
                )
            )
        return receipt

    def _known(self, name: Identity) -> Any:
        return self._connection.execute(_receipt.select().where(*_named(name))).first()

    def _highest(self, name: Identity) -> int:
        return highest(self._connection, name.device, name.incarnation)

    def _first(self, name: Identity, body: Mapping[str, Any]) -> Receipt:
        op = readable(body)
        judged: Judged = (Verdict.QUARANTINED, "unreadable", ())
        verdict, reason, warnings = judged if op is None else self._judge(op)
        seq = records.head(self._connection)
        bare = reason == ERASED or (op is not None and op.operation is Operation.VOID)
        self._connection.execute(
            _receipt.insert().values(
                device=name.device,
                incarnation=name.incarnation,
                local_seq=name.local_seq,
                entity=op.entity if op else "",
                entity_id=op.entity_id if op else "",
                interview=op.interview if op else None,
                body=None if bare else body,
                content_mark=None if bare else content_mark(body),
                verdict=verdict.value,
                reason=reason,
                warnings=list(warnings),
                seq=seq,
            )
        )
        self._count(name)
        return Receipt(name.incarnation, name.local_seq, verdict, reason, tuple(warnings), seq)

    def _count(self, name: Identity) -> None:
        table = tables.incarnation
        where = (table.c.device == name.device, table.c.id == name.incarnation)
        done = self._connection.execute(table.update().where(*where).values(highest=name.local_seq))
        if done.rowcount == 0:
            values = {"device": name.device, "id": name.incarnation, "highest": name.local_seq}
            self._connection.execute(table.insert().values(**values))

    def _judge(self, op: Op) -> Judged:
        row = records.row_of(self._connection, op.entity, op.entity_id)
        if op.operation is Operation.VOID:
            return Verdict.APPLIED, "", ()
        refused = self._rights.refuses(op, row.departement if row else None)
        if is_erased(self._connection, op):
            if row is None and not refused:
                self._mark_erased(op)
            return Verdict.QUARANTINED, ERASED, ()
        if refused:
            return Verdict.QUARANTINED, "rights", ()
        if op.operation is Operation.ERASE_PERSON:
            erase_person(self._connection, op)
            return Verdict.APPLIED, "", ()
        return self._merge(op, records.record_of(row))

    def _mark_erased(self, op: Op) -> None:
        rank = records.next_rank(self._connection)
        place = (op.entity, op.entity_id, op.departement)
        if op.operation in MAKING:
            records.save_mark(self._connection, *place, rank)

    def _merge(self, op: Op, now: Record | None) -> Judged:
        rank = records.next_rank(self._connection)
        merged = merge(op, now, rank)
        warnings: tuple[str, ...] = ()
        if merged.record is not None:
            with confined(self._connection, self._rights):
                records.save(self._connection, merged.record, rank, self._now)
            if op.entity == "appointment" and self._double(merged.record):
                warnings = (DOUBLE_BOOKING,)
            if op.operation is Operation.MERGE_PERSON:
                self._redirect(op)
        return merged.verdict, merged.reason, warnings

    def _double(self, booked: Record) -> bool:
        held = booked.fields.get("permanence")
        if held is None or not isinstance(held.current.value, str):
            return False
        rows = records.linked(self._connection, "permanence", [held.current.value])
        others = [records.record_of(row) for row in rows]
        return any(one is not None and overlap(booked, one) for one in others)

    def _redirect(self, op: Op) -> None:
        """Give the interviews of a duplicate to the person kept."""
        for row in records.linked(self._connection, "professional", [op.entity_id]):
            record = records.record_of(row)
            if record is None or record.entity != "appointment":
                continue
            rank = records.next_rank(self._connection)
            kept = op.fields[INTO].new
            by = (op.actor, op.organisation, op.declared_at, rank)
            held = Held(Version(op.id, "professional", kept, *by))
            moved = replace(record, fields={**record.fields, "professional": held})
            records.save(self._connection, moved, rank, self._now)

    def _refresh(self, done: Received, body: Mapping[str, Any]) -> None:
        """Give back the record as it stands, so that the device shows what is so."""
        op = readable(body)
        row = records.row_of(self._connection, op.entity, op.entity_id) if op else None
        if row is not None and self._rights.sees(row.entity, row.departement):
            done.refreshed[row.entity, row.id] = records.state_of(row)


def highest(connection: sa.Connection, device: str, incarnation: str) -> int:
    """Return the last ``local_seq`` received of an incarnation, 0 when none was."""
    table = tables.incarnation
    query = sa.select(table.c.highest).where(table.c.device == device, table.c.id == incarnation)
    return connection.execute(query).scalar() or 0


def receipt_of(row: Any) -> Receipt:
    """Return the receipt a line keeps."""
    return Receipt(
        row.incarnation,
        row.local_seq,
        Verdict(row.verdict),
        row.reason,
        tuple(row.warnings),
        row.seq,
    )


def _named(name: Identity) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        _receipt.c.device == name.device,
        _receipt.c.incarnation == name.incarnation,
        _receipt.c.local_seq == name.local_seq,
    )


def _differs(known: Any, body: Mapping[str, Any]) -> bool:
    """Tell two ops of one name apart; what was erased on either side tells nothing."""
    void = known.content_mark is None or body.get("operation") == Operation.VOID
    return not void and known.content_mark != content_mark(body)
