"""Where the simulation plays: five ciphered homes and a central store, made once, played again.

What is dear is done once for a process: migrations, and the statements each database prepares.
A world begins with fresh copies of the files; a restart closes every connection of one side.
"""

import shutil
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from advisor.config import Home
from advisor.domain.cases.people import Adviser
from advisor.store import tables
from advisor.store.keys import FLOOR
from advisor.store.surroundings import Surroundings
from advisor.store.vault import Vault, open_vault
from advisor.sync.server import tables as central_tables
from advisor.sync.server.database import Central

DEVICES = ("d0", "d1", "d2", "d3", "d4")
OLD_SCHEMA = {"d4": "0001"}


class CrashError(Exception):
    """The power went in the middle of a statement."""


class Fuse:
    """Counts the statements and commits of an engine; blows when it reaches what it was set to."""

    def __init__(self, engine: sa.Engine) -> None:
        self.left = 0
        sa.event.listen(engine, "before_cursor_execute", self._count)
        sa.event.listen(engine, "commit", self._count)

    def _count(self, *_: Any) -> None:
        if self.left:
            self.left -= 1
            if self.left == 0:
                raise CrashError("coupure")


class Seat:
    """The home of one device, its open vault, and the empty database it begins with."""

    def __init__(self, folder: Path, device: str, empty: Path, key: bytes) -> None:
        self.device = device
        self.home = Home(folder / device).create()
        self.empty = folder / f"{device}.db"
        shutil.copyfile(empty, self.home.database)
        self.vault = Vault(self.home, bytearray(key), Surroundings(cost=FLOOR))
        self.schema_version = OLD_SCHEMA.get(device, self.vault.schema_version)
        with self.vault.write() as work:
            named = {"id": device, "incarnation": f"{device}i", "local_seq": 0}
            work.connection.execute(tables.device.update().values(**named))
            work.settings.keep_adviser(Adviser(f"Conseiller {device}", "URPS"))
        self.vault.engine.dispose()
        shutil.copyfile(self.home.database, self.empty)
        self.fuse = Fuse(self.vault.engine)

    def put(self, database: Path) -> None:
        """Replace what is on the disk."""
        self.vault.engine.dispose()
        for ending in ("-wal", "-shm"):
            Path(f"{self.home.database}{ending}").unlink(missing_ok=True)
        shutil.copyfile(database, self.home.database)


class Stage:
    """Five homes and a central store, on SQLite in ``folder`` or on the PostgreSQL given."""

    def __init__(self, folder: Path, postgres: Central | None = None) -> None:
        self.folder = folder
        made = open_vault(
            Home(folder / "template"), "quatre mots sans lien", around=Surroundings(cost=FLOOR)
        )
        key = made.raw_key()
        made.close()
        self.seats = [Seat(folder, one, made.home.database, key) for one in DEVICES]
        self._file = folder / "central.db"
        self._empty = folder / "central-empty.db"
        self._postgres = postgres
        self.central = postgres or Central(f"sqlite:///{self._file}")
        if postgres is None:
            self.central.migrate()
            self.central.close()
            shutil.copyfile(self._file, self._empty)
        self.fuse = Fuse(self.central.engine)

    def clear(self) -> None:
        """Put every database back as it was when new."""
        for seat in self.seats:
            seat.put(seat.empty)
            seat.fuse.left = 0
            seat.vault.schema_version = seat.schema_version
        self.fuse.left = 0
        if self._postgres is None:
            self.central.close()
            for ending in ("-wal", "-shm"):
                Path(f"{self._file}{ending}").unlink(missing_ok=True)
            shutil.copyfile(self._empty, self._file)
        else:
            self._clear_postgres()

    def close(self) -> None:
        """Close every connection."""
        for seat in self.seats:
            seat.vault.close()
        self.central.close()

    def _clear_postgres(self) -> None:
        of = central_tables
        with self.central.engine.begin() as connection:
            for table in (of.receipt, of.record, of.incarnation, of.device, of.organisation):
                connection.execute(table.delete())
            connection.execute(of.rank.update().values(last=0, floor=0))
