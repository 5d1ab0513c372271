"""Read-only access to a pack's database: one connection for each thread that asks."""

import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from advisor.errors import PackError

DAMAGED = "Le paquet de référence est illisible ou abîmé."
REINSTALL = "Réinstallez-le avec « advisor reference install FICHIER »."


class PackDatabase:
    """Opens ``path`` without ever writing to it; raises PackError when it cannot be read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._opened: list[_Reader] = []
        self._lock = threading.Lock()

    def rows(self, statement: str, values: Sequence[object] = ()) -> list[Any]:
        """Return all rows of a SELECT."""
        try:
            return self._reader().rows(statement, values)
        except sqlite3.Error as error:
            raise PackError(DAMAGED, REINSTALL) from error

    def one(self, statement: str, values: Sequence[object] = ()) -> Any:
        """Return the first row of a SELECT, None when there is none."""
        rows = self.rows(statement, values)
        return rows[0] if rows else None

    def close(self) -> None:
        """Close every connection, each once what it reads is read; not used afterwards."""
        with self._lock:
            for reader in self._opened:
                reader.close()
            self._opened.clear()
        self._local = threading.local()

    def __del__(self) -> None:
        self.close()

    def _reader(self) -> "_Reader":
        known: _Reader | None = getattr(self._local, "reader", None)
        if known is not None:
            return known
        fresh = _Reader(f"{self.path.absolute().as_uri()}?mode=ro&immutable=1")
        with self._lock:
            self._opened.append(fresh)
        self._local.reader = fresh
        return fresh


class _Reader:
    """The connection of one thread. Another may close it, but never while it reads."""

    def __init__(self, address: str) -> None:
        self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        self._reading = threading.Lock()

    def rows(self, statement: str, values: Sequence[object]) -> list[Any]:
        with self._reading:
            return self._connection.execute(statement, values).fetchall()

    def close(self) -> None:
        with self._reading:
            self._connection.close()
