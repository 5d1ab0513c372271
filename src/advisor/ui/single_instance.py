"""One window for one home: a second copy asks the first to come forward, and says so.

Knows Qt's local sockets; must not know any screen.
"""

import hashlib

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from advisor.config import Home

WAIT_MS = 500
COME_FORWARD = b"montre-toi"


class SingleInstance(QObject):
    """Holds the home's name on this machine; ``called`` when a second copy was started."""

    called = Signal()

    def __init__(self, home: Home, parent: QObject | None = None) -> None:
        super().__init__(parent)
        named = hashlib.sha256(str(home.root).encode()).hexdigest()[:16]
        self._name = f"advisor-{named}"
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._welcome)

    def is_first(self) -> bool:
        """Take the name, or call the window that has it and return False."""
        if self._call_the_first():
            return False
        QLocalServer.removeServer(self._name)
        return self._server.listen(self._name)

    def close(self) -> None:
        """Give the name back."""
        self._server.close()

    def _call_the_first(self) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(WAIT_MS):
            return False
        socket.write(COME_FORWARD)
        socket.waitForBytesWritten(WAIT_MS)
        socket.disconnectFromServer()
        return True

    def _welcome(self) -> None:
        socket = self._server.nextPendingConnection()
        if socket is not None:
            socket.disconnected.connect(socket.deleteLater)
        self.called.emit()
