"""A person at the keyboard: letters with accents too, which QTest's own typing cannot send."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

NO_KEY = Qt.KeyboardModifier.NoModifier


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None, "nothing has the keyboard"
    return found


def type_text(text: str, widget: QWidget | None = None) -> None:
    """Send each letter to the widget that has the keyboard."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            target = widget or focus()
            QApplication.sendEvent(target, QKeyEvent(kind, 0, NO_KEY, letter))


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEY) -> None:
    """Press a key where the keyboard is, shortcuts included."""
    QTest.keyClick(focus(), key, modifiers)


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def until(qtbot: Any, condition: Callable[[], object], timeout: int = 15_000) -> None:
    """Wait for an effect, never for a time."""
    qtbot.waitUntil(lambda: bool(condition()), timeout=timeout)
