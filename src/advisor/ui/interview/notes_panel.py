"""Notes, always one key away: the entry being written, and the earlier ones beside it.

Must not know any service.
"""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from advisor.domain.cases.appointment import Note
from advisor.ui import wording
from advisor.ui.pieces.basics import button, clear, column, label, relook, row, scrolling
from advisor.ui.theme import Theme

STATES = {"saved": "settled", "waiting": "brick"}


class NotesPanel(QFrame):
    """Emits ``typed`` with the text of the entry, ``another`` to begin a new entry.

    ``compared`` asks to see the versions of a note side by side.
    """

    typed = Signal(str)
    another = Signal()
    compared = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("Notes de l’entretien")
        self.theme = theme
        self._earlier: Sequence[Note] = ()
        self._torn: Mapping[str, int] = {}
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
        self._earlier = earlier
        self._show_earlier()
        if text != self.editor.toPlainText():
            self.editor.blockSignals(True)
            self.editor.setPlainText(text)
            self.editor.blockSignals(False)
        self.warning.hide()

    def show_contested(self, versions: Mapping[str, int]) -> None:
        """Mark the notes that have several versions, named with how many."""
        if versions != self._torn:
            self._torn = versions
            self._show_earlier()

    def _show_earlier(self) -> None:
        clear(self.earlier)
        for note in reversed(self._earlier):
            made = entry(self.theme, note)
            self.earlier.addWidget(made)
            if note.id in self._torn:
                words = f"{self._torn[note.id]} versions"
                name = f"Note du {wording.day(note.at.astimezone().date())}, {words}, comparer"
                see = partial(self.compared.emit, note.id)
                self.earlier.addWidget(button(f"{words}\u202f: comparer", see, "ask", name=name))
        self.earlier.addStretch(1)
        self.area.setVisible(bool(self._earlier))

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
    """Return one dated, signed entry, with who revised it since."""
    made = QFrame()
    inside = column(made, theme, spacing=0)
    signed = ", ".join(part for part in (note.author, note.organisation) if part)
    at = note.at.astimezone()
    others = {one.author for one in note.versions if one.author and one.author != note.author}
    revised = f" · revue par {', '.join(sorted(others))}" if others else ""
    inside.addWidget(label(f"{wording.day(at.date())} {at:%H:%M} · {signed}{revised}", "muted"))
    inside.addWidget(label(note.text, "small", selectable=True))
    return made
