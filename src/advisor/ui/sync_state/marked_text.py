"""A text to read, with the words the other version does not say underlined and on a ground.

Never marked by colour alone: underlined too, and read out by screen readers. Must not know any
service.
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QSizePolicy, QTextEdit

from advisor.domain.words.word_changes import Pieces, only_here
from advisor.ui.theme import Theme

LEAST_LINES, MOST_LINES = 2, 11
AROUND = 26  # the frame, its padding and the margins of the text
Underline = QTextCharFormat.UnderlineStyle
LOOKS = {
    "A": ("amber_soft", Underline.SingleUnderline),
    "B": ("accent_soft", Underline.DashUnderline),
}


class MarkedText(QTextEdit):
    """One version of a text, read only; grows with it up to a height, then scrolls."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.theme = theme
        self.setReadOnly(True)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_pieces(self, name: str, pieces: Pieces, side: str) -> None:
        """Show a text cut in pieces; ``side`` (A or B) chooses how what differs is drawn."""
        self.setAccessibleName(name)
        apart = only_here(pieces)
        said = f"Seulement ici\u202f: {apart}" if apart else "Aucun mot ne diffère"
        self.setAccessibleDescription(said)
        self.clear()
        cursor = QTextCursor(self.document())
        for piece in pieces:
            marked = self._marked(side) if not piece.shared else QTextCharFormat()
            cursor.insertText(piece.text, marked)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Ask for the height of the text, within bounds."""
        line = self.fontMetrics().lineSpacing()
        width = self.viewport().width() or self.theme.px(300)
        document = self.document().clone()
        document.setTextWidth(width)
        tall = document.size().height() + self.theme.px(AROUND)
        least, most = (line * many + self.theme.px(AROUND) for many in (LEAST_LINES, MOST_LINES))
        return QSize(self.theme.px(260), int(min(max(tall, least), most)))

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Never less than two lines."""
        line = self.fontMetrics().lineSpacing()
        return QSize(self.theme.px(160), line * LEAST_LINES + self.theme.px(AROUND))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Ask again for a height: a narrower text takes more lines."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _marked(self, side: str) -> QTextCharFormat:
        ground, underline = LOOKS[side]
        made = QTextCharFormat()
        made.setFontWeight(QFont.Weight.DemiBold)
        made.setUnderlineStyle(underline)
        made.setUnderlineColor(self.theme.qcolour("text"))
        made.setBackground(self.theme.qcolour(ground))
        return made
