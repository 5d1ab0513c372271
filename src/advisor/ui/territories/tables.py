"""Tables to read, as tall as what they say. Places widgets only."""

from PySide6.QtWidgets import QTableWidget

EDGE = 6
KNOWN = "fitted"


def fit_height(table: QTableWidget, most: int) -> None:
    """Give a table the height of its lines, never over ``most`` pixels, at every width."""
    if not table.property(KNOWN):
        table.setProperty(KNOWN, True)
        table.horizontalHeader().sectionResized.connect(lambda *_widths: _fit(table, most))
    _fit(table, most)


def _fit(table: QTableWidget, most: int) -> None:
    table.resizeRowsToContents()
    lines = sum(table.rowHeight(at) for at in range(table.rowCount()))
    height = table.horizontalHeader().sizeHint().height() + lines + EDGE
    table.setMinimumHeight(0)
    table.setFixedHeight(min(height, most))
