"""The reference pack that the central store gives out: known at each sync, fetched, installed.

Whatever fails, the pack in use stays. What was fetched waits in the home's ``reference/incoming``
under the name of its hash, so that a cut, or another run of the program, goes on where it was.
"""

import errno
import hashlib
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from advisor.domain.pack import PackInfo
from advisor.errors import NetworkError, NotFoundError, PackError, RefusedError, StoppedError
from advisor.services.desk import Desk
from advisor.services.reference import Reference
from advisor.services.sync_state import Stage, StageName
from advisor.store.enrolled import Enrolled, Tie
from advisor.store.instance import SyncLock
from advisor.store.settings import Settings
from advisor.sync.vouching import OfferedPack, read_offer

if TYPE_CHECKING:
    from advisor.sync.client import CentralClient

OFFER = "pack_offer"
INCOMING = "incoming"
KILO = 1024
# The file itself, the database it unfolds to, and room left for the cases.
ROOM = 6
LEAST_ROOM = 64 << 20
KEPT = "Le référentiel en service reste utilisé."
FULL = (
    f"Il n’y a pas la place de recevoir le référentiel. {KEPT}",
    "Libérez de la place, puis recommencez.",
)
BROKEN = (
    f"Le référentiel reçu n’est pas celui que le central annonce\u202f: il est jeté. {KEPT}",
    "Synchronisez de nouveau\u202f; si cela dure, prévenez le responsable du central.",
)
UNTRUSTED = (
    f"Le central annonce un référentiel sans prouver qu’il vient de lui. {KEPT}",
    "Prévenez le responsable du central.",
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A pack that the central store gives out and this home does not use; ``size`` in bytes."""

    id: str
    version: str
    built_at: date
    size: int


class Packs:
    """What an adviser can do about it; ``network`` goes to the network's client as it is."""

    def __init__(
        self, find_desk: Callable[[], Desk], reference: Reference, folder: Path, **network: object
    ) -> None:
        self._find_desk = find_desk
        self._reference = reference
        self._incoming = folder / INCOMING
        self._network = network

    def offer(self) -> Offer | None:
        """Return the pack the last sync told of, None when the one in use is that or better."""
        pack = self._told()[1]
        if pack is None or not _is_wanted(pack, self._reference.info()):
            return None
        return Offer(pack.id, pack.version, date.fromisoformat(pack.built_at), pack.size)

    def bring(
        self,
        on_stage: Callable[[Stage], None] = lambda _stage: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> PackInfo:
        """Fetch the pack offered, check it, install it; returns its identity card.

        Raises NotFoundError when none is offered, NetworkError, RefusedError, PackError,
        StoppedError: the pack in use stays, and so does what arrived.
        """
        tie, pack = self._told()
        if tie is None or pack is None or self.offer() is None:
            raise NotFoundError("Aucun autre référentiel n’est proposé.", "Synchronisez d’abord.")
        with SyncLock(self._desk.vault.home):
            file = self._fetch(tie, pack, on_stage, cancelled)
            on_stage(Stage(StageName.INSTALLING))
            self._reference.trust(pack.public_key)
            made = self._installed(file)
            file.unlink(missing_ok=True)
        return made

    @property
    def _desk(self) -> Desk:
        return self._find_desk().for_upkeep()

    def _told(self) -> tuple[Tie | None, OfferedPack | None]:
        with self._desk.read() as look:
            tie = Enrolled(look.connection).tie()
            held = Settings(look.connection).get(OFFER)
        return tie, OfferedPack(**held) if held and tie else None

    def _fetch(
        self,
        tie: Tie,
        pack: OfferedPack,
        on_stage: Callable[[Stage], None],
        cancelled: Callable[[], bool],
    ) -> Path:
        from advisor.sync.client import CentralClient  # noqa: PLC0415  (loads the network)
        from advisor.sync.downloading import WantedFile  # noqa: PLC0415  (idem)

        file = self._prepared(pack)
        wanted = WantedFile(pack.id, file, pack.size, pack.sha256)

        def tell(here: int) -> None:
            if cancelled():
                raise StoppedError("Le téléchargement est arrêté à votre demande.", KEPT)
            on_stage(Stage(StageName.FETCHING, here // KILO, pack.size // KILO))

        network: Any = self._network
        try:
            with CentralClient(
                tie.central, tie.token, authority=tie.authority, **network
            ) as client:
                client.download(wanted, tell)
            whole = _mark(file)
        except NetworkError:
            raise
        except OSError as error:
            raise _disk(error, file) from error
        if whole != pack.sha256:
            file.unlink(missing_ok=True)
            raise PackError(*BROKEN)
        return file

    def _prepared(self, pack: OfferedPack) -> Path:
        """Return where the file arrives, parts of other packs removed; PackError for no room."""
        file = self._incoming / f"{pack.sha256}.part"
        try:
            self._incoming.mkdir(parents=True, exist_ok=True)
            for other in self._incoming.iterdir():
                if other != file:
                    other.unlink()
            room = shutil.disk_usage(self._incoming).free
        except OSError as error:
            raise PackError(*FULL) from error
        if room < max(LEAST_ROOM, ROOM * pack.size):
            raise PackError(*FULL)
        return file

    def _installed(self, file: Path) -> PackInfo:
        """Install; a file that will never do is not kept, one that lacked room is."""
        try:
            return self._reference.install(file)
        except PackError as error:
            if not isinstance(error.__cause__, OSError):
                file.unlink(missing_ok=True)
            raise PackError(f"{error.message} {KEPT}", error.hint) from error


def note_offer(desk: Desk, client: "CentralClient", tie: Tie, pack: str) -> None:
    """Keep what the central store gives out, ``pack`` being its name; asks for more once.

    What it does not vouch for with the key received at enrolment is refused.
    """
    with desk.read() as look:
        held = Settings(look.connection).get(OFFER)
    if pack == (held["id"] if held else ""):
        return
    told = client.current_pack() if pack else None
    offer = None if told is None else read_offer(told, tie.central_key)
    if told is not None and offer is None:
        raise RefusedError(*UNTRUSTED)
    with desk.write() as work:
        work.settings.keep(OFFER, None if offer is None else asdict(offer))


def _is_wanted(pack: OfferedPack, used: PackInfo) -> bool:
    """Tell whether a pack given out should take the place of the one in use.

    The starter pack gives way to any; a publisher's follows the central store, back to an older
    one too; what was built on this very computer gives way to what is newer only.
    """
    if pack.id == f"{used.id}-{used.version}":
        return False
    if used.signed_by.startswith("local:"):
        return date.fromisoformat(pack.built_at) > used.built_at
    return True


def _mark(file: Path) -> str:
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _disk(error: OSError, file: Path) -> PackError:
    """Return what is told of a disk that refuses; a full one gets its room back."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        with suppress(OSError):
            file.unlink(missing_ok=True)
    return PackError(*FULL)
