"""The left rail: one word and one icon for each screen, and the state of things at its foot.

Must not know what the screens do.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout

from advisor.ui.icons import icon
from advisor.ui.pieces.basics import column, label
from advisor.ui.theme import Theme

WIDTH = 116
BIG_TEXT = 1.4


class Rail(QFrame):
    """Emits ``went(screen key)``, and one signal for each of the three words at the foot."""

    went = Signal(str)
    search = Signal()
    display = Signal()
    lock = Signal()

    def __init__(self, theme: Theme, entries: Sequence[tuple[str, str, str]]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAccessibleName("Écrans")
        self.theme = theme
        self.setFixedWidth(theme.px(WIDTH))
        self.buttons: dict[str, QToolButton] = {}
        self.group = QButtonGroup(self)
        whole = column(self, theme, spacing=0 if theme.scale > BIG_TEXT else 2)
        whole.setContentsMargins(*(theme.px(size) for size in (6, 8, 6, 8)))
        for at, (key, words, picture) in enumerate(entries, start=1):
            made = self._button(words, picture, key)
            made.setCheckable(True)
            made.setToolTip(f"Ctrl+{at}")
            self.group.addButton(made)
            self.buttons[key] = made
            made.clicked.connect(lambda _checked, name=key: self.went.emit(name))
            whole.addWidget(made)
        whole.addStretch(1)
        self.state = label("", "muted")
        self.state.setAccessibleName("État de l’envoi et âge du référentiel")
        whole.addWidget(self.state)
        self._add_foot(whole)

    def show_screen(self, key: str) -> None:
        """Mark the screen that is shown."""
        if key in self.buttons:
            self.buttons[key].setChecked(True)

    def show_state(self, words: str, short: str) -> None:
        """Say what waits and how old the pack is; less of it when the text is large."""
        self.state.setText(short if self.theme.scale > BIG_TEXT else words)
        self.state.setToolTip(words)
        self.state.setAccessibleDescription(words)

    def _add_foot(self, whole: QVBoxLayout) -> None:
        for words, picture, told in (
            ("Chercher", "search", self.search),
            ("Affichage", "display", self.display),
            ("Verrouiller", "lock", self.lock),
        ):
            made = self._button(words, picture, "")
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            made.setIconSize(QSize(self.theme.px(16), self.theme.px(16)))
            made.clicked.connect(lambda _checked, signal=told: signal.emit())
            whole.addWidget(made)

    def _button(self, words: str, picture: str, key: str) -> QToolButton:
        made = QToolButton()
        made.setText(words)
        made.setAccessibleName(words.replace("&", ""))
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        side = self.theme.px(22)
        colours = self.theme.colour("text"), self.theme.colour("accent_text")
        made.setIcon(icon(picture, colours[0], side, colours[1]))
        made.setIconSize(QSize(side, side))
        big = self.theme.scale > BIG_TEXT
        made.setToolButtonStyle(
            Qt.ToolButtonStyle.ToolButtonTextOnly
            if big
            else Qt.ToolButtonStyle.ToolButtonTextUnderIcon
        )
        made.setFixedWidth(self.theme.px(WIDTH - 12))
        made.setObjectName(key)
        return made
