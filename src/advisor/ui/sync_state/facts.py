"""Everything the screen Synchronisation says, read in one go in the store lane.

Must not know any widget.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from advisor.domain.cases.disagreement import Decisions
from advisor.domain.cases.operation import OpState
from advisor.domain.words.wording import short_date
from advisor.services.all_services import Services
from advisor.services.arrivals import Came
from advisor.services.duplicates import Twins
from advisor.services.packs import Offer
from advisor.services.sync_state import SyncState
from advisor.ui.foot import waiting_words
from advisor.ui.sync_state.journal_words import JournalLine, counted_by_kind, line_of

MOST_LINES = 200
MOST_READ = 100_000
MOST_CAME = 100


@dataclass(frozen=True, slots=True)
class SyncFacts:
    """What the screen says: how the home stands, what waits, what came, what is to decide."""

    state: SyncState
    waiting: str
    pack: str
    offer: str = ""
    kinds: Sequence[tuple[str, int]] = ()
    lines: Sequence[JournalLine] = ()
    total: int = 0
    came: Sequence[Came] = ()
    decisions: Decisions = field(default_factory=Decisions)
    twins: Sequence[Twins] = ()


def read_facts(services: Services) -> SyncFacts:
    """Return what the screen says; a locked computer says its state only."""
    state = services.sync.state()
    info = services.reference.info()
    pack = (
        f"Référentiel {info.version}, données du {short_date(info.built_at)}, "
        f"signé par {info.signed_by}."
    )
    offered = services.packs.offer()
    offer = offer_words(offered) if offered else ""
    waiting = waiting_words(state)
    if state.locked:
        return SyncFacts(state, waiting, pack)
    cases = services.cases
    ops = cases.journal.entries(state=OpState.PENDING, limit=MOST_READ)
    shown = ops[:MOST_LINES]
    return SyncFacts(
        state,
        waiting,
        pack,
        offer,
        counted_by_kind(ops),
        [line_of(*pair) for pair in zip(shown, cases.journal.titles(shown), strict=True)],
        len(ops),
        cases.arrivals.latest(MOST_CAME),
        cases.disagreements.decisions(),
        cases.duplicates.proposed(),
    )


def offer_words(offer: Offer) -> str:
    """Return « Référentiel du 12/11/2026 disponible (45 Mo). »."""
    megabytes = max(1, round(offer.size / 1_000_000))
    return f"Référentiel du {short_date(offer.built_at)} disponible ({megabytes}\u202fMo)."
