"""How a class fills a place: a ground colour and a pattern, the same on the map and its legend.

Brushes are made of images, so that a map may be painted outside the main thread.
"""

from functools import cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from advisor.domain.zones.marks import Pattern
from advisor.ui.theme import Theme, tokens

STEP = {
    Pattern.CLOSE_HATCH: 5,
    Pattern.WIDE_HATCH: 10,
    Pattern.DOTS: 7,
    Pattern.UNKNOWN: 8,
}
INK = {
    Pattern.CLOSE_HATCH: "#FFFFFF",
    Pattern.WIDE_HATCH: "#2C5A62",
    Pattern.DOTS: "#3D6C66",
    Pattern.UNKNOWN: "#A39B8D",
}
SWATCH = 26


def ground_of(pattern: Pattern) -> str:
    """Return the ground colour of a pattern, the same in light and dark: paper is read too."""
    return str(tokens()["zones"][pattern.value]["ground"])


def text_of(pattern: Pattern) -> str:
    """Return the colour of letters written on a pattern."""
    return str(tokens()["zones"][pattern.value]["text"])


@cache
def brush_of(pattern: Pattern) -> QBrush:
    """Return what fills a place of a class."""
    ground = QColor(ground_of(pattern))
    if pattern not in STEP:
        return QBrush(ground)
    return QBrush(_tile(pattern, ground))


def _tile(pattern: Pattern, ground: QColor) -> QImage:
    side = STEP[pattern]
    tile = QImage(side, side, QImage.Format.Format_RGB32)
    tile.fill(ground)
    ink = QColor(INK[pattern]).rgb()
    if pattern is Pattern.DOTS:
        for x, y in ((3, 3), (4, 3), (3, 4), (4, 4)):
            tile.setPixel(x, y, ink)
        return tile
    for at in range(side):
        tile.setPixel(at, side - 1 - at, ink)
        if pattern is Pattern.UNKNOWN:
            tile.setPixel(at, at, ink)
    return tile


class Swatch(QWidget):
    """A small square of a class, beside its words in the legend."""

    def __init__(self, theme: Theme, pattern: Pattern) -> None:
        super().__init__()
        self.theme, self.pattern = theme, pattern
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return the room of the square."""
        return QSize(self.theme.px(SWATCH), self.theme.px(SWATCH * 0.7))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw the class as the map does."""
        del event
        painter = QPainter(self)
        painter.setPen(QPen(self.theme.qcolour("line_strong"), 1))
        painter.setBrush(brush_of(self.pattern))
        painter.drawRect(QRectF(0.5, 0.5, self.width() - 1, self.height() - 1))
        painter.end()


def border_pen(width: float = 0.8) -> QPen:
    """Return the pen of a commune's border."""
    pen = QPen(QColor(146, 154, 154, 190), width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen
