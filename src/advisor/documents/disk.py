"""A document reaches the disk whole or not at all.

Knows files; nothing of what they hold.
"""

import errno
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from advisor.errors import DiskFullError, RefusedError

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def write_whole(out: Path, content: bytes) -> None:
    """Write beside ``out`` then replace it, so that a half-written document is never seen.

    DiskFullError when there is no room, RefusedError when the folder cannot be written.
    """
    with staged({out: content}):
        pass


@contextmanager
def staged(contents: Mapping[Path, bytes]) -> Iterator[None]:
    """Write every document aside, let the caller work, then put them all in place.

    When writing aside or the caller fails, no document appears at all. Raises as ``write_whole``.
    """
    parts: dict[Path, Path] = {}
    try:
        for out, content in contents.items():
            parts[out] = _write_aside(out, content)
        yield
        for out, part in parts.items():
            _put(part, out)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


def _write_aside(out: Path, content: bytes) -> Path:
    part: Path | None = None
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.", suffix=".part")
        part = Path(name)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        if part is not None:
            part.unlink(missing_ok=True)
        raise _told(out, error) from error
    return part


def _put(part: Path, out: Path) -> None:
    try:
        part.replace(out)
    except OSError as error:
        raise _told(out, error) from error


def _told(out: Path, error: OSError) -> DiskFullError | RefusedError:
    if error.errno in NO_ROOM:
        return DiskFullError(
            f"Le disque est plein\u202f: « {out.name} » n’est pas écrit\u202f; ce qui a été"
            " saisi est gardé.",
            "Faites de la place ou choisissez un autre dossier, puis imprimez de nouveau.",
        )
    return RefusedError(
        f"« {out.name} » n’a pas pu être écrit dans ce dossier.",
        "Fermez le document s’il est ouvert ailleurs, ou choisissez un autre dossier.",
    )
