"""The adviser's desk: what every screen is given, and the news that passes between screens.

Knows services by name only; must not know any screen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QWidget

from advisor.domain.cases.appointment import AppointmentStatus, Changed
from advisor.domain.places.place import CommuneHit
from advisor.errors import AdvisorError, VaultError
from advisor.services.all_services import Services
from advisor.ui.jobs import Jobs
from advisor.ui.settings import Settings
from advisor.ui.theme import Theme

Offer = tuple[str, Callable[[], object]]


class News(QObject):
    """What is announced: records touched, sentences to say, screens to go to.

    ``said`` carries (state, sentence, what to do, offer); state is ``info``, ``settled``, ``ask``
    or ``failed``; offer is None or (words, function). ``went`` carries (screen, identifier).
    ``stood`` says that what waits or is to decide may have changed, and no record.
    """

    changed = Signal(object)
    said = Signal(str, str, str, object)
    went = Signal(str, str)
    stood = Signal()

    def announce(self, touched: object) -> None:
        """Tell every screen what a use case touched; anything else is left alone."""
        changes = [item for item in _flat(touched) if isinstance(item, Changed)]
        if changes:
            self.changed.emit(changes)

    def refuse(self, error: AdvisorError) -> None:
        """Say a refusal in the status line."""
        self.said.emit("failed", error.message, error.hint, None)

    def fail(self, text: str, hint: str = "") -> None:
        """Say that something could not be done, and what to do."""
        self.said.emit("failed", text, hint, None)

    def settle(self, text: str, hint: str = "", offer: Offer | None = None) -> None:
        """Say that something is done, and offer what may follow."""
        self.said.emit("settled", text, hint, offer)


def _flat(touched: object) -> Sequence[object]:
    if isinstance(touched, Changed):
        return [touched]
    if isinstance(touched, list | tuple):
        return [leaf for item in touched for leaf in _flat(item)]
    return []


@dataclass(eq=False)
class Desk:
    """What a screen works with; ``show_file`` opens a document with the platform's reader.

    ``departement`` is the one of the session under way: its communes are found first.
    ``interview`` is the identifier of the interview in hand, empty when there is none.
    """

    services: Services
    jobs: Jobs
    news: News
    theme: Theme
    settings: Settings
    now: Callable[[], datetime]
    show_file: Callable[[Path], bool]
    departement: str | None = None
    interview: str = ""

    @property
    def today(self) -> date:
        """Return the local day."""
        return self.now().date()

    @property
    def cases(self) -> Any:
        """Return the case services; VaultError while the window is locked."""
        if not self.services.is_open:
            raise VaultError("La base est verrouillée.", "Saisissez la phrase secrète.")
        return self.services.cases

    def find_communes(self, text: str, then: Callable[[list[CommuneHit]], None]) -> None:
        """Search a commune as typed, outside the main thread."""
        reference = self.services.reference
        self.jobs.read(lambda: reference.search(text, self.departement), then)

    def receive(self, interview: str) -> None:
        """Note that somebody is received now, and open their interview."""
        cases = self.cases

        def done(touched: object) -> None:
            self.news.announce(touched)
            self.news.went.emit("interview", interview)

        self.jobs.store(
            lambda: cases.permanences.set_status(interview, AppointmentStatus.RECEIVED), done
        )

    def sheets_folder(self) -> Path:
        """Return the folder where documents handed over are written."""
        if self.settings.sheets:
            return Path(self.settings.sheets)
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        return Path(QStandardPaths.writableLocation(documents)) / "Fiches remises"


class Screen(Protocol):
    """A presenter as the shell knows it."""

    @property
    def view(self) -> QWidget:
        """Return the page to show."""

    def arrive(self, target: str, /) -> None:
        """Come to the front; ``target`` names what to show, or is empty."""

    def areas(self) -> list[QWidget]:
        """Return the places F6 goes through, in order."""

    def leave(self) -> None:
        """Save what waits before the screen is left or locked."""
