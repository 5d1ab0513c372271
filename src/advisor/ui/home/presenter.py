"""What Accueil decides: read the day again when something was touched.

Knows the services and the view; places no widget.
"""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from advisor.domain.cases.appointment import AppointmentStatus, Changed
from advisor.ui.desk import Desk
from advisor.ui.home.facts import read_home
from advisor.ui.home.view import HomeView


class HomePresenter(QObject):
    """The first screen."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.view: HomeView = HomeView(desk.theme)
        super().__init__(self.view)
        self.view.opened.connect(lambda who: desk.news.went.emit("interview", who))
        self.view.received.connect(desk.receive)
        self.view.absent.connect(self._note_absent)
        self.view.went.connect(desk.news.went)
        desk.news.changed.connect(self._on_changed)
        desk.news.stood.connect(self._on_changed)

    def arrive(self, _target: str) -> None:
        """Read the day."""
        services, today = self.desk.services, self.desk.today
        self.desk.jobs.store(
            lambda: read_home(services, today), self.view.show_facts, label="Accueil"
        )

    def areas(self) -> list[QWidget]:
        """Return what F6 goes through."""
        return self.view.areas()

    def leave(self) -> None:
        """Nothing is typed here."""

    def _on_changed(self, _changes: list[Changed] | None = None) -> None:
        if self.view.isVisible():
            self.arrive("")

    def _note_absent(self, interview: str) -> None:
        permanences = self.desk.cases.permanences
        self.desk.jobs.store(
            lambda: permanences.set_status(interview, AppointmentStatus.ABSENT),
            self.desk.news.announce,
        )
