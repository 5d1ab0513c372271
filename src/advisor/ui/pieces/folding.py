"""A section that folds: its heading is a button that says whether it is open.

Must not know any screen.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from advisor.ui.pieces.basics import button, column, with_icon
from advisor.ui.theme import Theme


class Folding(QFrame):
    """A heading and a body shown or not; ``opened`` tells the first time and after."""

    turned = Signal(bool)

    def __init__(self, theme: Theme, heading: str, *, is_open: bool = False) -> None:
        super().__init__()
        self.theme = theme
        self.heading = button(heading, self.turn, "fold")
        self.heading.setMinimumWidth(theme.px(80))  # a long heading never widens what is under it
        self.body = QFrame()
        self.inside: QVBoxLayout = column(self.body, theme, spacing=4)
        whole = column(self, theme, spacing=2)
        whole.addWidget(self.heading)
        whole.addWidget(self.body)
        self._words = heading
        self.set_open(is_open=is_open)

    @property
    def is_open(self) -> bool:
        """Tell whether the body is shown."""
        return not self.body.isHidden()

    def set_open(self, *, is_open: bool) -> None:
        """Show or hide the body."""
        self.body.setVisible(is_open)
        with_icon(self.heading, "down" if is_open else "right", self.theme, "muted")
        self.rename(self._words)

    def turn(self) -> None:
        """Open what is folded, fold what is open."""
        self.set_open(is_open=not self.is_open)
        self.turned.emit(self.is_open)

    def rename(self, words: str) -> None:
        """Change the heading."""
        self._words = words
        self.heading.setText(words.replace("&", "&&"))
        self.heading.setAccessibleName(f"{words}, {'ouvert' if self.is_open else 'replié'}")
