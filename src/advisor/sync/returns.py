"""Takes in an answer of the central store that came back by file.

It may be old, come twice or out of order: verdicts and records never go backwards, a page is
written only where it continues what was pulled, and a trouble counts only for the last question.
"""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from advisor.domain.cases.synced import RecordState
from advisor.store.enrolled import Enrolled
from advisor.store.ranks import not_older, settled_at
from advisor.store.settings import Settings
from advisor.store.synced import Synced
from advisor.store.vault import Vault
from advisor.sync.device import SyncReport
from advisor.sync.envelopes import Answered, Returned, is_answered_by, opened
from advisor.sync.messages import Page, Receipt, Reply, Trouble
from advisor.sync.wire import mark

LAST_QUESTION = "file_question"  # the setting that names the last envelope this home made


@dataclass(slots=True)
class _Place:
    """From where the next page of an answer continues."""

    cursor: int
    snapshot: int | None


class Returning:
    """Takes answers meant for this home; ``report`` counts what they brought."""

    def __init__(
        self,
        vault: Vault,
        report: SyncReport,
        fresh: Callable[[], str] = lambda: secrets.token_hex(8),
    ) -> None:
        self._vault = vault
        self._report = report
        self._fresh = fresh

    def take(self, given: Answered) -> bool:
        """Take one answer; False when it is not for this home or not from its central store."""
        with self._vault.read() as look:
            tie = Enrolled(look.connection).tie()
        if tie is None or given.device != tie.device:
            return False
        if not is_answered_by(given, tie.central_key):
            return False
        returned = opened(given, tie.private_key)
        if returned is None:
            return False
        place = _Place(returned.cursor, returned.snapshot)
        for reply in returned.replies:
            with self._vault.receive() as synced:
                self._take(synced, given, returned, reply, place)
        return True

    def _take(
        self, synced: Synced, given: Answered, returned: Returned, reply: Reply, place: _Place
    ) -> None:
        self._settle(synced, reply.receipts)
        if reply.trouble is not None and self._is_last(synced, given.envelope):
            self._overcome(synced, returned, reply)
        if reply.trouble is Trouble.SNAPSHOT:
            place.cursor, place.snapshot = 0, reply.head
        self._write(synced, reply.refreshed)
        if reply.page is not None:
            self._turn(synced, reply.page, place, reply.head)
            place.cursor = reply.page.cursor

    def _settle(self, synced: Synced, receipts: Iterable[Receipt]) -> None:
        news = []
        for one in receipts:
            held = settled_at(synced.connection, one.incarnation, one.local_seq)
            if held is None or held < one.seq:
                news.append(one)
        synced.settle((one.incarnation, one.local_seq, _verdict(one)) for one in news)
        self._report.count(tuple(news))

    def _write(self, synced: Synced, states: Iterable[RecordState]) -> bool:
        """Write what is not older than what is held; tell whether nothing was."""
        sweep = synced.position().sweep
        fresh, older = not_older(synced.connection, states, sweep)
        synced.receive([(state, mark(state)) for state in fresh], sweep)
        self._report.received += len(fresh)
        return older == 0

    def _turn(self, synced: Synced, page: Page, place: _Place, head: int) -> None:
        at = synced.position()
        self._settle(synced, page.replayed)
        continues = place.snapshot == at.snapshot and place.cursor <= at.cursor <= page.cursor
        if not continues:
            return
        nothing_older = self._write(synced, page.records)
        self._report.cursor = page.cursor
        if page.digest is None:
            synced.move(replace(at, cursor=page.cursor))
            return
        if at.snapshot is not None:
            synced.drop_unseen(at.sweep)
        synced.move(replace(at, cursor=page.cursor, snapshot=None))
        if nothing_older:
            same = set(synced.digest()) == set(page.digest)
            self._report.digest_ok = same
            if not same:  # everything is asked again by the next file
                synced.start_over(head)

    def _is_last(self, synced: Synced, envelope: str) -> bool:
        asked = Settings(synced.connection).get(LAST_QUESTION) or {}
        return asked == {"envelope": envelope, "incarnation": synced.identity()[1]}

    def _overcome(self, synced: Synced, returned: Returned, reply: Reply) -> None:
        _device, incarnation, last = synced.identity()
        gap, trouble = reply.gap, reply.trouble
        another = trouble is Trouble.REINCARNATE and (gap is not None or returned.highest > last)
        if gap is not None and trouble is Trouble.GAP:
            another = not synced.resend_from(gap.incarnation, gap.expected)
        if another:
            synced.reincarnate(self._fresh(), gap.incarnation if gap else incarnation)
        elif trouble is Trouble.SNAPSHOT:
            at = synced.position()
            if (at.cursor, at.snapshot) == (returned.cursor, returned.snapshot):
                synced.start_over(reply.head)
        elif trouble in {Trouble.LOCKED, Trouble.PROTOCOL}:
            self._report.trouble = trouble


def _verdict(one: Receipt) -> dict[str, object]:
    kept: dict[str, object] = {"verdict": one.verdict.value, "reason": one.reason, "seq": one.seq}
    return {**kept, "warnings": list(one.warnings)}
