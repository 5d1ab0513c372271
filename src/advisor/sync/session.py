"""One sync of an open vault over the network: what is under way, and why it stopped.

Knows the device's side and the client; decides nothing about values.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from advisor.errors import BadDataError, LockedError, RefusedError, StoppedError
from advisor.store.vault import Vault
from advisor.sync.carrying import let_go, relay
from advisor.sync.client import CentralClient
from advisor.sync.device import Device, SyncReport
from advisor.sync.messages import PROTOCOL, Exchange, Reply, Trouble
from advisor.sync.network_words import KEPT, bad_protocol, unreadable
from advisor.sync.wire import decode

BATCH = 400  # ops of one exchange
PAGE = 1000  # records of one page


class Step(StrEnum):
    """What an exchange is for."""

    PUSHING = "pushing"
    PULLING = "pulling"
    CHECKING = "checking"
    REPAIRING = "repairing"


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a sync stands: ``done`` entries of ``total`` (0: nobody knows)."""

    step: Step
    done: int
    total: int


class Session:
    """Syncs once. ``server_date`` is the central store's clock, for display only."""

    def __init__(
        self,
        vault: Vault,
        client: CentralClient,
        tell: Callable[[Progress], None] = lambda _at: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        self._vault, self._client = vault, client
        self._tell, self._cancelled = tell, cancelled
        self._device = Device(vault, self._carry, batch=BATCH, page=PAGE, watch=self._watch)
        self._waiting = 0
        self._repaired = False
        self._last = b""

    @property
    def server_date(self) -> datetime | None:
        """Return the central store's clock at its last answer."""
        return self._client.server_date

    def run(self, waiting: int = 0) -> SyncReport:
        """Hand over what is carried for others, so that the pull brings it back; then sync.

        ``waiting`` is how many entries of this home are to be sent. Raises NetworkError,
        RefusedError, LockedError when revoked, StoppedError when asked to.
        """
        self._waiting = waiting
        relay(self._vault, self._client)
        report = self._synced()
        if report.trouble is Trouble.LOCKED:
            raise revoked()
        if report.trouble is Trouble.PROTOCOL:
            raise bad_protocol(decode(Reply, self._last).protocol, PROTOCOL)
        if report.digest_ok is None:
            raise RefusedError(
                "Ce poste et le central n’arrivent pas à s’accorder sur ce qui reste à échanger.",
                f"Synchronisez de nouveau\u202f; si cela dure, prévenez le support. {KEPT}",
            )
        let_go(self._vault)
        return report

    def _synced(self) -> SyncReport:
        try:
            return self._device.sync()
        except BadDataError as error:
            theirs = _protocol(self._last)
            raise (bad_protocol(theirs, PROTOCOL) if theirs > PROTOCOL else unreadable()) from error

    def _carry(self, question: bytes) -> bytes:
        self._last = self._client.exchange(question)
        return self._last

    def _watch(self, question: Exchange, report: SyncReport) -> None:
        if self._cancelled():
            raise StoppedError("La synchronisation est arrêtée à votre demande.", KEPT)
        self._tell(self._progress(question, report))

    def _progress(self, question: Exchange, report: SyncReport) -> Progress:
        if question.ops:
            return Progress(Step.PUSHING, report.sent, max(self._waiting, report.sent))
        if question.pull is not None and question.pull.bucket is not None:
            self._repaired = True
            return Progress(Step.REPAIRING, report.received, 0)
        step = Step.CHECKING if self._repaired else Step.PULLING
        return Progress(step, report.received, 0)


def _protocol(answer: bytes) -> int:
    """Return the version an answer says it is of, 0 when it says none."""
    try:
        told = json.loads(answer)["protocol"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return 0
    return told if isinstance(told, int) else 0


def revoked() -> LockedError:
    """Return the sentence for a device the central store revoked."""
    return LockedError(
        "Le central a révoqué ce poste\u202f: les dossiers sont fermés.",
        "Rien n’est effacé ici. Demandez un nouveau code au responsable du central.",
    )
