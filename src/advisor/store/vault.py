"""Opens, creates and closes the encrypted case database of a home.

``open_vault`` is the only way in: it finds the key behind one of the doors, proves that the file
is ciphered, migrates it after a verified copy, and hands out units of work.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa

from advisor.config import Home
from advisor.domain.cases.people import Adviser
from advisor.errors import VaultError
from advisor.store import attempts, keyring_door, migrating, tables
from advisor.store.backups import (
    copied_since_written,
    drop_backups,
    key_path,
    list_backups,
    make_backup,
)
from advisor.store.cipher import prove
from advisor.store.doors import find_key, make_keys
from advisor.store.engine import make_engine
from advisor.store.failures import not_migrated, telling
from advisor.store.identifiers import instant_text, new_id
from advisor.store.keys import (
    read_key_file,
    unwrap_with_passphrase,
    wipe,
    with_passphrase,
    wrap_for_recovery,
    write_key_file,
)
from advisor.store.recovery_key import new_recovery_key
from advisor.store.settings import Settings
from advisor.store.surroundings import Surroundings
from advisor.store.synced import Synced
from advisor.store.unit_of_work import Reading, Signature, UnitOfWork

__all__ = ["Surroundings", "Vault", "exists", "open_vault", "seconds_to_wait"]

UNNAMED = Adviser("Conseiller non nommé", "")


class Vault:
    """An open case database. ``recovery_key`` is set once, when the database was just made."""

    def __init__(
        self, home: Home, key: bytearray, around: Surroundings, recovery_key: str | None = None
    ) -> None:
        self.home = home
        self.recovery_key = recovery_key
        self.around = around
        self.schema_version = migrating.head(around.migrations)
        self._key = key
        self.engine = make_engine(home.database, key)

    @contextmanager
    def write(self, pack_version: str = "") -> Iterator[UnitOfWork]:
        """Give a unit of work: all of it is on disk when the block ends, or none of it.

        Signed by whoever signs on this home at that moment.
        """
        with telling(), self._connected() as connection, connection.begin():
            adviser = Settings(connection).adviser() or UNNAMED
            at = instant_text(self.around.now())
            signature = Signature(adviser, at, self.schema_version, pack_version)
            yield UnitOfWork(connection, signature)

    @contextmanager
    def read(self) -> Iterator[Reading]:
        """Give a consistent look; the block may keep it while others write."""
        with telling(), self._connected(reading=True) as connection, connection.begin():
            yield Reading(connection)

    @contextmanager
    def receive(self) -> Iterator[Synced]:
        """Give what sync writes with: all of it is on disk when the block ends, or none of it.

        References are not checked: a page may bring an interview before its permanence.
        """
        with telling(), self._connected() as connection:
            raw = connection.connection.dbapi_connection
            assert raw is not None, "a connection from the pool is open"  # noqa: S101
            raw.cursor().execute("PRAGMA foreign_keys=OFF")
            try:
                with connection.begin():
                    yield Synced(connection)
            finally:
                raw.cursor().execute("PRAGMA foreign_keys=ON")

    def backup(self, why: str = "demande") -> Path:
        """Write a verified copy in ``backups/`` and return it."""
        return make_backup(self.home, self._key, self.around.now(), why)

    def forget_copies(self) -> None:
        """After an erasure: empty the log, keep one fresh copy and delete the older ones."""
        with telling(), self._connected(reading=True) as connection:
            raw = connection.connection.dbapi_connection
            assert raw is not None, "a connection from the pool is open"  # noqa: S101
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        drop_backups(self.home, but=self.backup("effacement"))

    def change_passphrase(self, old: str, new: str) -> None:
        """Replace the passphrase; WrongKeyError when ``old`` is not the present one."""
        file = read_key_file(key_path(self.home))
        wipe(unwrap_with_passphrase(file, old))
        self.choose_passphrase(new)

    def choose_passphrase(self, new: str) -> None:
        """Give a new passphrase to a database already open (after the recovery key)."""
        path = key_path(self.home)
        write_key_file(path, with_passphrase(read_key_file(path), self._key, new, self.around.cost))

    def new_recovery_key(self) -> str:
        """Replace the recovery key and return it, to be shown once; the former opens no more."""
        path = key_path(self.home)
        file, shown = read_key_file(path), new_recovery_key()
        write_key_file(
            path, replace(file, recovery=wrap_for_recovery(self._key, shown, file.vault_id))
        )
        return shown

    def remember(self) -> bool:
        """Let the system keyring open this database too; False when none is trusted."""
        return self._keep_in_keyring(kept=True)

    def forget(self) -> None:
        """Take the key out of the system keyring."""
        self._keep_in_keyring(kept=False)

    def close(self) -> None:
        """Close every connection and wipe the key, best effort."""
        self.engine.dispose()
        wipe(self._key)

    def raw_key(self) -> bytes:
        """Return the data key, for checks and copies inside the store only."""
        return bytes(self._key)

    def _keep_in_keyring(self, *, kept: bool) -> bool:
        path = key_path(self.home)
        file = read_key_file(path)
        if kept:
            kept = keyring_door.remember(file.vault_id, self._key, self.around.keyrings)
        else:
            keyring_door.forget(file.vault_id, self.around.keyrings)
        write_key_file(path, replace(file, keyring=kept))
        return kept

    @contextmanager
    def _connected(self, *, reading: bool = False) -> Iterator[sa.Connection]:
        if not any(self._key):
            raise VaultError("La base est verrouillée.", "Saisissez la phrase secrète.")
        with self.engine.connect().execution_options(reading=reading) as connection:
            yield connection


def exists(home: Home) -> bool:
    """Tell whether a home has a case database, or what is left of one."""
    return home.database.exists() or key_path(home).exists()


def seconds_to_wait(home: Home, around: Surroundings | None = None) -> float:
    """Return the seconds before the next passphrase is tried; 0 for a new home."""
    if not key_path(home).exists():
        return 0.0
    seconds = (around or Surroundings()).seconds()
    return attempts.seconds_to_wait(read_key_file(key_path(home)), seconds)


def open_vault(
    home: Home,
    passphrase: str | None = None,
    *,
    recovery_key: str | None = None,
    keyring: bool = True,
    around: Surroundings | None = None,
) -> Vault:
    """Open the case database of ``home``, made on first use with ``passphrase``.

    Doors in order: recovery key, passphrase, keyring. Raises WrongKeyError, LockedOutError,
    NewerDatabaseError, DiskFullError, or VaultError when damaged or when no door was given.
    """
    around = around or Surroundings()
    with telling():
        home.create()
        if not exists(home):
            key, shown = make_keys(home, passphrase, around)
        else:
            key, shown = find_key(home, passphrase, recovery_key, around, keyring=keyring), None
        try:
            ready(home, key, around)
        except BaseException:
            wipe(key)
            raise
    return Vault(home, key, around, shown)


def ready(home: Home, key: bytearray, around: Surroundings) -> None:
    """Create or prove the file, then migrate it after a verified copy."""
    file = read_key_file(key_path(home))
    fresh = not home.database.exists() or home.database.stat().st_size == 0
    if fresh and (file.born or list_backups(home)):
        raise VaultError(
            "La base de ce dossier a disparu, son fichier de clés est resté.",
            "Restaurez une sauvegarde\u202f: «\u202fadvisor vault restore FICHIER\u202f».",
        )
    if not fresh:
        prove(home.database, key)
    engine = make_engine(home.database, key)
    try:
        _migrate(home, engine, key, around)
    finally:
        engine.dispose()
    if fresh:
        home.database.chmod(0o600)
        prove(home.database, key)
    if not file.born:
        write_key_file(key_path(home), replace(read_key_file(key_path(home)), born=True))


def _migrate(home: Home, engine: sa.Engine, key: bytearray, around: Surroundings) -> None:
    with engine.connect().execution_options(reading=True) as connection:
        found = migrating.revision(connection)
    folder = around.migrations
    migrating.refuse_newer(found, folder)
    if found == migrating.head(folder):
        return
    why = f"avant-{migrating.head(folder)}"
    if found is not None and not copied_since_written(home, why):
        make_backup(home, key, around.now(), why)
    with telling(not_migrated), engine.begin() as connection:
        if migrating.revision(connection) == found:
            migrating.upgrade(connection, folder)
            _enrol_device(connection)


def _enrol_device(connection: sa.Connection) -> None:
    """Give this home its place in the journal, once."""
    if connection.execute(sa.select(tables.device.c.id)).first() is None:
        row = {"id": new_id(), "incarnation": secrets.token_hex(8), "local_seq": 0}
        connection.execute(tables.device.insert().values(**row))
