"""Puts a copy of the database back in its place."""

import secrets
from pathlib import Path

from advisor.config import Home
from advisor.store import tables
from advisor.store.backups import find_backup, put_back, put_keys_back
from advisor.store.doors import find_key
from advisor.store.engine import make_engine
from advisor.store.failures import telling
from advisor.store.instance import WindowLock
from advisor.store.keys import wipe
from advisor.store.surroundings import Surroundings
from advisor.store.vault import ready


def restore_vault(
    home: Home,
    named: str | Path,
    passphrase: str | None = None,
    *,
    recovery_key: str | None = None,
    around: Surroundings | None = None,
) -> Path | None:
    """Put a copy back in the place of the database; returns where the former one is kept.

    The window must be closed (AlreadyOpenError). The device takes a new incarnation, so that
    what it writes from now on is never taken for what it wrote after that copy.
    """
    around = around or Surroundings()
    with WindowLock(home), telling():
        backup = find_backup(home, named)
        put_keys_back(home, backup)
        key = find_key(home, passphrase, recovery_key, around, keyring=True)
        try:
            aside = put_back(home, backup, key)
            ready(home, key, around)
            engine = make_engine(home.database, key)
            with engine.begin() as connection:
                fresh = {"incarnation": secrets.token_hex(8), "local_seq": 0}
                connection.execute(tables.device.update().values(**fresh))
            engine.dispose()
        finally:
            wipe(key)
    return aside
