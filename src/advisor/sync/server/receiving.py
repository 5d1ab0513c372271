"""Receives ops one by one: receipt and effect in one transaction, nothing refused for good."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

import sqlalchemy as sa

from advisor.domain.cases.operation import INTO, Op, Operation
from advisor.domain.cases.synced import Life, RecordState
from advisor.sync.merge import MAKING, Record, merge
from advisor.sync.messages import Gap, Identity, Receipt, Trouble, Verdict, identity_of, readable
from advisor.sync.server import records, tables
from advisor.sync.server.bookings import Bookings
from advisor.sync.server.erasing import erase_person, is_erased, named
from advisor.sync.server.merging import INTERVIEW, PERSON, merged_into, settle
from advisor.sync.server.receipts import Receipts, highest, receipt_of
from advisor.sync.server.rights import Rights
from advisor.sync.server.working_set import WorkingSet
from advisor.sync.slots import DOUBLE_BOOKING, SLOT
from advisor.sync.wire import refuse

__all__ = ["Received", "Receiver", "highest", "receipt_of"]

AT_ONCE = 200  # ops whose records are read together
ERASED = "erased"
Judged = tuple[Verdict, str, tuple[str, ...]]
Read = tuple[Identity, Mapping[str, Any], Op | None]
_receipt = tables.receipt


@dataclass(slots=True)
class Received:
    """What a push became; on trouble the ops after it were left alone. ``made``: new records."""

    receipts: list[Receipt] = field(default_factory=list)
    refreshed: dict[tuple[str, str], RecordState] = field(default_factory=dict)
    made: list[tuple[str, str]] = field(default_factory=list)
    erased: bool = False
    trouble: Trouble | None = None
    gap: Gap | None = None
    first: list[Mapping[str, Any]] = field(default_factory=list)  # those never received before


class Receiver:
    """Receives the ops of one device on one writing transaction; ``now`` is an instant."""

    def __init__(self, connection: sa.Connection, rights: Rights, now: str) -> None:
        self._connection = connection
        self._rights = rights
        self._set = WorkingSet(connection, rights, now)
        self._receipts = Receipts(connection, rights.device)
        self._bookings = Bookings(self._set)

    def receive(self, bodies: Iterable[Mapping[str, Any]]) -> Received:
        """Take ops in their order, stopping at a gap or at a copy that lives its own life."""
        done = Received()
        for batch in self._batches(bodies):
            self._receipts.load(name for name, _, _ in batch)
            self._set.load(key for _, _, op in batch if op is not None for key in named(op))
            for one in batch:
                if not self._take(done, *one):
                    break
            self._flush()
            if done.trouble is not None:
                break
        return done

    def replay(self, row: Any) -> Receipt:
        """Judge again an op in quarantine, after a right or a version changed."""
        op = readable(row.body) if row.body else None
        receipt = receipt_of(row)
        if op is not None:
            before = self._set.head()
            verdict, reason, warnings = self._judge(op)
            rank = self._rank_after(before) or self._set.next_rank()
            receipt = replace(receipt, verdict=verdict, reason=reason, warnings=warnings, seq=rank)
            self._flush()
            self._connection.execute(
                _receipt.update()
                .where(
                    _receipt.c.device == row.device,
                    _receipt.c.incarnation == row.incarnation,
                    _receipt.c.local_seq == row.local_seq,
                )
                .values(
                    verdict=verdict.value,
                    reason=reason,
                    warnings=warnings,
                    seq=rank,
                    replayed=rank,
                )
            )
        return receipt

    def _batches(self, bodies: Iterable[Mapping[str, Any]]) -> Iterator[list[Read]]:
        rest = iter(bodies)
        while batch := [
            (identity_of(body), body, readable(body)) for body in islice(rest, AT_ONCE)
        ]:
            if any(name.device != self._rights.device for name, _, _ in batch):
                refuse("ops.device")
            yield batch

    def _take(self, done: Received, name: Identity, body: Mapping[str, Any], op: Op | None) -> bool:
        """Take one op; False at a gap or when another op of that name was received."""
        known = self._receipts.known(name)
        expected = self._receipts.highest(name.incarnation) + 1
        if known is None and name.local_seq > expected:
            done.trouble, done.gap = Trouble.GAP, Gap(name.incarnation, expected)
            return False
        if known is not None and known.differs(body):
            done.trouble = Trouble.REINCARNATE
            done.gap = Gap(name.incarnation, name.local_seq)
            return False
        receipt = known.receipt if known is not None else self._first(name, body, op)
        done.receipts.append(receipt)
        if known is None:
            done.first.append(body)
        if receipt.verdict is Verdict.QUARANTINED and op is not None:
            self._refresh(done, op)
        elif op is not None and op.operation in MAKING:
            done.made.append((op.entity, op.entity_id))
        done.erased |= op is not None and op.operation is Operation.ERASE_PERSON
        return True

    def _flush(self) -> None:
        self._set.flush()
        self._receipts.flush()

    def _first(self, name: Identity, body: Mapping[str, Any], op: Op | None) -> Receipt:
        judged: Judged = (Verdict.QUARANTINED, "unreadable", ())
        before = self._set.head()
        verdict, reason, warnings = judged if op is None else self._judge(op)
        place = (name.incarnation, name.local_seq)
        rank = self._rank_after(before) or before
        receipt = Receipt(*place, verdict, reason, warnings, rank)
        bare = reason == ERASED or (op is not None and op.operation is Operation.VOID)
        self._receipts.add(receipt, op, body, bare=bare)
        return receipt

    def _rank_after(self, before: int) -> int:
        """Return the rank of what was just judged, 0 when it took none."""
        return before + 1 if self._set.head() > before else 0

    def _judge(self, op: Op) -> Judged:
        if op.operation is Operation.VOID:
            return Verdict.APPLIED, "", ()
        self._set.load(named(op))
        line = self._set.line(op.entity, op.entity_id)
        refused = self._rights.refuses(op, line.departement if line else None)
        if is_erased(self._set, op):
            if line is None and not refused:
                self._mark_erased(op)
            return Verdict.QUARANTINED, ERASED, ()
        if refused:
            return Verdict.QUARANTINED, "rights", ()
        if op.operation is Operation.ERASE_PERSON:
            kept = merged_into(self._set, op.entity_id)
            if not all(self._rights.sees(PERSON, one.departement) for one in kept):
                return Verdict.QUARANTINED, "rights", ()
            self._flush()
            erase_person(self._connection, self._set, op)
            self._receipts.forget()
            self._bookings.forget()
            return Verdict.APPLIED, "", ()
        return self._merge(op, line.record if line else None)

    def _mark_erased(self, op: Op) -> None:
        rank = self._set.next_rank()
        if op.operation in MAKING:
            self._set.save_mark(op.entity, op.entity_id, op.departement, rank)

    def _merge(self, op: Op, now: Record | None) -> Judged:
        rank = self._set.next_rank()
        if op.operation is Operation.MERGE_PERSON and not self._keeps(op):
            return Verdict.QUARANTINED, "unknown_record", ()
        merged = merge(op, now, rank)
        warnings: tuple[str, ...] = ()
        if merged.record is not None:
            self._set.save(merged.record, rank, walled=True)
            if op.entity == INTERVIEW and self._double(op, merged.record):
                warnings = (DOUBLE_BOOKING,)
        if op.entity == PERSON and merged.record is not None:
            settle(self._set, op)
        return merged.verdict, merged.reason, warnings

    def _keeps(self, op: Op) -> bool:
        """Tell whether the person a duplicate is merged into is there, or that is not readable."""
        into = op.fields.get(INTO)
        if into is None or not isinstance(into.new, str):
            return True
        kept = self._set.line(PERSON, into.new)
        seen = kept is not None and self._rights.sees(PERSON, kept.departement)
        return seen and kept is not None and kept.life is Life.LIVE

    def _double(self, op: Op, booked: Record) -> bool:
        """Tell whether an op makes an appointment meet another; a tombstone takes no time."""
        moved = op.fields.keys() & SLOT or op.operation is not Operation.SET
        return bool(moved) and self._bookings.double(booked) and bool(op.fields.keys() & SLOT)

    def _refresh(self, done: Received, op: Op) -> None:
        """Give back the record as it stands, so that the device shows what is so.

        A merge that is not done gives back the interviews it would have moved, too.
        """
        lines = [self._set.line(op.entity, op.entity_id)]
        if op.operation is Operation.MERGE_PERSON:
            lines += self._set.linked(PERSON, [op.entity_id])
        for line in lines:
            if line is not None and self._rights.sees(line.entity, line.departement):
                done.refreshed[line.entity, line.id] = records.state_of(line)
