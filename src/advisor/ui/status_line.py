"""One line at the foot of the window: what happened, what is safe, what to do next.

Also shows work that lasts over a second, with a way to stop waiting. Must not know any screen.
"""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QProgressBar

from advisor.ui.icons import picture
from advisor.ui.jobs import Job
from advisor.ui.pieces.basics import button, label, relook, row
from advisor.ui.theme import Theme

READING_TIME_MS = 12_000
SHAPES = {
    "failed": ("warning", "brick"),
    "ask": ("question", "amber"),
    "settled": ("check", "green"),
}
IDLE = (
    "Ctrl+K chercher · F6 zone suivante · F2 notes · "
    "Ctrl+Z annuler la dernière saisie · F1 raccourcis"
)


class StatusLine(QFrame):
    """Says one sentence at a time; a failure stays until the next thing is said."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("statusline")
        self.setAccessibleName("Ligne d’état")
        self.theme = theme
        self._job: Job | None = None
        self._rest = QTimer(self, singleShot=True, interval=READING_TIME_MS)
        self._rest.timeout.connect(self.rest)
        line = row(self, theme, spacing=8)
        line.setContentsMargins(theme.px(12), theme.px(3), theme.px(12), theme.px(3))
        self.shape = label()
        self.shape.setFixedWidth(theme.px(18))
        self.words = label(role="small", selectable=True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setFixedWidth(theme.px(120))
        self.bar.setAccessibleName("Travail en cours")
        self.stop = button("Ne plus attendre", self._stop_waiting, "chip")
        self.act = button("", None, "chip", name="Suite proposée")
        self._action: Callable[[], object] | None = None
        self.act.clicked.connect(lambda _checked: self._action() if self._action else None)
        line.addWidget(self.shape)
        line.addWidget(self.words, 1)
        for piece in (self.bar, self.stop, self.act):
            line.addWidget(piece)
            piece.hide()
        self.rest()

    def rest(self) -> None:
        """Show the keys that always work."""
        self._show("idle", IDLE)

    def say(
        self,
        state: str,
        text: str,
        hint: str = "",
        action: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Say a sentence, what to do, and offer one thing to press."""
        self._show(state, f"{text} {hint}".strip())
        self._offer(action)
        if state in {"info", "settled"}:
            self._rest.start()

    def report(self, text: str) -> None:
        """Say that something unexpected broke, with a report to copy."""
        copy = ("Copier le rapport", lambda: QGuiApplication.clipboard().setText(text))
        self.say(
            "failed",
            "Une erreur inattendue s’est produite.",
            "Ce qui est marqué «\u202fenregistré\u202f» est à l’abri. "
            "Le rapport ne contient aucune donnée personnelle\u202f: envoyez-le au support.",
            copy,
        )

    def wait_for(self, job: Job) -> None:
        """Show that a job lasts; its wait can be given up when nothing would be lost."""
        self._job = job
        if self.property("state") not in SHAPES:
            self._show("info", f"{job.label}…")
        self.bar.show()
        self.stop.setVisible(job.can_cancel)

    def settle(self, job: Job) -> None:
        """Stop showing a job that ended."""
        if job is self._job:
            self._job = None
            self.bar.hide()
            self.stop.hide()
            if self.property("state") not in SHAPES:
                self.rest()

    def _stop_waiting(self) -> None:
        if self._job is not None:
            self._job.abandon()
            self._job = None
        self.say("info", "Attente abandonnée.", "Rien n’a été modifié.")

    def _show(self, state: str, text: str) -> None:
        self._rest.stop()
        for piece in (self.bar, self.stop, self.act):
            piece.hide()
        relook(self, state=state)
        relook(self.words, role="small" if state in SHAPES else "muted")
        self.words.setText(text)
        self.words.setToolTip(text)
        name, colour = SHAPES.get(state, ("", ""))
        self.shape.setVisible(bool(name))
        if name:
            self.shape.setPixmap(picture(name, self.theme.colour(colour), self.theme.px(16)))

    def _offer(self, action: tuple[str, Callable[[], object]] | None) -> None:
        self._action = action[1] if action else None
        self.act.setVisible(action is not None)
        if action:
            self.act.setText(action[0])
            self.act.setAccessibleName(action[0])
