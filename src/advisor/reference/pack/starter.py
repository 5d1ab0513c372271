"""The starter pack: what is shipped in ``data/``, so that the product runs with nothing else.

It is put at first use into the home's reference folder, named by the hash of the data. In the
frozen program it was built beforehand and is only unpacked; a checkout builds it once for all its
homes in ``build/``, when it may write there.
"""

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from advisor.config import Home, data_folder, product_root
from advisor.errors import PackError
from advisor.reference.pack.assembly import Identity, write_file, write_folder
from advisor.reference.pack.data_hash import code_hash, data_hash, prebuilt_starter
from advisor.reference.pack.file import (
    DATABASE,
    MANIFEST,
    file_hash,
    read_pack_file,
    unpack_database,
)
from advisor.reference.pack.manifest import manifest_from
from advisor.reference.pack.writer import PackContent

KEPT = 2


def starter_folder(home: Home) -> Path:
    """Return the folder of this product's starter pack, built now if absent or damaged."""
    prebuilt = prebuilt_starter()
    if prebuilt is not None:
        named = f"starter-{read_pack_file(prebuilt).manifest.version}"
    else:
        named = f"starter-{data_hash(data_folder())}-{code_hash()}"
    folder = home.reference / named
    if not _is_whole(folder):
        try:
            shutil.rmtree(folder, ignore_errors=True)
            _build_beside(home, folder, prebuilt or _made_once(named))
        except OSError as error:
            raise PackError(
                "Le paquet de départ n’a pas pu être écrit sur le disque.",
                "Libérez de la place, vérifiez les droits du dossier, puis recommencez.",
            ) from error
        _remove_older(home, folder)
    return folder


def _is_whole(folder: Path) -> bool:
    """Tell whether the folder holds the pack as it was made; a power cut may have cut it short."""
    try:
        manifest = manifest_from((folder / MANIFEST).read_bytes())
        return file_hash(folder / DATABASE) == manifest.members.get(DATABASE)
    except (OSError, PackError):
        return False


def write_starter_file(out: Path) -> None:
    """Write the starter pack as one unsigned file, for the frozen program's resources."""
    content, identity = _shipped()
    write_file(content, identity, out, private_key=None)


def _shipped() -> tuple[PackContent, Identity]:
    from advisor.reference.files.starter_files import starter_content  # noqa: PLC0415 - reads YAML

    return starter_content(data_folder())


def _made_once(named: str) -> Path | None:
    """Return the starter file of a checkout, made once for all its homes; None if not writable."""
    shelf = product_root() / "build" / "starter"
    file = shelf / f"{named}.pack"
    with suppress(OSError):
        if not file.is_file():
            write_starter_file(file)
            others = sorted(shelf.glob("*.pack"), key=lambda path: path.stat().st_mtime)
            for old in others[:-KEPT]:
                old.unlink(missing_ok=True)
        return file
    return None


def _build_beside(home: Home, folder: Path, prebuilt: Path | None) -> None:
    beside = Path(tempfile.mkdtemp(prefix="new-starter-", dir=home.reference))
    try:
        if prebuilt is not None:
            pack = read_pack_file(prebuilt)
            unpack_database(pack, beside / DATABASE)
            (beside / MANIFEST).write_bytes(pack.manifest_bytes)
        else:
            content, identity = _shipped()
            write_folder(content, identity, beside)
        _put_in_place(beside, folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _put_in_place(beside: Path, folder: Path) -> None:
    try:
        beside.rename(folder)
    except OSError:
        if not (folder / MANIFEST).is_file():
            raise


def _remove_older(home: Home, current: Path) -> None:
    others = [path for path in home.reference.glob("starter-*") if path != current]
    others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in others[KEPT:]:
        shutil.rmtree(path, ignore_errors=True)
