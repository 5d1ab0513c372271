"""Bars drawn natively: a label, a bar, its value in words; told by pattern as well as colour.

A value that is missing or « non diffusé » has no bar and its words. Must not know any service.
"""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from advisor.domain.paper.territory_content import Bar
from advisor.domain.words.wording import NARROW
from advisor.ui.theme import Theme

ROW, GAP, WORDS_SHARE = 26, 8, 0.42


def bar_words(bar: Bar) -> str:
    """Return what stands beside a bar: « 26 % (2024) », or why there is none."""
    if bar.value is None:
        return bar.text
    return f"{bar.text} ({bar.year})" if bar.year else f"{bar.text} (année non dite)"


class Bars(QWidget):
    """Shows bars in one unit; the first ones in full colour, the others hatched."""

    def __init__(self, theme: Theme, name: str, *, all_full: bool = False) -> None:
        super().__init__()
        self.theme = theme
        self.bars: tuple[Bar, ...] = ()
        self._name = name
        self._all_full = all_full
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: Sequence[Bar], title: str = "") -> None:
        """Show other bars; said to screen readers as one sentence."""
        self.bars = tuple(bars)
        told = ", ".join(f"{one.label} {bar_words(one)}" for one in self.bars)
        self.setAccessibleName(title or self._name)
        self.setAccessibleDescription(f"{title or self._name}{NARROW}: {told}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return the room of all the bars."""
        lines = sum(self._lines(one) for one in self.bars)
        return QSize(self.theme.px(260), max(1, lines) * self.theme.px(ROW) + self.theme.px(4))

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return the least width that still reads."""
        return QSize(self.theme.px(200), self.sizeHint().height())

    def _lines(self, bar: Bar) -> int:
        """Return how many lines a bar takes: words that are long go under their label."""
        return 2 if bar.value is None and len(bar.text) > 40 else 1  # noqa: PLR2004

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw each bar on its line."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(self.theme.type_size("small"))
        painter.setFont(font)
        metrics = QFontMetrics(font)
        room = QRectF(self.rect())
        words = min(
            room.width() * WORDS_SHARE,
            max((metrics.horizontalAdvance(one.label) for one in self.bars), default=0) + 4,
        )
        told = max((metrics.horizontalAdvance(bar_words(one)) for one in self.bars), default=0)
        most = max((one.value or 0 for one in self.bars), default=0)
        longest = max(room.width() - words - told - 3 * self.theme.px(GAP), self.theme.px(24))
        top = 0.0
        for at, bar in enumerate(self.bars):
            height = float(self.theme.px(ROW))
            line = QRectF(0, top, room.width(), height)
            length = longest * (bar.value or 0) / most if most else 0
            self._draw(painter, line, words, bar, length, is_full=at == 0 or self._all_full)
            top += height * self._lines(bar)
        painter.end()

    def _draw(
        self, painter: QPainter, line: QRectF, words: float, bar: Bar, length: float, *,
        is_full: bool,
    ) -> None:  # fmt: skip
        metrics = painter.fontMetrics()
        gap = self.theme.px(GAP)
        painter.setPen(self.theme.qcolour("text"))
        label = metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, int(words))
        flags = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0, line.top(), words, line.height()), flags, label)
        left = words + gap
        if bar.value is not None:
            inset = self.theme.px(5)
            box = QRectF(left, line.top() + inset, max(length, 2), line.height() - 2 * inset)
            painter.setPen(QPen(self.theme.qcolour("accent"), 1.2))
            painter.fillRect(box, self.theme.qcolour("surface"))
            style = Qt.BrushStyle.SolidPattern if is_full else Qt.BrushStyle.BDiagPattern
            painter.setBrush(QBrush(self.theme.qcolour("accent"), style))
            painter.drawRect(box)
            left = box.right() + gap
        painter.setPen(self.theme.qcolour("text" if bar.value is not None else "muted"))
        rest = QRectF(left, line.top(), line.width() - left, line.height() * self._lines(bar))
        painter.drawText(rest, flags | Qt.TextFlag.TextWordWrap, bar_words(bar))


class PathChart(QWidget):
    """The number of doctors year after year, as a line of points with its first and last value."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.path: tuple[Bar, ...] = ()
        self.setAccessibleName("Médecins sur dix ans")
        self.setMinimumSize(theme.px(220), theme.px(130))

    def show_path(self, path: Sequence[Bar]) -> None:
        """Show another path."""
        self.path = tuple(path)
        told = ", ".join(f"{one.label} {one.text}" for one in self.path)
        self.setAccessibleDescription(told or "Le scénario ne peut pas être calculé.")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw axis, points and the two values that matter."""
        del event
        values = [one.value for one in self.path if one.value is not None]
        if not values:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(self.theme.type_size("small"))
        painter.setFont(font)
        line = painter.fontMetrics().height()
        box = QRectF(self.rect()).adjusted(line * 2, line * 1.6, -line * 3, -line * 1.6)
        painter.setPen(QPen(self.theme.qcolour("line_strong"), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        top = max(values) or 1
        step = box.width() / max(len(values) - 1, 1)
        dots = [
            (box.left() + at * step, box.bottom() - box.height() * max(value, 0) / top)
            for at, value in enumerate(values)
        ]
        painter.setPen(QPen(self.theme.qcolour("accent"), 2))
        for (x, y), (across, down) in pairwise(dots):
            painter.drawLine(int(x), int(y), int(across), int(down))
        painter.setBrush(self.theme.qcolour("accent"))
        half = self.theme.px(3)
        for x, y in dots:
            painter.drawEllipse(QRectF(x - half, y - half, 2 * half, 2 * half))
        self._say_ends(painter, dots, box, line)
        painter.end()

    def _say_ends(
        self, painter: QPainter, dots: Sequence[tuple[float, float]], box: QRectF, line: int
    ) -> None:
        painter.setPen(self.theme.qcolour("text"))
        middle = Qt.AlignmentFlag.AlignHCenter
        wide = line * 5.0
        for at, words in ((0, "aujourd’hui"), (-1, "dans 10 ans")):
            x, y = dots[at]
            where = QRectF(x - wide / 2, y - line * 1.4, wide, line)
            painter.drawText(where, middle, self.path[at].text)
            painter.drawText(QRectF(x - wide / 2, box.bottom() + 3, wide, line), middle, words)
