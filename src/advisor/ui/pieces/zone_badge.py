"""A zone class drawn the same everywhere: ordered ramp, pattern and letters.

Knows the theme's zone drawings; must not know where the class comes from.
"""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from advisor.domain.zones.marks import Pattern
from advisor.ui.theme import Theme, zone_style

HEIGHT = 26
SWATCH = 24
PADDING = 8
HATCH_STEP = {Pattern.CLOSE_HATCH: 5, Pattern.WIDE_HATCH: 9}


class ZoneBadge(QWidget):
    """A badge: a patterned swatch, then the class's letters, on the class's colour."""

    def __init__(self, theme: Theme, zone_class: str = "", words: str = "") -> None:
        super().__init__()
        self.theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_class(zone_class, words)

    def show_class(self, zone_class: str, words: str = "") -> None:
        """Draw another class; ``words`` says it to screen readers, empty class is unknown."""
        self.drawing = zone_style(zone_class)
        self.setAccessibleName(f"Zone\u202f: {words or self.drawing.mark.letters}")
        self.setToolTip(words)
        self.updateGeometry()
        self.update()

    @property
    def letters(self) -> str:
        """Return what is written: an unknown class is a word, the swatch has the question mark."""
        mark = self.drawing.mark
        return "non connue" if mark.pattern is Pattern.UNKNOWN else mark.letters

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return the room the letters need."""
        bold = self.font()
        bold.setBold(True)
        self.setFont(bold)
        letters = self.fontMetrics().horizontalAdvance(self.letters)
        across = self.theme.px(SWATCH) + letters + 2 * self.theme.px(PADDING)
        return QSize(across, self.theme.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw ground, swatch and letters."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = QColor(self.drawing.text)
        box = QRectF(0.5, 0.5, self.width() - 1, self.height() - 1)
        painter.setPen(QPen(self.theme.qcolour("line_strong"), 1))
        painter.setBrush(QColor(self.drawing.ground))
        painter.drawRoundedRect(box, 4, 4)
        draw_swatch(
            painter,
            QRectF(2, 2, self.theme.px(SWATCH), self.height() - 4),
            self.drawing.mark.pattern,
            ink,
        )
        painter.setPen(ink)
        left = self.theme.px(SWATCH + PADDING)
        room = QRectF(left, 0, self.width() - left, self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.letters)
        painter.end()


def draw_swatch(painter: QPainter, box: QRectF, pattern: Pattern, ink: QColor) -> None:
    """Fill a box with the pattern of a class, so that a copy in grey still reads."""
    painter.save()
    painter.setClipRect(box)
    painter.setPen(QPen(ink, 1.6))
    if pattern == Pattern.SOLID:
        painter.fillRect(box.adjusted(5, 5, -5, -5), QBrush(ink))
    elif pattern in HATCH_STEP:
        _draw_hatch(painter, box, HATCH_STEP[pattern])
    elif pattern == Pattern.DOTS:
        _draw_dots(painter, box, ink)
    elif pattern == Pattern.EMPTY:
        painter.drawRect(box.adjusted(5, 5, -5, -5))
    else:
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "?")
    painter.restore()


def _draw_hatch(painter: QPainter, box: QRectF, step: int) -> None:
    reach = int(box.width() + box.height())
    for at in range(0, reach, step):
        foot = QPointF(box.left() + at, box.top())
        painter.drawLine(foot, QPointF(box.left() + at - box.height(), box.bottom()))


def _draw_dots(painter: QPainter, box: QRectF, ink: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    for down in range(6, int(box.height()), 7):
        for across in range(5, int(box.width()), 7):
            painter.drawEllipse(QPointF(box.left() + across, box.top() + down), 1.5, 1.5)
