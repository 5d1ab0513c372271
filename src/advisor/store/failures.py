"""Turns what the disk and the database engine say into our small tree of failures."""

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlcipher3 import dbapi2

from advisor.errors import DiskFullError, VaultError

FULL = "database or disk is full"
IO = "disk i/o error"
BUSY = ("database is locked", "database table is locked")
READ_ONLY = ("readonly database", "unable to open database file")
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def disk_full() -> DiskFullError:
    """Return the failure of a full disk, with what to do."""
    return DiskFullError(
        "Le disque est plein\u202f: la dernière saisie n’est pas encore enregistrée.",
        "Elle reste à l’écran. Libérez de la place, puis reprenez\u202f; tout le reste est intact.",
    )


def damaged() -> VaultError:
    """Return the failure of a database that its cipher or its structure contradicts."""
    return VaultError(
        "La base est abîmée ou ne correspond pas à son fichier de clés.",
        "Rien n’a été effacé. Restaurez la dernière sauvegarde\u202f: "
        "«\u202fadvisor vault restore FICHIER\u202f».",
    )


def not_migrated() -> VaultError:
    """Return the failure of a database that could not be brought to this version's shape."""
    return VaultError(
        "La base n’a pas pu être mise à la forme de cette version\u202f: elle reste telle quelle.",
        "Mettez à l’abri ce qui n’est pas envoyé («\u202fadvisor sync rescue FICHIER\u202f»), puis "
        "restaurez une sauvegarde plus ancienne\u202f: "
        "«\u202fadvisor vault restore FICHIER\u202f».",
    )


def told(error: BaseException) -> Exception | None:
    """Return our failure for an engine or system error, None when it is something else."""
    if isinstance(error, OSError):
        return disk_full() if error.errno in NO_ROOM else _unwritable()
    text = str(getattr(error, "orig", None) or error).lower()
    if FULL in text or IO in text:
        return disk_full()
    if any(words in text for words in BUSY):
        return VaultError(
            "Une autre fenêtre ou une autre commande écrit dans cette base.",
            "Attendez qu’elle ait fini, puis recommencez\u202f; rien n’a été changé.",
        )
    if any(words in text for words in READ_ONLY):
        return _unwritable()
    if "file is not a database" in text or "malformed" in text:
        return damaged()
    return None


def _unwritable() -> VaultError:
    return VaultError(
        "Le dossier de l’application ne peut pas être lu ou écrit.",
        "Vérifiez que le disque est branché et que le dossier vous appartient.",
    )


@contextmanager
def telling(otherwise: Callable[[], VaultError] | None = None) -> Iterator[None]:
    """Raise our own failures in place of the engine's inside the block.

    ``otherwise`` gives the failure of what the engine says and nobody foresaw.
    """
    try:
        yield
    except (sa.exc.DBAPIError, dbapi2.Error, OSError) as error:
        failure = told(error) or (otherwise() if otherwise else None)
        if failure is None:
            raise
        raise failure from error
