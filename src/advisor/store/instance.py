"""One window for each home: an operating system lock that dies with its process.

Only the window is alone; commands read and write beside it, the database's own log allows it.
"""

import hashlib
import os
import sys
from typing import IO, Self

from advisor.config import Home
from advisor.errors import AlreadyOpenError
from advisor.store.failures import telling

if sys.platform == "win32":
    import msvcrt

    def _take(stream: IO[str]) -> None:
        stream.seek(0)
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(stream: IO[str]) -> None:
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def channel_name(home: Home) -> str:
    """Return the local socket's name on which the first window of a home listens."""
    digest = hashlib.sha256(os.fsencode(home.root.resolve())).hexdigest()
    return f"advisor-{digest[:24]}"


class WindowLock:
    """Held by the window from start to end; a context manager."""

    def __init__(self, home: Home) -> None:
        self._file = home.create().root / "window.lock"
        self._stream: IO[str] | None = None

    def acquire(self) -> Self:
        """Take the lock; AlreadyOpenError when another window has it."""
        with telling():
            stream = self._file.open("a+", encoding="utf-8")
        try:
            _take(stream)
        except OSError as error:
            stream.close()
            raise AlreadyOpenError(
                "L’application est déjà ouverte sur ce dossier.",
                "Sa fenêtre revient au premier plan\u202f; celle-ci se ferme.",
            ) from error
        self._stream = stream
        return self

    def release(self) -> None:
        """Give the lock back; nothing happens when it is not held."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def __enter__(self) -> Self:
        return self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()
