"""Brings a bookings file in, away from the window: its stages, its end, stopping it.

Knows the services and the report panel; places no widget.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from advisor.errors import AdvisorError
from advisor.services.permanences import ImportReport
from advisor.ui.desk import Desk
from advisor.ui.jobs import Job
from advisor.ui.permanences.view import REPORT, PermanencesView


class BringingIn(QObject):
    """One import at a time; the screens are told at its end."""

    def __init__(self, desk: Desk, view: PermanencesView) -> None:
        super().__init__(view)
        self.desk = desk
        self.view = view
        self.job: Job | None = None
        self._name = ""
        view.report.stopped.connect(self.stop)

    def begin(self, path: Path) -> None:
        """Bring a file in and show, line by line, what was left out."""
        if self.job is not None:
            self.desk.news.fail(f"L’import de {self._name} n’est pas fini.", "Attendez sa fin.")
            return
        cases, self._name = self.desk.cases, path.name
        self.view.report.begin(path.name)
        self.view.show_page(REPORT)

        def work(tell: Callable[[Any], None], is_stopped: Callable[[], bool]) -> Any:
            return cases.permanences.import_bookings(path, tell, is_stopped)

        self.job = self.desk.jobs.call(
            work, self._done, self._refused, self.view.report.show_stage, "Import des rendez-vous"
        )

    def stop(self) -> None:
        """Ask the import to end after the lot under way."""
        if self.job is not None:
            self.job.stop()

    def _done(self, report: ImportReport) -> None:
        self.job = None
        self.view.report.show_report(self._name, report)
        self.view.show_page(REPORT)
        self.desk.news.announce(list(report.changes))

    def _refused(self, error: AdvisorError) -> None:
        self.job = None
        self.view.report.show_refusal(f"{error.message} {error.hint}".strip())
        self.view.show_page(REPORT)
