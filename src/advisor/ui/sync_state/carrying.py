"""What becomes of a file written or read: asked of the services, told on the page.

Knows the services and the panel; places no widget.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from advisor.domain.cases.changes import Changes
from advisor.errors import AdvisorError
from advisor.ui.desk import Desk
from advisor.ui.sync_state.file_panel import FilePanel


class Carrying(QObject):
    """``arrived`` is told what a file changed here."""

    def __init__(self, desk: Desk, panel: FilePanel, arrived: Callable[[Changes], None]) -> None:
        super().__init__(panel)
        self.desk = desk
        self.panel = panel
        self._arrived = arrived
        panel.write_asked.connect(self.write)
        panel.read_asked.connect(self.read)
        panel.rescue_asked.connect(self.rescue)

    def write(self, file: Path, phrase: str) -> None:
        """Write what leaves."""
        files = self.desk.services.sync_files
        self._run(lambda: (files.export(file, phrase), Changes()), "Écriture du fichier")

    def read(self, file: Path, phrase: str) -> None:
        """Read what came, and tell the screens."""
        services = self.desk.services

        def work() -> Any:
            mark = services.cases.arrivals.mark()
            report = services.sync_files.take_in(file, phrase)
            return report, services.cases.arrivals.since(mark)

        self._run(work, "Lecture du fichier")

    def rescue(self, file: Path, phrase: str, own: str) -> None:
        """Save everything not sent yet; the computer's own passphrase opens it, or its keyring."""
        files = self.desk.services.sync_files

        def work() -> tuple[Any, Changes]:
            return files.rescue(file, phrase, passphrase=own or None), Changes()

        self._run(work, "Copie de secours")

    def _run(self, work: Callable[[], Any], label: str) -> None:
        self.panel.show_busy(busy=True)
        self.panel.say(f"{label}…", "muted")
        self.desk.jobs.call(lambda _tell, _stop: work(), self._done, self._refused, label=label)

    def _done(self, result: tuple[Any, Changes]) -> None:
        report, changes = result
        self.panel.show_busy(busy=False)
        self.panel.clear_phrase()
        self.panel.say(" ".join((report.sentence, *report.remarks)), "settled")
        self._arrived(changes)

    def _refused(self, error: AdvisorError) -> None:
        self.panel.show_busy(busy=False)
        self.panel.say(f"{error.message} {error.hint}".strip(), "brick")
