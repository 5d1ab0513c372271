"""The rail's foot in words: what waits to be sent since when, and the date of the pack.

Runs in the store lane; must not know any widget.
"""

from dataclasses import dataclass
from datetime import date

from advisor.domain.words.wording import counted, short_date
from advisor.services.all_services import Services
from advisor.services.sync_state import SyncState
from advisor.ui import wording

LOCKED = "Ordinateur retiré du serveur central"


@dataclass(frozen=True, slots=True)
class Foot:
    """The words at the foot of the rail; ``short`` when room lacks.

    ``is_locked`` once the central store took this computer out.
    """

    words: str
    short: str
    is_locked: bool = False


def waiting_words(state: SyncState) -> str:
    """Return « 3 saisies en attente depuis le 12/11 », or that nothing waits."""
    waits = state.pending
    if not waits.count:
        return "Rien n’attend d’être envoyé"
    since = waits.since.astimezone().date() if waits.since else None
    words = f"{counted(waits.count, 'saisie')} en attente"
    return f"{words} depuis le {wording.short_day(since)}" if since else words


def decisions_words(count: int) -> str:
    """Return « 2 décisions à prendre »."""
    return counted(count, "décision à prendre", "décisions à prendre")


def pack_words(services: Services) -> str:
    """Return « référentiel du 30/03/2022 », and the date of the one given out if it is another."""
    offer = services.packs.offer()
    words = f"référentiel du {short_date(services.reference.info().built_at)}"
    return f"{words}, celui du {short_date(offer.built_at)} est disponible" if offer else words


def read_foot(services: Services, _today: date) -> Foot:
    """Return what the rail says: what waits, what is to decide, the pack."""
    state = services.sync.state()
    if state.locked:
        return Foot(f"{LOCKED} · {pack_words(services)}", LOCKED, is_locked=True)
    count = state.conflicts + state.quarantined
    told = [waiting_words(state), decisions_words(count) if count else ""]
    words = " · ".join(part for part in (*told, pack_words(services)) if part)
    return Foot(words, told[1] or told[0])
