"""Writing a file so that a cut or a full disk leaves either the old one or the new one."""

import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

CHUNK = 1 << 20


def write_atomically(path: Path, content: bytes) -> None:
    """Replace ``path`` by ``content``, flushed to disk; OSError leaves the old file whole."""
    _replace(path, lambda file: file.write(content))


def copy_atomically(path: Path, source: Path) -> None:
    """Replace ``path`` by a copy of ``source``, however large; as :func:`write_atomically`."""
    with source.open("rb") as held:
        _replace(path, lambda file: shutil.copyfileobj(held, file, CHUNK))


def _replace(path: Path, write: Callable[[BinaryIO], object]) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError:
        with suppress(OSError):
            Path(name).unlink()
        raise
    flush_folder(path.parent)


def flush_file(path: Path) -> None:
    """Make sure that what was written in ``path`` is on disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Make sure that a rename inside ``folder`` is on disk, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
