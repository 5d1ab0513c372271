"""Keeps the keyboard where it is while a page is filled again.

A widget made again has the name the former one had. Must not know any screen.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget


@contextmanager
def keeping_focus(page: QWidget) -> Iterator[None]:
    """Give the keyboard back to the same widget, or to the one that took its name and place."""
    focus = QApplication.focusWidget()
    inside = focus is not None and page.isAncestorOf(focus)
    name = focus.accessibleName() if focus is not None and inside else ""
    depths = [(area, area.verticalScrollBar().value()) for area in page.findChildren(QScrollArea)]
    yield
    for area, depth in depths:
        if shiboken6.isValid(area):
            area.verticalScrollBar().setValue(depth)
    if not inside or (focus is not None and _holds(page, focus)):
        return
    for made in page.findChildren(QWidget):
        can = made.focusPolicy() != Qt.FocusPolicy.NoFocus and not made.isHidden()
        if can and name and made.accessibleName() == name:
            made.setFocus(Qt.FocusReason.OtherFocusReason)
            return


def _holds(page: QWidget, focus: QWidget) -> bool:
    return shiboken6.isValid(focus) and page.isAncestorOf(focus) and not focus.isHidden()
