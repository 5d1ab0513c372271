"""Synchronise by file: what waits goes on a key, what others wrote comes from it, both ways.

A file is opened, read whole and checked before anything changes here.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from advisor.config import Home
from advisor.domain.words.wording import counted
from advisor.errors import BadDataError
from advisor.services.desk import Desk
from advisor.services.exchange_file import check_place, read_file, write_file
from advisor.services.sync_state import SyncReport
from advisor.services.sync_words import held_words
from advisor.store.enrolled import Enrolled, refuse_locked
from advisor.store.identifiers import instant_text
from advisor.store.instance import SyncLock
from advisor.store.keys import wipe
from advisor.store.older_copies import forget_older_copies
from advisor.store.surroundings import Surroundings

if TYPE_CHECKING:
    from advisor.sync.device import SyncReport as Done

LEFT = "Une réponse de ce fichier n’est pas pour ce poste ou n’est pas vérifiable\u202f: laissée."


class SyncFiles:
    """Writes and reads exchange files of one home; ``find_desk`` gives the open cases.

    ``home`` and ``around`` are what a rescue works on, without opening the cases.
    """

    def __init__(
        self, find_desk: Callable[[], Desk], home: Home, around: Surroundings | None = None
    ) -> None:
        self._find_desk = find_desk
        self._home = home
        self._around = around or Surroundings()

    def export(self, file: Path, phrase: str) -> SyncReport:
        """Write what waits here, what is carried for others and the answers meant for them.

        RefusedError when the place is taken by something else or the phrase is too short.
        """
        from advisor.sync.bundle import seal  # noqa: PLC0415  (loads the messages)
        from advisor.sync.carrying import load  # noqa: PLC0415  (idem)

        desk = self._find_desk()
        check_place(file)
        with SyncLock(desk.vault.home):
            with desk.read() as look:
                refuse_locked(look.connection)
            found = load(desk.vault)
            write_file(file, seal(found.content(), phrase, desk.vault.around.cost))
            cursor = self._cursor(desk)
        told = counted(found.ops(), "saisie écrite", "saisies écrites")
        answers = counted(len(found.replies), "réponse pour d’autres", "réponses pour d’autres")
        more = f", {answers}" if found.replies else ""
        return SyncReport(sent=found.ops(), cursor=cursor, sentence=f"{told}{more}\u202f: {file}")

    def take_in(self, file: Path, phrase: str) -> SyncReport:
        """Take in an exchange file: answers meant for this home, then what others wrote.

        The same file again changes nothing. Raises BadDataError or WrongKeyError before anything
        changes, LockedError when the answer says that this computer is revoked.
        """
        from advisor.sync.bundle import unseal  # noqa: PLC0415  (loads the messages)
        from advisor.sync.device import SyncReport as Done  # noqa: PLC0415  (idem)

        desk = self._find_desk()
        content = unseal(read_file(file), phrase)
        sent, replies = _parts(content)
        report = Done()
        with SyncLock(desk.vault.home):
            with desk.read() as look:
                refuse_locked(look.connection)
            left = self._take(desk, sent, replies, report)
            report.cursor = self._cursor(desk)
            forget_older_copies(desk.vault)
            self._stop_when_told(desk, report)
        return _report_of(report, (LEFT,) if left else ())

    def rescue(
        self,
        file: Path,
        phrase: str,
        *,
        passphrase: str | None = None,
        recovery_key: str | None = None,
    ) -> SyncReport:
        """Write all that was not sent, even when the database no longer opens; touches nothing.

        ``passphrase`` or ``recovery_key`` opens this home, else its keyring. Raises WrongKeyError,
        LockedOutError, NotFoundError, or VaultError when no door is left.
        """
        from advisor.store.salvage import key_for_rescue, salvage  # noqa: PLC0415  (seldom)
        from advisor.sync.bundle import seal  # noqa: PLC0415  (idem)
        from advisor.sync.rescue import load_of  # noqa: PLC0415  (idem)

        check_place(file)
        key = key_for_rescue(self._home, passphrase, recovery_key, self._around)
        try:
            found = salvage(self._home, bytes(key))
        finally:
            wipe(key)
        load = load_of(found)
        write_file(file, seal(load.content(), phrase, self._around.cost))
        signed = all(one.signature for one in load.envelopes)
        remarks = rescue_remarks(found.unreadable, found.pages, signed=signed)
        told = counted(load.ops(), "saisie sauvée", "saisies sauvées")
        return SyncReport(sent=load.ops(), sentence=f"{told}\u202f: {file}", remarks=remarks)

    def _take(self, desk: Desk, sent: Any, replies: Any, report: "Done") -> int:
        """Take all in; returns how many answers were left aside."""
        from advisor.sync.carrying import Keeping  # noqa: PLC0415  (idem)
        from advisor.sync.returns import Returning  # noqa: PLC0415  (idem)

        keeping, returning, left = Keeping(desk.vault), Returning(desk.vault, report), 0
        with desk.read() as look:
            tie = Enrolled(look.connection).tie()
        for one in replies:
            if tie is not None and one.device == tie.device:
                left += not returning.take(one)
            else:
                keeping.answer(one)
        for one in sent:
            report.received += keeping.envelope(one)
        return left

    def _stop_when_told(self, desk: Desk, report: "Done") -> None:
        from advisor.sync.messages import PROTOCOL, Trouble  # noqa: PLC0415  (idem)
        from advisor.sync.network_words import bad_protocol  # noqa: PLC0415  (idem)
        from advisor.sync.session import revoked  # noqa: PLC0415  (idem)

        if report.trouble is Trouble.LOCKED:
            with desk.for_upkeep().write() as work:
                Enrolled(work.connection).lock(instant_text(desk.vault.around.now()))
            raise revoked()
        if report.trouble is Trouble.PROTOCOL:
            raise bad_protocol(PROTOCOL + 1, PROTOCOL)

    def _cursor(self, desk: Desk) -> int:
        from advisor.store.synced import Synced  # noqa: PLC0415  (idem)

        with desk.read() as look:
            return Synced(look.connection).position().cursor


def rescue_remarks(unreadable: int, pages: int, *, signed: bool) -> tuple[str, ...]:
    """Say what a rescue could not read, and what its file needs to reach the central store."""
    said = []
    if pages:
        where = counted(pages, "page abîmée", "pages abîmées")
        said.append(f"La base ne s’ouvre plus normalement ({where})\u202f: lue page par page.")
    if unreadable:
        lost = counted(unreadable, "saisie n’a pas pu être lue", "saisies n’ont pas pu être lues")
        said.append(
            f"{lost}, envoyées ou non\u202f; les sauvegardes en gardent peut-être une copie."
        )
    if not signed:
        said.append(
            "Ce poste n’était pas inscrit, ou sa clé est illisible\u202f: qui reprendra ce fichier "
            "verra ces saisies, mais le central ne les prendra pas de lui."
        )
    return tuple(said)


def _parts(content: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    """Return the envelopes and answers of a file, all of them read before any is used."""
    from advisor.sync.envelopes import Answered, Sent, manifest_of  # noqa: PLC0415  (idem)
    from advisor.sync.wire import read  # noqa: PLC0415  (idem)

    try:
        sent = [read(Sent, one) for one in content.get("envelopes", ())]
        replies = [read(Answered, one) for one in content.get("replies", ())]
        for one in sent:
            manifest_of(one)
    except (BadDataError, TypeError) as error:
        raise BadDataError(
            "Le contenu de ce fichier n’est pas lisible. Rien n’en a été pris.",
            "Refaites-le sur le poste d’où il vient\u202f; si cela dure, prévenez le support.",
        ) from error
    return sent, replies


def _report_of(done: "Done", remarks: tuple[str, ...]) -> SyncReport:
    parts = []
    if done.sent:
        parts.append(
            counted(done.sent, "saisie confirmée", "saisies confirmées") + " par le central"
        )
    if done.received:
        parts.append(counted(done.received, "nouveauté reçue", "nouveautés reçues"))
    if done.conflicts:
        parts.append(counted(done.conflicts, "désaccord à trancher", "désaccords à trancher"))
    parts += held_words(done)
    told = ", ".join(parts) if parts else "Rien de nouveau dans ce fichier"
    names = (
        "sent",
        "applied",
        "parallel",
        "conflicts",
        "quarantined",
        "erased",
        "received",
        "cursor",
    )
    counts = {name: getattr(done, name) for name in names}
    return SyncReport(**counts, digest_ok=done.digest_ok, sentence=f"{told}.", remarks=remarks)
