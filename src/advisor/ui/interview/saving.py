"""Everything is saved as it is typed: on disk within a second, kept and retried when refused.

Knows the store lane; must not know what is being saved.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from advisor.domain.words.wording import NARROW
from advisor.errors import AdvisorError, VaultError
from advisor.ui.desk import News
from advisor.ui.jobs import Jobs

PAUSE_MS = 350
RETRY_MS = 4000
SAFE = "Ce que vous avez tapé reste à l’écran et sera enregistré dès que possible."


@dataclass(slots=True, eq=False)
class Edit:
    """One thing to write; a newer edit with the same key takes its place."""

    key: str
    work: Callable[[], object]
    done: Callable[[object], None] | None = None


class Saving(QObject):
    """``stated`` carries (state, words): typing, saving, saved or waiting."""

    stated = Signal(str, str)

    def __init__(self, jobs: Jobs, news: News, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._jobs = jobs
        self._news = news
        self._now = now
        self._waiting: dict[str, Edit] = {}
        self._flying: set[Edit] = set()
        self._in_trouble = False
        self.is_telling = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        self._retry = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._retry.timeout.connect(self.flush)

    @property
    def is_idle(self) -> bool:
        """Tell whether everything typed is on disk."""
        return not self._waiting and not self._flying

    def put(
        self, key: str, work: Callable[[], object], done: Callable[[object], None] | None = None
    ) -> None:
        """Write soon; typing on does not put it off."""
        self._waiting.pop(key, None)
        self._waiting[key] = Edit(key, work, done)
        if not self._in_trouble:
            self.stated.emit("typing", "saisie…")
        if not self._pause.isActive():
            self._pause.start()

    def write(
        self, work: Callable[[], object], done: Callable[[object], None] | None = None
    ) -> None:
        """Write at once, after what was typed before."""
        self._waiting[f"at once {len(self._waiting)} {id(work)}"] = Edit("", work, done)
        self.flush()

    def flush(self) -> None:
        """Send everything that waits to the store lane, in order."""
        self._pause.stop()
        self._retry.stop()
        edits, self._waiting = list(self._waiting.items()), {}
        for key, edit in edits:
            edit.key = key
            self._flying.add(edit)
            self._jobs.store(edit.work, partial(self._saved, edit), partial(self._refused, edit))

    def _saved(self, edit: Edit, result: object) -> None:
        self._flying.discard(edit)
        self.is_telling = True
        self._news.announce(result)
        self.is_telling = False
        if edit.done is not None:
            edit.done(result)
        if not self.is_idle:
            return
        if self._in_trouble:
            self._news.settle("Tout est enregistré de nouveau.")
        self._in_trouble = False
        self.stated.emit("saved", f"enregistré {self._now():%H:%M}")

    def _refused(self, edit: Edit, error: AdvisorError) -> None:
        self._flying.discard(edit)
        if not isinstance(error, VaultError):
            self._news.refuse(error)
            self.stated.emit("waiting", "non enregistré")
            return
        self._waiting = (
            {edit.key: edit, **self._waiting}
            if edit.key not in self._waiting
            else {**self._waiting}
        )
        self._in_trouble = True
        self.stated.emit("waiting", f"non enregistré{NARROW}: nouvel essai dans un instant")
        self._news.fail(error.message, error.hint or SAFE)
        self._retry.start()
