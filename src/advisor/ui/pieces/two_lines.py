"""Draws a list's entries on two lines: the name in strong letters, the rest in muted ones.

An entry's text holds both, parted by a line end. Must not know what the entries are.
"""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from advisor.ui.theme import Theme

EDGE, GAP, BAR = 8, 2, 4

Index = QModelIndex | QPersistentModelIndex


class TwoLines(QStyledItemDelegate):
    """Paints name and facts; both shorten with « … » rather than be cut."""

    def __init__(self, theme: Theme, of: QListWidget) -> None:
        super().__init__(of)
        self.theme = theme
        of.setItemDelegate(self)
        of.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        of.setUniformItemSizes(True)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802  Qt's name
        """Return the room of two lines, tails of letters and all."""
        del index
        lines = (QFontMetrics(self._font(option.font, size)) for size in ("body", "small"))
        height = sum(one.height() for one in lines)
        gaps = self.theme.px(GAP) + 2 * self.theme.px(EDGE)
        return QSize(self.theme.px(120), height + gaps)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the ground, then the two lines."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self.theme.qcolour("accent_soft"))
            bar = QRect(rect.left(), rect.top(), self.theme.px(BAR), rect.height())
            painter.fillRect(bar, self.theme.qcolour("accent"))
        painter.setPen(self.theme.qcolour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        name, _, facts = str(index.data()).partition("\n")
        edge = self.theme.px(EDGE)
        room = rect.adjusted(edge + self.theme.px(BAR), edge, -edge, -edge)
        height = self._line(painter, room, name, "body", "text")
        self._line(painter, room.adjusted(0, height, 0, 0), facts, "small", "muted")
        painter.restore()

    def _line(self, painter: QPainter, room: QRect, words: str, size: str, colour: str) -> int:
        painter.setFont(self._font(painter.font(), size))
        painter.setPen(self.theme.qcolour(colour))
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, shown)
        return metrics.height() + self.theme.px(GAP)

    def _font(self, of: QFont, size: str) -> QFont:
        font = QFont(of)
        font.setPixelSize(self.theme.type_size(size))
        font.setWeight(QFont.Weight.DemiBold if size == "body" else QFont.Weight.Normal)
        return font
