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
        self._opened: list[sqlite3.Connection] = []
        self._lock = threading.Lock()

    def rows(self, statement: str, values: Sequence[object] = ()) -> list[Any]:
        """Return all rows of a SELECT."""
        try:
            return self._connection().execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise PackError(DAMAGED, REINSTALL) from error

    def one(self, statement: str, values: Sequence[object] = ()) -> Any:
        """Return the first row of a SELECT, None when there is none."""
        rows = self.rows(statement, values)
        return rows[0] if rows else None

    def close(self) -> None:
        """Close every connection; the object is not used afterwards."""
        with self._lock:
            for connection in self._opened:
                connection.close()
            self._opened.clear()
        self._local = threading.local()

    def __del__(self) -> None:
        self.close()

    def _connection(self) -> sqlite3.Connection:
        known: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if known is not None:
            return known
        address = f"{self.path.absolute().as_uri()}?mode=ro&immutable=1"
        fresh = sqlite3.connect(address, uri=True, check_same_thread=False)
        with self._lock:
            self._opened.append(fresh)
        self._local.connection = fresh
        return fresh
