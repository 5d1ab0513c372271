"""A name for the shipped data: the same for the same files, wherever they lie."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from advisor.config import data_folder, resources_folder
from advisor.reference.pack.file import read_pack_file

PREBUILT = "starter.pack"
NOT_IN_PACKS = {"README.md", "sources.yaml"}
LENGTH = 16


def prebuilt_starter() -> Path | None:
    """Return the starter pack made beforehand for the frozen program, None in a checkout."""
    path = resources_folder() / PREBUILT
    return path if path.is_file() else None


def shipped_data_hash() -> str:
    """Return the name of the data this product is shipped with."""
    prebuilt = prebuilt_starter()
    if prebuilt is not None:
        return read_pack_file(prebuilt).manifest.data_hash
    return data_hash(data_folder())


def data_hash(folder: Path) -> str:
    """Return a short hash over the names and contents of the files of a data folder."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name not in NOT_IN_PACKS)
    return _hash_of(folder, files)


def code_hash() -> str:
    """Return a short hash over the code that builds packs, so that a change rebuilds them."""
    rooms = Path(__file__).resolve().parents[2]
    files = [*(rooms / "reference").rglob("*.py"), *(rooms / "domain").rglob("*.py")]
    return _hash_of(rooms, files)


def _hash_of(root: Path, files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(files):
        name = path.relative_to(root).as_posix().encode()
        body = path.read_bytes()
        digest.update(b"%d %s %d " % (len(name), name, len(body)))
        digest.update(body)
    return digest.hexdigest()[:LENGTH]
