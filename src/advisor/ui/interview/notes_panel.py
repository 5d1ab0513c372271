"""Notes, always one key away: the entry being written, and the earlier ones beside it.

Must not know any service.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from advisor.domain.cases.appointment import Note
from advisor.ui import wording
from advisor.ui.pieces.basics import button, clear, column, label, relook, row, scrolling
from advisor.ui.theme import Theme

STATES = {"saved": "settled", "waiting": "brick"}


class NotesPanel(QFrame):
    """Emits ``typed`` with the text of the entry, ``another`` to begin a new entry."""

    typed = Signal(str)
    another = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("Notes de l’entretien")
        self.theme = theme
        self.saved = label("", "muted")
        self.saved.setMaximumWidth(theme.px(150))
        self.saved.setAccessibleName("État de l’enregistrement")
        self.warning = label("", "amber")
        self.warning.hide()
        self.editor = QPlainTextEdit()
        self.editor.setAccessibleName("Note")
        self.editor.setTabChangesFocus(True)
        self.editor.setPlaceholderText(
            "Ce que la personne cherche, ce qui la retient, ce qui suit…"
        )
        self.editor.setMinimumHeight(theme.px(40))
        self.editor.textChanged.connect(lambda: self.typed.emit(self.editor.toPlainText()))
        self.editor.installEventFilter(self)
        self.new = button("Nouvelle note", self.another.emit, "quiet")
        self.new.setToolTip("Ctrl+Maj+N")
        self._build()

    def _build(self) -> None:
        theme = self.theme
        side = column(None, theme, spacing=2)
        side.addWidget(label("NOTES · F2", "section", wraps=False))
        side.addWidget(self.saved)
        side.addWidget(self.new)
        side.addStretch(1)
        body = QWidget()
        self.earlier: QVBoxLayout = column(body, theme, spacing=4)
        self.area = scrolling(body, "Notes précédentes")
        self.area.hide()
        texts = column(None, theme, spacing=2)
        texts.addWidget(self.editor, 1)
        texts.addWidget(self.warning)
        whole = row(self, theme, spacing=12)
        whole.addLayout(side)
        whole.addLayout(texts, 3)
        whole.addWidget(self.area, 2)

    def show_notes(self, earlier: Sequence[Note], text: str) -> None:
        """Show the earlier entries, newest first, and the text of the present one."""
        clear(self.earlier)
        for note in reversed(earlier):
            self.earlier.addWidget(entry(self.theme, note))
        self.earlier.addStretch(1)
        self.area.setVisible(bool(earlier))
        if text != self.editor.toPlainText():
            self.editor.blockSignals(True)
            self.editor.setPlainText(text)
            self.editor.blockSignals(False)
        self.warning.hide()

    def show_saved(self, state: str, words: str) -> None:
        """Say whether what is typed is on disk."""
        relook(self.saved, role=STATES.get(state, "muted"))
        self.saved.setText(words)

    def warn(self, words: str) -> None:
        """Say a remark beside the note (a text that looks like a NIR)."""
        self.warning.setText(words)
        self.warning.setVisible(bool(words))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Keep Ctrl+Z for letters still to undo; leave it to the interview otherwise."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.matches(QKeySequence.StandardKey.Undo)
            and not self.editor.document().isUndoAvailable()
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def entry(theme: Theme, note: Note) -> QFrame:
    """Return one dated, signed entry; each version when several people revised it."""
    made = QFrame()
    inside = column(made, theme, spacing=0)
    signed = ", ".join(part for part in (note.author, note.organisation) if part)
    at = note.at.astimezone()
    inside.addWidget(label(f"{wording.day(at.date())} {at:%H:%M} · {signed}", "muted"))
    if len(note.versions) > 1 and len({version.author for version in note.versions}) > 1:
        for version in note.versions:
            inside.addWidget(
                label(f"{version.author}\u202f: {version.text}", "small", selectable=True)
            )
    else:
        inside.addWidget(label(note.text, "small", selectable=True))
    return made
