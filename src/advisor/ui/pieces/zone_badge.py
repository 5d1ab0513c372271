"""A zone class drawn the same everywhere: ordered ramp, pattern, letter and words.

Knows the theme's zone drawings; must not know where the class comes from.
"""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from advisor.ui.theme import Theme, ZoneStyle, zone_style

PATTERNS = {
    "dots_sparse": Qt.BrushStyle.Dense7Pattern,
    "dots": Qt.BrushStyle.Dense6Pattern,
    "lines": Qt.BrushStyle.HorPattern,
    "hatch": Qt.BrushStyle.BDiagPattern,
}
HEIGHT = 26
LETTER_WIDTH = 26
PADDING = 8
VEIL = 110


class ZoneBadge(QWidget):
    """A badge: a patterned square with the class's letter, then its short French name."""

    def __init__(self, theme: Theme, zone_class: str = "", *, partial: bool = False) -> None:
        super().__init__()
        self.theme = theme
        self.show_class(zone_class, partial=partial)

    def show_class(self, zone_class: str, *, partial: bool = False) -> None:
        """Draw another class; an empty code is « zone inconnue »."""
        self.drawing: ZoneStyle = zone_style(zone_class)
        self.words = self.drawing.short + (" (en partie)" if partial else "")
        self.setAccessibleName(f"Zone {self.words}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return the room the words need."""
        words = self.fontMetrics().horizontalAdvance(self.words)
        return QSize(
            self.theme.px(LETTER_WIDTH) + words + 2 * self.theme.px(PADDING), self.theme.px(HEIGHT)
        )

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return room for the letter and a few signs; the words shorten with « … »."""
        return QSize(self.theme.px(LETTER_WIDTH * 3), self.theme.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw ground, pattern, letter and words."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = min(self.width(), self.sizeHint().width())
        box = QRectF(0.5, 0.5, width - 1, self.height() - 1)
        ink = QColor(self.drawing.text)
        painter.setPen(QPen(self.theme.qcolour("line_strong"), 1))
        painter.setBrush(QColor(self.drawing.ground))
        painter.drawRoundedRect(box, 4, 4)
        self._draw_letter(painter, ink)
        painter.setPen(ink)
        left = self.theme.px(LETTER_WIDTH) + self.theme.px(PADDING)
        room = QRectF(left, 0, width - left - self.theme.px(4), self.height())
        words = self.fontMetrics().elidedText(
            self.words, Qt.TextElideMode.ElideRight, int(room.width())
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        painter.end()

    def _draw_letter(self, painter: QPainter, ink: QColor) -> None:
        side = self.theme.px(LETTER_WIDTH)
        square = QRectF(1, 1, side, self.height() - 2)
        pattern = PATTERNS.get(self.drawing.pattern)
        if pattern is not None:
            faint = QColor(ink)
            faint.setAlpha(VEIL)
            painter.fillRect(square, QBrush(faint, pattern))
            self._clear_behind_letter(painter, square)
        painter.setPen(QPen(ink, 1))
        painter.drawLine(QPointF(side + 1, 2), QPointF(side + 1, self.height() - 2))
        bold = self.font()
        bold.setBold(True)
        painter.setFont(bold)
        painter.drawText(square, Qt.AlignmentFlag.AlignCenter, self.drawing.letter)
        painter.setFont(self.font())

    def _clear_behind_letter(self, painter: QPainter, square: QRectF) -> None:
        across = self.theme.px(15)
        hole = QRectF(0, 0, across, self.theme.px(18))
        hole.moveCenter(square.center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.drawing.ground))
        painter.drawRoundedRect(hole, 3, 3)
