"""Scrolls whatever stands around a widget until it is seen."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QScrollArea, QWidget


def bring_to_view(widget: QWidget) -> None:
    """Scroll every area around a widget so that it is seen, its top first when it is too tall."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            bar, inside = around.verticalScrollBar(), around.widget()
            bar.setValue(0)
            around.ensureWidgetVisible(widget)
            if inside is not None and widget.height() > around.viewport().height():
                bar.setValue(widget.mapTo(inside, QPoint(0, 0)).y())
        around = around.parentWidget()
