"""Aids worked out while the form fills: one question at a time, the newest always answered.

Must not know any widget.
"""

from PySide6.QtCore import QObject, Signal

from advisor.errors import AdvisorError
from advisor.services.all_services import Services
from advisor.ui.interview.summaries import Question, SeenPlace, look
from advisor.ui.jobs import Jobs


class LiveAids(QObject):
    """Emits ``answered`` with a list of SeenPlace, or ``failed`` with an AdvisorError."""

    answered = Signal(object)
    failed = Signal(object)

    def __init__(self, services: Services, jobs: Jobs) -> None:
        super().__init__()
        self._services = services
        self._jobs = jobs
        self._asked: Question | None = None
        self._next: Question | None = None

    @property
    def is_idle(self) -> bool:
        """Tell whether every question was answered."""
        return self._asked is None

    def ask(self, question: Question) -> None:
        """Answer this question; questions in between are dropped."""
        if self._asked is not None:
            self._next = question
            return
        self._asked = question
        self._jobs.read(
            lambda: look(self._services, question),
            self._received,
            self._refused,
            label="Calcul des aides",
        )

    def _received(self, seen: list[SeenPlace]) -> None:
        if not self._go_on():
            self.answered.emit(seen)

    def _refused(self, error: AdvisorError) -> None:
        if not self._go_on():
            self.failed.emit(error)

    def _go_on(self) -> bool:
        following, self._asked, self._next = self._next, None, None
        if following is None:
            return False
        self.ask(following)
        return True
