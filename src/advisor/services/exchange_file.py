"""The file on a key: read with bounds, written whole or not at all, each failure a sentence.

Knows the disk, and nothing of what the bytes say.
"""

import errno
import os
import secrets
from pathlib import Path

from advisor.errors import AdvisorError, BadDataError, DiskFullError, NotFoundError, RefusedError
from advisor.store.failures import NO_ROOM
from advisor.sync.bundle import LARGEST_FILE, MAGIC, looks_like

GONE = {errno.ENODEV, errno.ENXIO, errno.EIO, errno.ENOTCONN, errno.ESTALE}
PART = ".part"


def read_file(file: Path) -> bytes:
    """Return the bytes of a file; NotFoundError, BadDataError or RefusedError say why not."""
    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotFoundError(
            f"Le fichier {file} est introuvable.", "Branchez la clé et vérifiez son nom."
        ) from error
    except (OSError, ValueError) as error:
        raise RefusedError(
            f"Le fichier {file} ne peut pas être lu.",
            "Vérifiez que la clé est branchée et que c’est bien un fichier, puis recommencez.",
        ) from error
    if len(data) > LARGEST_FILE:
        raise BadDataError(
            "Ce fichier est trop gros pour un fichier d’échange.",
            "Choisissez un fichier écrit par «\u202fadvisor sync export\u202f».",
        )
    return data


def check_place(file: Path) -> None:
    """Raise RefusedError when writing there would replace what is no exchange file."""
    try:
        if not file.parent.is_dir():
            raise NotFoundError(
                f"Le dossier {file.parent} est introuvable.", "Branchez la clé, puis recommencez."
            )
        if file.is_dir():
            raise RefusedError(f"{file} est un dossier.", "Donnez le nom d’un fichier.")
        if file.exists() and not file.is_file():
            raise RefusedError(f"{file} n’est pas un fichier.", "Donnez le nom d’un fichier.")
        if file.exists() and file.stat().st_size:
            with file.open("rb") as stream:
                if not looks_like(stream.read(len(MAGIC))):
                    raise RefusedError(
                        f"{file} existe et n’est pas un fichier d’échange\u202f: il est laissé "
                        "comme il est.",
                        "Choisissez un autre nom.",
                    )
    except (OSError, ValueError) as error:
        raise _told(error, file) from error


def write_file(file: Path, data: bytes) -> None:
    """Put the bytes in place whole, on the disk itself; a former exchange file is replaced."""
    check_place(file)
    fresh = file.with_name(f".{secrets.token_hex(8)}{PART}")  # nobody's name: replaces nothing
    try:
        with fresh.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(file)
        _settle(file.parent)
    except OSError as error:
        _discard(fresh)
        raise _told(error, file) from error


def _discard(fresh: Path) -> None:
    try:
        fresh.unlink(missing_ok=True)
    except OSError:
        return  # the key has gone: nothing more can be done there


def _told(error: Exception, file: Path) -> AdvisorError:
    number = getattr(error, "errno", None)
    if number in NO_ROOM:
        return DiskFullError(
            "Il n’y a plus de place pour écrire ce fichier.",
            "Rien n’est perdu\u202f: libérez de la place ou prenez une autre clé.",
        )
    if number in GONE or not file.parent.exists():
        return RefusedError(
            "La clé ou le disque n’est plus là\u202f: le fichier n’a pas été écrit.",
            "Rien n’est perdu\u202f: rebranchez-la, puis recommencez.",
        )
    return RefusedError(
        f"Le fichier {file} ne peut pas être écrit.",
        "Vérifiez que ce dossier vous appartient et n’est pas protégé\u202f; rien n’est perdu.",
    )


def _settle(folder: Path) -> None:
    """Make the renaming itself durable where the system allows it."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(handle)
