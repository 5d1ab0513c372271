"""The copies of a home after an erasure came from elsewhere: none may still hold the person."""

import sqlalchemy as sa

from advisor.domain.cases.synced import Life
from advisor.store import tables
from advisor.store.settings import Settings
from advisor.store.vault import Vault

FORGOTTEN_UP_TO = "copies_forgotten_up_to"  # the rank of the last erasure older copies lost
_synced = tables.synced_record
_NEWEST = sa.select(sa.func.max(_synced.c.seq)).where(_synced.c.life == Life.ERASED.value)


def forget_older_copies(vault: Vault) -> None:
    """Drop the copies made before the last erasure received, once; DiskFullError drops none.

    What could not be done, or was cut, is done the next time.
    """
    with vault.read() as look:
        newest = look.connection.execute(_NEWEST).scalar() or 0
        done = Settings(look.connection).get(FORGOTTEN_UP_TO, 0)
    if newest <= done:
        return
    vault.forget_copies()
    with vault.write() as work:
        work.settings.keep(FORGOTTEN_UP_TO, newest)
