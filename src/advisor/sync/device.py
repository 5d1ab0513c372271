"""The device's side of a sync: push, then pull, then check, one exchange after another.

Knows the store and the messages, not the network: ``transport`` takes a question's bytes and
gives the reply's, raising OSError when it cannot. Each reply is written in one transaction with
the cursor, and no transaction is open while the network is awaited.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from advisor.domain.cases.synced import Bucket, RecordState
from advisor.store.synced import Position, Synced
from advisor.store.vault import Vault
from advisor.sync.messages import Exchange, Page, Pull, Receipt, Reply, Trouble, Verdict
from advisor.sync.wire import decode, encode, mark, refuse

Transport = Callable[[bytes], bytes]
MOST_TROUBLES = 6  # a sound pair never meets more in one sync
ERASED = "erased"  # the reason of what was received after the person was erased
STOPPING = {Trouble.LOCKED, Trouble.PROTOCOL}


@dataclass(slots=True)
class SyncReport:
    """What one sync did. ``digest_ok`` is None when the end was not reached.

    ``pack`` names the reference pack the central store gives out, empty when there is none.
    ``erased`` counts, among those quarantined, what came after an erasure: nobody keeps it.
    """

    sent: int = 0
    applied: int = 0
    parallel: int = 0
    conflicts: int = 0
    quarantined: int = 0
    erased: int = 0
    received: int = 0
    exchanges: int = 0
    cursor: int = 0
    digest_ok: bool | None = None
    trouble: Trouble | None = None
    pack: str = ""

    def count(self, receipts: tuple[Receipt, ...]) -> None:
        """Add the verdicts of one reply."""
        verdicts = [one.verdict for one in receipts]
        self.sent += len(verdicts)
        self.applied += verdicts.count(Verdict.APPLIED)
        self.parallel += verdicts.count(Verdict.PARALLEL)
        self.conflicts += verdicts.count(Verdict.CONFLICT)
        self.quarantined += verdicts.count(Verdict.QUARANTINED)
        self.erased += sum(one.reason == ERASED for one in receipts)


class Device:
    """Syncs one open vault through ``transport``; ``fresh`` names a new incarnation.

    ``watch`` is told each question with what is done so far; what it raises stops the sync there.
    """

    def __init__(
        self,
        vault: Vault,
        transport: Transport,
        *,
        fresh: Callable[[], str] = lambda: secrets.token_hex(8),
        batch: int = 200,
        page: int = 500,
        watch: Callable[[Exchange, SyncReport], None] = lambda _question, _report: None,
    ) -> None:
        self._vault = vault
        self._transport = transport
        self._fresh = fresh
        self._batch = batch
        self._page = page
        self._watch = watch

    def sync(self) -> SyncReport:
        """Push, pull, compare, and repair what differs; returns what was done.

        Raises OSError when the network fails and BadDataError when an answer cannot be read:
        what was already received stays, and the next sync goes on from there.
        """
        report = SyncReport()
        differing = self._exchange_all(report)
        if differing:
            for bucket in differing:
                self._repair(bucket, report)
            differing = self._exchange_all(report)
        report.digest_ok = None if differing is None else not differing
        return report

    def _exchange_all(self, report: SyncReport) -> list[tuple[str, str]] | None:
        """Return the buckets that differ once all is pushed and pulled, None when stopped."""
        troubles = 0
        while True:
            reply = self._ask(self._question(), report)
            digest = self._take(reply, report)
            if digest is not None:
                return digest
            troubles += reply.trouble is not None
            report.trouble = reply.trouble
            if reply.trouble in STOPPING or troubles > MOST_TROUBLES:
                return None

    def _question(self) -> Exchange:
        with self._vault.read() as look:
            synced = Synced(look.connection)
            ops = synced.outbox(self._batch + 1)
            device, incarnation, last = synced.identity()
            at = synced.position()
        rest = len(ops) > self._batch
        bodies = tuple(op.body() for op in ops[: self._batch])
        pull = None if rest else Pull(at.cursor, self._page, at.snapshot)
        return Exchange(device, incarnation, last, bodies, pull, life=at.life)

    def _ask(self, question: Exchange, report: SyncReport) -> Reply:
        self._watch(question, report)
        report.exchanges += 1
        reply = decode(Reply, self._transport(encode(question)))
        _refuse_another_answer(question, reply)
        return reply

    def _take(self, reply: Reply, report: SyncReport) -> list[tuple[str, str]] | None:
        """Write a reply; returns the differing buckets when it was the last of a pull."""
        with self._vault.receive() as synced:
            _settle(synced, reply.receipts)
            refused = [one for one in reply.receipts if one.verdict is Verdict.QUARANTINED]
            synced.doubt([(one.incarnation, one.local_seq) for one in refused])
            if reply.trouble is not None:
                self._overcome(synced, reply)
            elif reply.life:
                synced.know_life(reply.life)
            at = synced.position()
            _write(synced, reply.refreshed, at.sweep)
            differing = None if reply.page is None else _turn(synced, reply.page, at)
        report.count(reply.receipts)
        report.pack = reply.pack
        report.received += len(reply.page.records) if reply.page else 0
        report.cursor = reply.page.cursor if reply.page else report.cursor
        return differing

    def _overcome(self, synced: Synced, reply: Reply) -> None:
        gap, another = reply.gap, reply.trouble is Trouble.REINCARNATE
        if gap is not None and reply.trouble is Trouble.GAP:
            another = not synced.resend_from(gap.incarnation, gap.expected)
        if another:
            former = gap.incarnation if gap else synced.identity()[1]
            synced.reincarnate(self._fresh(), former)
        elif reply.trouble is Trouble.SNAPSHOT:
            synced.start_over(reply.head)
        elif reply.trouble is Trouble.RESTORED:
            synced.offer_again(reply.held, reply.since)
            synced.know_life(reply.life)
            synced.start_over(reply.head)

    def _repair(self, bucket: tuple[str, str], report: SyncReport) -> None:
        """Fetch one kind of one département again, and drop here what is not there."""
        with self._vault.receive() as synced:
            at = synced.position()
            at = replace(at, sweep=at.sweep + 1)
            synced.move(at)
        device, incarnation, last = self._identity()
        cursor, more = 0, True
        while more:
            pull = Pull(cursor, self._page, None, bucket)
            question = Exchange(device, incarnation, last, (), pull, life=at.life)
            reply = self._ask(question, report)
            if reply.page is None:
                return
            cursor, more = reply.page.cursor, reply.page.more
            with self._vault.receive() as synced:
                _write(synced, reply.page.records, at.sweep)
                if not more:
                    synced.drop_unseen(at.sweep, bucket)

    def _identity(self) -> tuple[str, str, int]:
        with self._vault.read() as look:
            return Synced(look.connection).identity()


def _refuse_another_answer(question: Exchange, reply: Reply) -> None:
    """Raise BadDataError when the ops judged are not those sent: a relay mixed answers up."""
    sent = [(body["incarnation"], body["local_seq"]) for body in question.ops]
    judged = [(one.incarnation, one.local_seq) for one in reply.receipts]
    if judged != (sent if reply.trouble is None else sent[: len(judged)]):
        refuse("Reply.receipts")


def _settle(synced: Synced, receipts: tuple[Receipt, ...]) -> None:
    synced.settle((one.incarnation, one.local_seq, _verdict(one)) for one in receipts)


def _verdict(one: Receipt) -> dict[str, Any]:
    kept = {"verdict": one.verdict.value, "reason": one.reason, "seq": one.seq}
    return {**kept, "warnings": list(one.warnings)}


def _write(synced: Synced, states: tuple[RecordState, ...], sweep: int) -> None:
    synced.receive([(state, mark(state)) for state in states], sweep)


def _turn(synced: Synced, page: Page, at: Position) -> list[tuple[str, str]] | None:
    """Write a page with its cursor; on the last one, compare what is held on both sides."""
    _write(synced, page.records, at.sweep)
    _settle(synced, page.replayed)
    if page.digest is None:
        synced.move(replace(at, cursor=page.cursor))
        return None
    if at.snapshot is not None:
        synced.drop_unseen(at.sweep)
    synced.move(replace(at, cursor=page.cursor, snapshot=None))
    return _differing(synced.digest(), page.digest)


def _differing(mine: tuple[Bucket, ...], theirs: tuple[Bucket, ...]) -> list[tuple[str, str]]:
    odd = set(mine) ^ set(theirs)
    return sorted({(one.entity, one.departement) for one in odd})
