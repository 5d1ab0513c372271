"""One window and one sync for each home: system locks that die with their process.

Commands read and write beside the window, the database's own log allows it.
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


class _HomeLock:
    """Held from start to end; a context manager. Subclasses name the file and the refusal."""

    name = ""
    refusal = ("", "")

    def __init__(self, home: Home) -> None:
        self._file = home.create().root / self.name
        self._stream: IO[str] | None = None

    def acquire(self) -> Self:
        """Take the lock; AlreadyOpenError when another has it."""
        with telling():
            stream = self._file.open("a+", encoding="utf-8")
        try:
            _take(stream)
        except OSError as error:
            stream.close()
            raise AlreadyOpenError(*self.refusal) from error
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


class WindowLock(_HomeLock):
    """Held by the window as long as it is open."""

    name = "window.lock"
    refusal = (
        "L’application est déjà ouverte sur ce dossier.",
        "Sa fenêtre revient au premier plan\u202f; celle-ci se ferme.",
    )


class SyncLock(_HomeLock):
    """Held by a sync or an enrolment under way."""

    name = "sync.lock"
    refusal = (
        "Une synchronisation de ce dossier est déjà en cours.",
        "Rien n’est perdu\u202f: attendez qu’elle finisse.",
    )
