"""One line to type in and the list of what answers; over the page, never a dialog.

Must not know any service.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from advisor.ui.icons import icon
from advisor.ui.pieces.basics import column, label
from advisor.ui.theme import Theme

WIDTH, ROW, MOST_ROWS = 620, 38, 9


@dataclass(frozen=True, slots=True)
class Found:
    """One answer: what it is (an icon and a word), its name, and where it leads."""

    kind: str
    picture: str
    words: str
    screen: str
    target: str


class PaletteLine(QLineEdit):
    """The line typed in; arrows and Enter act on the list beside it."""

    moved = Signal(int)
    taken = Signal()
    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Send the keys of the list to the list."""
        key = event.key()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.taken.emit()
        elif key == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


class PaletteView(QFrame):
    """Emits ``typed(text)`` and ``chosen(Found)``."""

    typed = Signal(str)
    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("palette")
        self.setAccessibleName("Chercher")
        self.theme = theme
        self.found: list[Found] = []
        self._before: QWidget | None = None
        self.line = PaletteLine()
        self.line.setAccessibleName("Chercher une personne, une commune, une aide, une action")
        self.line.setPlaceholderText("Personne, commune, aide, structure ou action…")
        self.list = QListWidget()
        self.list.setAccessibleName("Réponses")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(lambda item: self._take(self.list.row(item)))
        self.line.textEdited.connect(self.typed)
        self.line.moved.connect(self._move)
        self.line.taken.connect(lambda: self._take(self.list.currentRow()))
        self.line.given_up.connect(self.close_palette)
        whole = column(self, theme, margin=10, spacing=6)
        whole.addWidget(self.line)
        whole.addWidget(self.list)
        whole.addWidget(label("Flèches choisir · Entrée ouvrir · Échap fermer", "muted"))
        self.hide()

    def open_palette(self) -> None:
        """Come over the page, ready to type."""
        window = self.window()
        self._before = window.focusWidget()
        self.line.clear()
        self.typed.emit("")
        self.place_itself()
        self.show()
        self.raise_()
        self.line.setFocus()

    def place_itself(self) -> None:
        """Stand at the top of the window, in the middle."""
        room = self.parentWidget()
        if room is None:
            return
        width = min(self.theme.px(WIDTH), room.width() - self.theme.px(32))
        rows = max(1, min(len(self.found), MOST_ROWS))
        height = min(self.theme.px(ROW * rows + 100), room.height() - self.theme.px(48))
        self.setGeometry((room.width() - width) // 2, self.theme.px(40), width, height)

    def close_palette(self) -> None:
        """Go away and give the keyboard back."""
        self.hide()
        if self._before is not None:
            self._before.setFocus()

    def show_found(self, found: Sequence[Found]) -> None:
        """List what answers, the best first."""
        self.found = list(found)
        self.list.clear()
        for one in self.found:
            picture = icon(one.picture, self.theme.colour("muted"), self.theme.px(18))
            self.list.addItem(QListWidgetItem(picture, f"{one.words}   ({one.kind})"))
        if self.found:
            self.list.setCurrentRow(0)
        else:
            self.list.addItem("Rien ne porte ce nom ici\u202f: essayez un autre mot")
        self.place_itself()

    def _move(self, by: int) -> None:
        last = len(self.found) - 1
        self.list.setCurrentRow(max(0, min(self.list.currentRow() + by, last)))

    def _take(self, at: int) -> None:
        if 0 <= at < len(self.found):
            self.hide()
            self.chosen.emit(self.found[at])
