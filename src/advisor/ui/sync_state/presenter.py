"""What Synchronisation reads: the journal's lines that wait, and the pack's identity.

Knows the services and the view; places no widget.
"""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from advisor.domain.cases.appointment import Changed
from advisor.domain.cases.operation import OpState
from advisor.domain.words.wording import short_date
from advisor.services.all_services import Services
from advisor.ui.desk import Desk
from advisor.ui.foot import waiting_words
from advisor.ui.sync_state.journal_words import counted_by_kind, line_of
from advisor.ui.sync_state.view import SyncFacts, SyncView

MOST_LINES = 200
MOST_READ = 100_000


class SyncPresenter(QObject):
    """What waits, since when, by kind."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.view: SyncView = SyncView(desk.theme)
        super().__init__(self.view)
        desk.news.changed.connect(self._on_changed)

    def arrive(self, _target: str) -> None:
        """Read the journal."""
        services = self.desk.services
        self.desk.jobs.store(
            lambda: read_journal(services), self.view.show_facts, label="Lecture du journal"
        )

    def areas(self) -> list[QWidget]:
        """Return what F6 goes through."""
        return self.view.areas()

    def leave(self) -> None:
        """Nothing is typed here."""

    def _on_changed(self, _changes: list[Changed]) -> None:
        if self.view.isVisible():
            self.arrive("")


def read_journal(services: Services) -> SyncFacts:
    """Return what the screen says."""
    ops = services.cases.journal.entries(state=OpState.PENDING, limit=MOST_READ)
    info = services.reference.info()
    people = services.cases.interviews.list()
    names = {one.id: one.professional.display_name for one in people}
    return SyncFacts(
        waiting_words(services),
        counted_by_kind(ops),
        [line_of(op, names) for op in ops[:MOST_LINES]],
        f"Référentiel {info.version}, données du {short_date(info.built_at)}, "
        f"signé par {info.signed_by}.",
        len(ops),
    )
