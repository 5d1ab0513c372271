"""The encrypted database, as the support desk sees it: check, copy, put back, change keys."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from advisor.domain.cases.changes import Changes
from advisor.services.desk import Desk
from advisor.store.backups import HOURLY, Backup, key_path, list_backups
from advisor.store.cipher import faults, opened, prove
from advisor.store.failures import telling
from advisor.store.keys import read_key_file

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class VaultStatus:
    """What a check found; ``faults`` is empty when sound, else nothing is counted."""

    cipher: str
    schema_version: str
    size: int
    keyring: bool
    argon2id: Mapping[str, int]
    backups: int
    last_backup: datetime | None
    records: Mapping[str, int]
    faults: tuple[str, ...]


class VaultService:
    """Looks after the open database."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def check(self) -> VaultStatus:
        """Prove again that the file is ciphered, and read every page of it."""
        vault = self._desk.vault
        with telling():
            prove(vault.home.database, vault.raw_key())
            with opened(vault.home.database, vault.raw_key()) as connection:
                cipher = str(connection.execute("PRAGMA cipher_version").fetchone()[0])
                found = tuple(faults(connection))
        file = read_key_file(key_path(vault.home))
        cost = file.passphrase.cost
        backups = self.backups()
        counts: dict[str, int] = {}
        if not found:
            with self._desk.for_upkeep().read() as look:
                counts = look.counts()
        return VaultStatus(
            cipher=cipher,
            schema_version=vault.schema_version,
            size=vault.home.database.stat().st_size,
            keyring=file.keyring,
            argon2id={
                "memory_kib": cost.memory_kib,
                "passes": cost.passes,
                "lanes": cost.lanes,
            }
            if cost
            else {},
            backups=len(backups),
            last_backup=backups[0].at if backups else None,
            records=counts,
            faults=found,
        )

    def backup(self) -> Path:
        """Write a verified ciphered copy and return where it is."""
        return self._desk.vault.backup()

    def backup_hourly(self) -> Path | None:
        """Write a copy when the newest is an hour old; None when none is due."""
        newest = next(iter(self.backups()), None)
        now = self._desk.vault.around.now()
        if newest is not None and abs(now - newest.at) < HOUR:
            return None
        return self._desk.vault.backup(HOURLY)

    def erase(self, person: str) -> Changes:
        """Erase a person everywhere on this device, older copies included; NotFoundError else."""
        with self._desk.write() as work:
            work.erase_person(person)
        self._desk.vault.forget_copies()
        return work.changes

    def backups(self) -> list[Backup]:
        """Return the copies kept, the newest first."""
        return list_backups(self._desk.vault.home)

    def change_passphrase(self, old: str, new: str) -> None:
        """Replace the passphrase; WrongKeyError when ``old`` is not the present one."""
        self._desk.vault.change_passphrase(old, new)

    def choose_passphrase(self, new: str) -> None:
        """Give a new passphrase to the open database, after the recovery key opened it."""
        self._desk.vault.choose_passphrase(new)

    def new_recovery_key(self) -> str:
        """Replace the recovery key and return it, to be shown once."""
        return self._desk.vault.new_recovery_key()

    def remember(self) -> bool:
        """Let the system keyring open this database too; False when none is trusted."""
        return self._desk.vault.remember()

    def forget(self) -> None:
        """Take the key out of the system keyring."""
        self._desk.vault.forget()
