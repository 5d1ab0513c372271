"""Tables to read: lines as tall as what they say, at every width. Places widgets only."""

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtWidgets import QTableWidget

EDGE = 6
ACROSS, ABOVE = 1.4, 0.7  # what the style keeps free around words, in heights of a line
KNOWN = "fitted"
TALLEST = 10_000


def fit_height(table: QTableWidget, most: int) -> None:
    """Give a table the height of its lines, never over ``most`` pixels, at every width."""
    table.setProperty("tallest", most)
    fit_lines(table)


def fit_lines(table: QTableWidget) -> None:
    """Give the lines of a table the height of what they say, at every width."""
    if not table.property(KNOWN):
        table.setProperty(KNOWN, True)
        after = QTimer(table, interval=0, singleShot=True)  # once every column has its width
        after.timeout.connect(lambda: _fit(table))
        table.horizontalHeader().sectionResized.connect(lambda *_widths: after.start())
    _fit(table)


def _fit(table: QTableWidget) -> None:
    tallest = [_height_of(table, at) for at in range(table.rowCount())]
    for at, height in enumerate(tallest):
        table.setRowHeight(at, height)
    most = table.property("tallest")
    if most:
        table.setMinimumHeight(0)
        height = table.horizontalHeader().sizeHint().height() + sum(tallest) + EDGE
        table.setFixedHeight(min(height, most))


def _height_of(table: QTableWidget, line: int) -> int:
    """Return the height that the words of a line need, wrapped in their columns."""
    measure = table.fontMetrics()
    tall = high = measure.height()
    for column in range(table.columnCount()):
        item = table.item(line, column)
        if item is None or table.isColumnHidden(column):
            continue
        span = table.columnSpan(line, column)
        width = sum(table.columnWidth(column + more) for more in range(span)) - ACROSS * high
        room = QRect(0, 0, max(round(width), 1), TALLEST)
        words = measure.boundingRect(room, Qt.TextFlag.TextWordWrap, item.text())
        tall = max(tall, words.height())
    return round(tall + ABOVE * high)
