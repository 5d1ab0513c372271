"""Scrolls whatever stands around a widget until it is seen."""

from PySide6.QtWidgets import QScrollArea, QWidget


def bring_to_view(widget: QWidget) -> None:
    """Scroll every area around a widget so that it is seen, from the top down."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.verticalScrollBar().setValue(0)
            around.ensureWidgetVisible(widget)
        around = around.parentWidget()
