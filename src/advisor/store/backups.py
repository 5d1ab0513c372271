"""Ciphered copies of the case database, each verified after it is written.

Seven are kept, and the last three of those made each hour, which never push out the others.

A copy is ``case-<instant>-<why>.db`` with its ``.keys`` beside it: losing the key file alone
must never lose the cases.
"""

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from advisor.config import Home
from advisor.errors import NotFoundError, VaultError
from advisor.store.cipher import connect, faults, opened, prove
from advisor.store.failures import disk_full, telling
from advisor.store.keys import read_key_file

KEPT = 7
HOURLY = "heure"
HOURLY_KEPT = 3
KEYS = ".keys"


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy: the ciphered file, when and why it was made, its size in bytes."""

    file: Path
    at: datetime
    why: str
    size: int


def key_path(home: Home) -> Path:
    """Return where the key file of a home lives."""
    return home.root / "case.keys"


def make_backup(home: Home, key: bytes | bytearray, at: datetime, why: str) -> Path:
    """Copy the database and its key file, verify the copy, drop the oldest.

    ``why`` is a short word kept in the name. DiskFullError or VaultError leave no partial copy.
    """
    home.create()
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%S%f")
    final = home.backups / f"case-{stamp}-{why}.db"
    fresh = final.with_suffix(".part")
    try:
        with telling():
            _copy(home.database, fresh, key)
            _verify(fresh, key)
            shutil.copyfile(key_path(home), final.with_suffix(KEYS))
            fresh.replace(final)
            _settle(home.backups)
    except BaseException:
        for partial in (fresh, final.with_suffix(KEYS)):
            partial.unlink(missing_ok=True)
        raise
    for old in _too_many(list_backups(home)):
        old.file.unlink(missing_ok=True)
        old.file.with_suffix(KEYS).unlink(missing_ok=True)
    return final


def _too_many(copies: list[Backup]) -> list[Backup]:
    hourly = [one for one in copies if one.why == HOURLY]
    others = [one for one in copies if one.why != HOURLY]
    return hourly[HOURLY_KEPT:] + others[KEPT:]


def list_backups(home: Home) -> list[Backup]:
    """Return the copies of a home, the newest first."""
    found = []
    for file in home.backups.glob("case-*.db"):
        parts = file.stem.split("-", 2)
        try:
            at = datetime.strptime(parts[1], "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)
        except (ValueError, IndexError):
            continue
        found.append(Backup(file, at, parts[-1], file.stat().st_size))
    return sorted(found, key=lambda one: one.file.name, reverse=True)


def copied_since_written(home: Home, why: str) -> bool:
    """Tell whether the newest copy is of that kind and of the database as it still is.

    So that a migration tried again and again never pushes the older copies out.
    """
    log = home.database.with_name(f"{home.database.name}-wal")
    written = [home.database, *([log] if log.exists() and log.stat().st_size else [])]
    newest = [one.file for one in list_backups(home)[:1] if one.why == why]
    return any(
        copy.stat().st_mtime_ns > max(one.stat().st_mtime_ns for one in written) for copy in newest
    )


def find_backup(home: Home, named: str | Path) -> Path:
    """Return a copy named by its path or by its name in ``backups/``; NotFoundError else."""
    for candidate in (Path(named).expanduser(), home.backups / Path(named).name):
        if candidate.is_file():
            return candidate.absolute()
    raise NotFoundError(
        f"La sauvegarde {named} est introuvable.",
        f"Les sauvegardes de ce poste sont dans {home.backups}.",
    )


def put_back(home: Home, backup: Path, key: bytes | bytearray) -> Path | None:
    """Put a verified copy in the place of the database; returns where the former is kept.

    The caller holds the home alone and has closed the engine. None when there was no former.
    """
    prove(backup, key)
    fresh = home.database.with_name("case.db.restoring")
    with telling():
        try:
            _copy(backup, fresh, key)
            _verify(fresh, key)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
        aside = home.backups / f"replaced-{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
        for file in home.root.glob("case.db*"):
            if file != fresh:
                aside.mkdir(exist_ok=True)
                file.replace(aside / file.name)
        fresh.replace(home.database)
        _settle(home.root)
    return aside if aside.exists() else None


def drop_backups(home: Home, but: Path) -> None:
    """Delete every copy and every replaced database but one: they hold what was erased."""
    for old in list_backups(home):
        if old.file != but:
            old.file.unlink(missing_ok=True)
            old.file.with_suffix(KEYS).unlink(missing_ok=True)
    for aside in home.backups.glob("replaced-*"):
        shutil.rmtree(aside)


def put_keys_back(home: Home, backup: Path) -> None:
    """Take the key file kept beside a copy when the home's own is missing or damaged."""
    kept = backup.with_suffix(KEYS)
    try:
        read_key_file(key_path(home))
    except VaultError:
        read_key_file(kept)
        shutil.copyfile(kept, key_path(home))
        key_path(home).chmod(0o600)


def _copy(source: Path, target: Path, key: bytes | bytearray) -> None:
    target.unlink(missing_ok=True)
    if shutil.disk_usage(target.parent).free < source.stat().st_size:
        raise disk_full()
    with opened(source, key) as origin:
        copy = connect(target, key)
        try:
            origin.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        finally:
            copy.close()
    target.chmod(0o600)
    with target.open("rb+") as stream:
        os.fsync(stream.fileno())


def _verify(copy: Path, key: bytes | bytearray) -> None:
    with opened(copy, key) as connection:
        found = faults(connection)
    if found:
        raise VaultError(
            "La copie de la base ne se relit pas correctement\u202f: elle n’est pas gardée.",
            "La base d’origine est intacte. Vérifiez le disque, puis recommencez.",
        )


def _settle(folder: Path) -> None:
    """Make the renaming itself durable where the system allows it."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
