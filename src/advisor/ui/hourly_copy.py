"""Asks for a ciphered copy of the cases each hour while the window is open, away from it.

Knows the service that decides whether one is due; places no widget.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer

from advisor.errors import AdvisorError
from advisor.services.all_services import Services
from advisor.ui.jobs import Jobs

ASK_EVERY_MS = 5 * 60_000


class HourlyCopy(QObject):
    """Begins with ``start``; a copy that fails is told by ``fail(text, hint)``, once in a row."""

    def __init__(
        self, services: Services, jobs: Jobs, fail: Callable[[str, str], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._jobs = jobs
        self._fail = fail
        self._has_failed = False
        self.timer = QTimer(self, interval=ASK_EVERY_MS)
        self.timer.timeout.connect(self.ask)

    def start(self) -> None:
        """Begin to ask."""
        self.timer.start()

    def stop(self) -> None:
        """Ask no more."""
        self.timer.stop()

    def ask(self) -> None:
        """Have a copy made if one is due; nothing is done while the cases are shut."""
        if not self._services.is_open:
            return
        vault = self._services.cases.vault

        def work(_tell: Callable[[Any], None], _is_stopped: Callable[[], bool]) -> Any:
            return vault.backup_hourly()

        self._jobs.call(work, self._made, self._refused, label="Copie de sécurité")

    def _made(self, _copy: object) -> None:
        self._has_failed = False

    def _refused(self, error: AdvisorError) -> None:
        if self._services.is_open and not self._has_failed:
            self._has_failed = True
            self._fail(
                f"La copie de sécurité de l’heure n’a pas pu être faite\u202f: {error.message}",
                error.hint,
            )
