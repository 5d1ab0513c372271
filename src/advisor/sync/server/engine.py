"""The central store's engine: answers exchanges. Knows neither HTTP nor tokens.

Whoever calls has already proved which device is speaking.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from advisor.domain.cases.operation import Operation
from advisor.domain.cases.synced import Life
from advisor.errors import NotFoundError
from advisor.store.identifiers import Clock, instant_text, utc_now
from advisor.sync.messages import (
    LONGEST_NAME,
    Exchange,
    Gap,
    Receipt,
    Reply,
    Trouble,
    Verdict,
    understood,
)
from advisor.sync.server import audit, lives, packs, tables
from advisor.sync.server.audit import Act
from advisor.sync.server.database import Central
from advisor.sync.server.giving import page_of, too_old
from advisor.sync.server.judged_again import judge_again
from advisor.sync.server.merging import PERSON
from advisor.sync.server.receiving import Received, Receiver, highest
from advisor.sync.server.records import ranks
from advisor.sync.server.rights import Rights, grant, rights_of
from advisor.sync.server.walls import confined
from advisor.sync.wire import decode, encode, refuse

LARGEST = 2**63 - 1  # what a column of ranks or numbers holds
TOMBSTONES_KEPT = timedelta(days=397)  # thirteen months, the longest there are

_TRACED = {Operation.ERASE_PERSON.value: Act.ERASE, Operation.MERGE_PERSON.value: Act.MERGE}


@dataclass(frozen=True, slots=True)
class Quarantined:
    """An op kept whole until it can be done; ``body`` is None once erased."""

    device: str
    incarnation: str
    local_seq: int
    reason: str
    body: Any


class Engine:
    """Answers devices over one database; ``now`` only dates tombstones and the audit.

    ``audited`` writes what each exchange did in the audit, with the push itself.
    """

    def __init__(self, central: Central, now: Clock = utc_now, *, audited: bool = False) -> None:
        self._central = central
        self._now = now
        self._audited = audited

    def answer(self, device: str, data: bytes) -> bytes:
        """Return the bytes of the reply to a device's bytes; BadDataError when unreadable."""
        return encode(self.exchange(device, decode(Exchange, data)))

    def exchange(self, device: str, question: Exchange) -> Reply:
        """Push then pull. The ops' effects and receipts are committed before the page is read."""
        _refuse_beyond_measure(question)
        if not understood(question.protocol):
            return Reply(trouble=Trouble.PROTOCOL)
        if device != question.device:
            return Reply(trouble=Trouble.LOCKED)
        done = Received()
        if question.ops:
            with self._central.writing() as connection:
                rights = self._rights(connection, device)
                if rights is None:
                    return Reply(trouble=Trouble.LOCKED)
                if (another := lives.told_of_another(connection, question)) is not None:
                    return another
                done = self._push(connection, rights, question)
        reply = Reply(tuple(done.receipts), tuple(done.refreshed.values()), done.trouble, done.gap)
        with self._central.reading() as connection:
            reply = self._give(connection, question, reply)
        if self._audited and reply.page is not None and reply.page.records:
            with self._central.noting() as connection:
                given = {"records": len(reply.page.records), "cursor": reply.page.cursor}
                audit.note(connection, instant_text(self._now()), Act.PULL, device, **given)
        return reply

    def admit(self, rights: Rights) -> None:
        """Write the rights of a device and of its organisation."""
        with self._central.writing() as connection:
            grant(connection, rights)

    def revoke(self, device: str) -> None:
        """Stop a device at its next contact; NotFoundError when it was never enrolled."""
        with self._central.writing() as connection:
            rights = rights_of(connection, device)
            if rights is None:
                raise NotFoundError("Ce poste n’est pas inscrit.", "Vérifiez la liste des postes.")
            grant(connection, replace(rights, revoked=True))

    def quarantined(self) -> list[Quarantined]:
        """Return what waits in quarantine, in the order received."""
        table = tables.receipt
        query = table.select().where(table.c.verdict == Verdict.QUARANTINED.value)
        with self._central.reading() as connection:
            return [
                Quarantined(row.device, row.incarnation, row.local_seq, row.reason, row.body)
                for row in connection.execute(query.order_by(table.c.seq, table.c.local_seq))
            ]

    def replay(self, held: Quarantined) -> Receipt:
        """Judge an op in quarantine again; its device learns the new verdict at its next pull."""
        table = tables.receipt
        with self._central.writing() as connection:
            row = connection.execute(
                table.select().where(
                    table.c.device == held.device,
                    table.c.incarnation == held.incarnation,
                    table.c.local_seq == held.local_seq,
                    table.c.verdict == Verdict.QUARANTINED.value,
                )
            ).first()
            rights = rights_of(connection, held.device)
            if row is None or rights is None:
                raise NotFoundError("Cette saisie n’est plus en quarantaine.")
            receipt = Receiver(connection, rights, instant_text(self._now())).replay(row)
            self._note_replay(connection, held.device, receipt)
            return receipt

    def prune(self) -> int:
        """Remove tombstones older than thirteen months; returns how many.

        A merged duplicate stays as long as the person kept: an erasure must still find them.
        """
        table, rank = tables.record, tables.rank
        limit = instant_text(self._now() - TOMBSTONES_KEPT)
        merged = sa.and_(table.c.entity == PERSON, table.c.professional.is_not(None))
        old = (table.c.life == Life.DELETED.value, table.c.deleted_at < limit, ~merged)
        with self._central.writing() as connection:
            newest = connection.execute(sa.select(sa.func.max(table.c.seq)).where(*old)).scalar()
            if newest is None:
                return 0
            connection.execute(rank.update().where(rank.c.floor < newest).values(floor=newest))
            return connection.execute(table.delete().where(*old)).rowcount

    def _rights(self, connection: sa.Connection, device: str) -> Rights | None:
        rights = rights_of(connection, device)
        return None if rights is None or rights.revoked else rights

    def _give(self, connection: sa.Connection, question: Exchange, reply: Reply) -> Reply:
        rights = self._rights(connection, question.device)
        if rights is None:
            return Reply(trouble=Trouble.LOCKED)
        if (another := lives.told_of_another(connection, question)) is not None:
            return another
        last, floor = ranks(connection)
        life, pack = lives.current(connection), packs.current_id(connection)
        reply = replace(reply, head=last, life=life, pack=pack)
        received = highest(connection, question.device, question.incarnation)
        emptied = question.pull is not None  # what was received before is then all told
        if reply.trouble is None and emptied and received > question.local_seq:
            reply = replace(reply, trouble=Trouble.REINCARNATE)
        elif reply.trouble is None and _forgot(question, received):
            gap = Gap(question.incarnation, received + 1)
            reply = replace(reply, trouble=Trouble.GAP, gap=gap)
        if reply.trouble is not None or question.pull is None:
            return reply
        if too_old(question.pull, last, floor):
            return replace(reply, trouble=Trouble.SNAPSHOT)
        with confined(connection, rights):
            return replace(reply, page=page_of(connection, rights, question.pull, last))

    def _push(self, connection: sa.Connection, rights: Rights, question: Exchange) -> Received:
        """Receive ops; what waited for the records they make is judged again at once."""
        now = instant_text(self._now())
        done = Receiver(connection, rights, now).receive(question.ops)
        self._note_push(connection, question, done)
        if done.erased:
            self._central.leave_no_trace()
        for device, receipt in judge_again(connection, done.made, now):
            self._note_replay(connection, device, receipt)
        return done

    def _note_replay(self, connection: sa.Connection, device: str, receipt: Receipt) -> None:
        if self._audited:
            told = {"local_seq": receipt.local_seq, "verdict": receipt.verdict.value}
            audit.note(connection, instant_text(self._now()), Act.REPLAY, device, **told)

    def _note_push(self, connection: sa.Connection, question: Exchange, done: Received) -> None:
        if not self._audited or not done.receipts:
            return
        at = instant_text(self._now())
        counted = Counter(one.verdict.value for one in done.receipts)
        audit.note(connection, at, Act.PUSH, question.device, **counted)
        verdicts = {(one.incarnation, one.local_seq): one.verdict for one in done.receipts}
        for body in done.first:
            act = _TRACED.get(str(body.get("operation")))
            verdict = verdicts[body["incarnation"], body["local_seq"]]
            if act is not None and verdict is not Verdict.QUARANTINED:
                seq = {"local_seq": body["local_seq"]}
                audit.note(connection, at, act, question.device, **seq)


def _forgot(question: Exchange, received: int) -> bool:
    """Tell whether ops were received before and are not known any more: a copy was put back.

    Only a device that names a life tells, with its last page, all it ever sent.
    """
    whole = question.pull is not None and question.pull.bucket is None
    return whole and bool(question.life) and received < question.local_seq


def _refuse_beyond_measure(question: Exchange) -> None:
    """Raise BadDataError for numbers no database holds and names nobody gives."""
    pull = question.pull
    numbers = [question.local_seq, question.protocol]
    if pull is not None:
        numbers += [pull.cursor, pull.limit, pull.snapshot or 0]
    numbers += [one for body in question.ops if type(one := body.get("local_seq")) is int]
    names = (question.device, question.incarnation, question.life)
    if any(not -LARGEST <= one <= LARGEST for one in numbers) or not all(
        one.isprintable() and len(one) <= LONGEST_NAME for one in names
    ):
        refuse("Exchange")
