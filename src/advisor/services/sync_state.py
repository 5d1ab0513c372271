"""How a home stands with its central store, and what a sync said: shapes for screens and commands.

Knows neither the network nor the database.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from advisor.store.aboard import Aboard
from advisor.store.journal import Pending


class StageName(StrEnum):
    """What a sync is doing."""

    COPYING = "copying"
    PUSHING = "pushing"
    PULLING = "pulling"
    CHECKING = "checking"
    REPAIRING = "repairing"
    FETCHING = "fetching"
    INSTALLING = "installing"


SAID = {
    StageName.COPYING: "Copie de sécurité avant l’échange",
    StageName.PUSHING: "Envoi des saisies",
    StageName.PULLING: "Réception des nouveautés",
    StageName.CHECKING: "Comparaison avec le central",
    StageName.REPAIRING: "Remise en accord avec le central",
    StageName.FETCHING: "Téléchargement du référentiel, en kilo-octets",
    StageName.INSTALLING: "Vérification et installation du référentiel",
}


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of a sync: ``done`` out of ``total`` entries; ``total`` 0 when nobody knows."""

    name: StageName
    done: int = 0
    total: int = 0

    @property
    def sentence(self) -> str:
        """Return the step in French."""
        if self.total:
            return f"{SAID[self.name]}\u202f: {self.done} sur {self.total}"
        return f"{SAID[self.name]}\u202f: {self.done}" if self.done else SAID[self.name]


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What ties this home to a central store; ``since`` by this computer's clock.

    ``remarks`` are told once, when enrolling.
    """

    central: str
    device: str
    organisation: str
    role: str
    departements: tuple[str, ...]
    since: datetime
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What one sync did; ``sentence`` says it, ``remarks`` what else deserves to be told.

    ``digest_ok`` is None when the end was not reached. ``erased`` is the part of ``quarantined``
    that came after the erasure of its person, which nobody keeps.
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
    sentence: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LastSync:
    """The last attempt; ``report`` is None when it failed, ``sentence`` and ``hint`` say why."""

    at: datetime
    ok: bool
    sentence: str
    hint: str = ""
    report: SyncReport | None = None


@dataclass(frozen=True, slots=True)
class SyncState:
    """How this home stands; ``last_success`` may be older than ``last_sync``, a mere attempt."""

    central: str | None
    enrolment: Enrolment | None
    pending: Pending
    last_sync: LastSync | None
    last_success: datetime | None
    conflicts: int
    quarantined: int
    locked: bool
    carried: Aboard
