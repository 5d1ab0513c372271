"""Notices that nobody touches the window, so that it locks itself.

Watches keys and clicks of the whole application; must not know what locking does.
"""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

SIGNS_OF_LIFE = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}
MINUTE_MS = 60_000


class IdleWatch(QObject):
    """Emits ``gone`` after ``minutes`` without a key or a click; begins with ``start``."""

    gone = Signal()

    def __init__(self, minutes: int, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.gone)
        self.wait_for(minutes)

    def wait_for(self, minutes: int) -> None:
        """Change how long nobody must be there."""
        self._timer.setInterval(minutes * MINUTE_MS)

    def start(self) -> None:
        """Begin to watch."""
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self._timer.start()

    def stop(self) -> None:
        """Watch no more."""
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Begin the wait again at each sign of life."""
        del watched
        if event.type() in SIGNS_OF_LIFE:
            self._timer.start()
        return False
