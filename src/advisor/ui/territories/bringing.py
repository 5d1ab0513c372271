"""What the import decides: looks at a table, reads it dry, takes it in when it is accepted.

Knows the services and the section; places no widget.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from advisor.domain.words.wording import NARROW, counted, number
from advisor.errors import AdvisorError, RefusedError
from advisor.services.indicators import Dataset, Draft, Sample
from advisor.ui.desk import Desk
from advisor.ui.jobs import Job
from advisor.ui.territories.import_view import ImportSection

STOPPED = "Lecture arrêtée\u202f: rien n’est changé."


class Bringing(QObject):
    """One table at a time; ``taken`` is called once indicators have changed."""

    def __init__(self, desk: Desk, view: ImportSection, taken: Callable[[], None]) -> None:
        super().__init__(view)
        self.desk, self.view = desk, view
        self._taken = taken
        self._file: Path | None = None
        self._draft: Draft | None = None
        self._job: Job | None = None
        view.file_chosen.connect(self.look)
        view.checked.connect(self.check)
        view.accepted.connect(self.accept)
        view.stopped.connect(self.stop)
        view.forgotten.connect(self.forget)

    def read_datasets(self) -> None:
        """List the tables taken in."""
        indicators = self.desk.services.indicators
        self.desk.jobs.read(indicators.datasets, self._show_datasets)

    def _show_datasets(self, datasets: Sequence[Dataset]) -> None:
        self.view.show_datasets(datasets)

    def look(self, path: Path) -> None:
        """Look at the columns of a table."""
        self._file, self._draft = path, None
        indicators = self.desk.services.indicators
        self.view.begin()

        def show(samples: tuple[Sample, ...]) -> None:
            if self._file == path:
                self.view.show_samples(path.name, samples)

        self.desk.jobs.read(
            lambda: indicators.look(path), show, self._refuse, label="Lecture du tableau"
        )

    def check(self, mapping: Mapping[str, Any]) -> None:
        """Read the table with this matching; nothing is changed."""
        path, indicators = self._file, self.desk.services.indicators
        today = self.desk.today
        if path is None:
            return
        self._draft = None
        self.view.wait(waiting=True, words="lecture…")

        def work(tell: Callable[[Any], None], is_stopped: Callable[[], bool]) -> Draft:
            def progress(line: int) -> None:
                if is_stopped():
                    raise RefusedError(STOPPED)
                tell(line)

            return indicators.read(path, mapping, today=today, progress=progress)

        self._job = self.desk.jobs.call(
            work, self._show_draft, self._refuse, self._tell_line, label="Lecture du tableau"
        )

    def _tell_line(self, line: int) -> None:
        self.view.wait(waiting=True, words=f"ligne {number(line)}")

    def _show_draft(self, draft: Draft) -> None:
        self._draft = draft
        self.view.show_draft(draft)

    def _refuse(self, error: AdvisorError) -> None:
        self.view.refuse(f"{error.message} {error.hint}".strip())

    def stop(self) -> None:
        """End the reading under way."""
        if self._job is not None:
            self._job.stop()

    def accept(self) -> None:
        """Take the table in, whole."""
        draft, indicators = self._draft, self.desk.services.indicators
        if draft is None:
            return
        self._draft = None
        self.desk.jobs.read(
            lambda: indicators.accept(draft), self._accepted, self._refuse, "Import du tableau"
        )

    def _accepted(self, dataset: Dataset) -> None:
        self.view.begin()
        self.read_datasets()
        said = counted(dataset.accepted, "ligne prise", "lignes prises")
        self.desk.news.settle(
            f"Tableau importé{NARROW}: {said}, les diagnostics en tiennent compte."
        )
        self._taken()

    def forget(self, dataset: str) -> None:
        """Take a table away."""
        indicators = self.desk.services.indicators

        def done(_result: object) -> None:
            self.read_datasets()
            self.desk.news.settle(
                "Tableau retiré\u202f: les diagnostics n’en tiennent plus compte."
            )
            self._taken()

        self.desk.jobs.read(lambda: indicators.forget(dataset), done)
