"""Synchronise this home with its central store: enrol once, exchange, tell how it stands.

One sync at a time per home; nothing here decides which of two values wins.
"""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from advisor.errors import (
    AdvisorError,
    DiskFullError,
    LockedError,
    NetworkError,
    RefusedError,
    UnknownDeviceError,
)
from advisor.services import sync_words as words
from advisor.services.desk import Desk
from advisor.services.sync_state import (
    Enrolment,
    LastSync,
    Stage,
    StageName,
    SyncReport,
    SyncState,
)
from advisor.store.aboard import aboard
from advisor.store.backups import list_backups
from advisor.store.decisions import DecisionRecords
from advisor.store.enrolled import Enrolled, Tie
from advisor.store.identifiers import instant, instant_text, new_id
from advisor.store.instance import SyncLock
from advisor.store.older_copies import forget_older_copies

if TYPE_CHECKING:
    from advisor.sync.client import Admission, CentralClient

A_DAY = timedelta(days=1)
COPY = "avant-synchro"


class SyncService:
    """The device's side, as an adviser sees it.

    ``find_desk`` gives the open cases, ``trust`` believes a publisher of reference packs,
    ``patience`` and ``sleep`` go to the network's client as they are.
    """

    def __init__(
        self, find_desk: Callable[[], Desk], trust: Callable[[str], object], **network: object
    ) -> None:
        self._find_desk = find_desk
        self._trust = trust
        self._network = network

    def state(self) -> SyncState:
        """Return how this home stands: tied to whom, what waits, what the last sync said."""
        with self._desk.read() as look:
            enrolled = Enrolled(look.connection)
            tie, (last, success) = enrolled.tie(), enrolled.last()
            conflicts, quarantined = DecisionRecords(look.connection).count()
            return SyncState(
                central=tie.central if tie else None,
                enrolment=_enrolment(tie) if tie else None,
                pending=look.journal.pending(),
                last_sync=words.read_last(last) if last else None,
                last_success=instant(success) if success else None,
                conflicts=conflicts,
                quarantined=quarantined,
                locked=enrolled.locked,
                carried=aboard(look.connection),
            )

    def enrol(self, url: str, code: str, ca_file: Path | None = None) -> Enrolment:
        """Tie this home to a central store with a one-time code; what waits goes under its name.

        RefusedError when it is tied already, unless the central store revoked it. The private
        key is made here and never leaves.
        """
        from advisor.sync.client import read_authority  # noqa: PLC0415  (loads the network)
        from advisor.sync.device_keys import new_pair  # noqa: PLC0415  (idem)

        former = self._former_tie()
        authority = read_authority(ca_file) if ca_file else ""
        private_key, public_key = new_pair()
        with SyncLock(self._desk.vault.home), self._client(url, None, authority) as client:
            admission = client.enrol(code.strip(), public_key)
            if former is not None and former.central_key != admission.central_key:
                raise RefusedError(*words.ANOTHER_CENTRAL)
            tie = Tie(
                central=client.address.text,
                device=admission.device,
                organisation=admission.organisation,
                role=admission.role,
                departements=admission.departements,
                since=instant_text(self._desk.vault.around.now()),
                token=admission.token,
                private_key=private_key,
                public_key=public_key,
                central_key=admission.central_key,
                authority=authority,
            )
            self._keep(tie)
        return replace(_enrolment(tie), remarks=self._believe(admission))

    def sync(
        self,
        url: str | None = None,
        on_stage: Callable[[Stage], None] = lambda _stage: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> SyncReport:
        """Push, pull, compare; returns what was done and says it.

        Raises NetworkError, LockedError, StoppedError, RefusedError, AlreadyOpenError or
        VaultError, each with its sentence: what was typed stays, what was exchanged is kept.
        """
        with SyncLock(self._desk.vault.home):
            tie = self._tie(url)
            remarks = self._copy(on_stage)
            try:
                report = self._exchange(tie, on_stage, cancelled)
            except DiskFullError as error:
                full = DiskFullError(*words.NO_ROOM_TO_RECEIVE)
                self._remember_failure(full)
                raise full from error
            except AdvisorError as error:
                self._remember_failure(error)
                raise
            remarks += (*report.remarks, *self._forget_copies())
            report = replace(report, remarks=remarks)
            self._remember(words.last_of(self._desk.vault.around.now(), report))
        return report

    def leave(self) -> None:
        """Untie this home from a central store that is gone and that nobody else wrote to.

        Everything typed here waits again, for another central store.
        """
        with SyncLock(self._desk.vault.home), self._desk.write() as work:
            Enrolled(work.connection).leave(new_id(), secrets.token_hex(8))

    @property
    def _desk(self) -> Desk:
        return self._find_desk().for_upkeep()

    def _client(self, url: str, token: str | None, authority: str) -> "CentralClient":
        from advisor.sync.client import CentralClient  # noqa: PLC0415  (loads the network)

        return CentralClient(url, token, authority=authority, **self._network)  # type: ignore[arg-type]

    def _former_tie(self) -> Tie | None:
        """Return the tie a new one may replace: none, or one the store revoked or forgot."""
        with self._desk.read() as look:
            enrolled = Enrolled(look.connection)
            tie = enrolled.tie()
            if tie is not None and not (enrolled.locked or enrolled.forgotten):
                raise RefusedError(
                    f"Ce poste est déjà inscrit au central {tie.central}.",
                    "Un poste s’inscrit une fois\u202f; seul un poste révoqué ou oublié le refait.",
                )
        return tie

    def _tie(self, url: str | None) -> Tie:
        from advisor.sync.address import read_address  # noqa: PLC0415  (with the network)

        asked = read_address(url).text if url else None
        with self._desk.read() as look:
            tie = Enrolled(look.connection).tie()
        if tie is None:
            raise RefusedError(*words.NOT_ENROLLED)
        if asked is not None and asked != tie.central:
            raise RefusedError(
                f"Ce poste est inscrit au central {tie.central}, pas à {asked}.",
                "Rien n’a été envoyé. Synchronisez sans --central, ou corrigez l’adresse.",
            )
        return tie

    def _keep(self, tie: Tie) -> None:
        with self._desk.write() as work:
            Enrolled(work.connection).become(tie, secrets.token_hex(8))
            adviser = work.settings.adviser()
            if adviser is not None:
                work.settings.keep_adviser(replace(adviser, organisation=tie.organisation))

    def _believe(self, admission: "Admission") -> tuple[str, ...]:
        remarks = []
        for key in admission.publishers:
            try:
                self._trust(key)
            except AdvisorError as error:
                remarks.append(f"Une clé d’éditeur n’a pas pu être enregistrée. {error.message}")
        return tuple(remarks)

    def _copy(self, on_stage: Callable[[Stage], None]) -> tuple[str, ...]:
        """Make a ciphered copy when the last is more than a day away; a full disk only tells."""
        vault = self._desk.vault
        made = list_backups(vault.home)
        if made and abs(vault.around.now() - made[0].at) <= A_DAY:
            return ()
        on_stage(Stage(StageName.COPYING))
        try:
            vault.backup(COPY)
        except DiskFullError:
            return (words.NO_ROOM_FOR_A_COPY,)
        return ()

    def _forget_copies(self) -> tuple[str, ...]:
        """Drop the copies that hold what was erased elsewhere; a full disk only tells."""
        try:
            forget_older_copies(self._desk.vault)
        except DiskFullError:
            return (words.NO_ROOM_TO_FORGET,)
        return ()

    def _exchange(
        self, tie: Tie, on_stage: Callable[[Stage], None], cancelled: Callable[[], bool]
    ) -> SyncReport:
        from advisor.sync.session import Session  # noqa: PLC0415  (loads the network)

        vault = self._desk.vault
        with self._desk.read() as look:
            waiting = look.journal.pending().count
        with self._client(tie.central, tie.token, tie.authority) as client:
            session = Session(vault, client, lambda at: on_stage(words.stage_of(at)), cancelled)
            done = session.run(waiting)
            told = self._note_pack(client, tie, done.pack)
        clock = words.clock_remarks(session.server_date, vault.around.now())
        return words.report_of(done, (*clock, *told))

    def _note_pack(self, client: "CentralClient", tie: Tie, pack: str) -> tuple[str, ...]:
        """Learn which reference pack is given out; the exchange is done, whatever fails here."""
        from advisor.services.packs import note_offer  # noqa: PLC0415  (with the network)

        try:
            note_offer(self._desk, client, tie, pack)
        except NetworkError:
            return ()
        except AdvisorError as error:
            return (error.message,)
        return ()

    def _remember_failure(self, error: AdvisorError) -> None:
        """Keep what failed; a revoked home locks. A full disk must not hide the failure itself."""
        at = self._desk.vault.around.now()
        try:
            with self._desk.write() as work:
                enrolled = Enrolled(work.connection)
                if isinstance(error, LockedError):
                    enrolled.lock(instant_text(at))
                if isinstance(error, UnknownDeviceError):
                    enrolled.forget(instant_text(at))
                last = LastSync(at, ok=False, sentence=error.message, hint=error.hint)
                enrolled.keep_last(words.write_last(last), ok=False)
        except AdvisorError:
            return

    def _remember(self, last: LastSync) -> None:
        with self._desk.write() as work:
            enrolled = Enrolled(work.connection)
            enrolled.keep_last(words.write_last(last), ok=True)
            enrolled.unlock()


def _enrolment(tie: Tie) -> Enrolment:
    return Enrolment(
        central=tie.central,
        device=tie.device,
        organisation=tie.organisation,
        role=tie.role,
        departements=tie.departements,
        since=instant(tie.since),
    )
