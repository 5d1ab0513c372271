"""Which pack this home works with: the one installed, else the starter pack; and how to change it.

An installation is unpacked, opened and questioned beside the current pack before ``current.json``
names it, in one rename. Packs come from this home or from a trusted publisher only.
"""

import json
import shutil
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from advisor.config import Home
from advisor.domain.pack import PackInfo
from advisor.errors import AdvisorError, PackError
from advisor.reference.pack import signing
from advisor.reference.pack.data_hash import shipped_data_hash
from advisor.reference.pack.file import (
    DATABASE,
    MANIFEST,
    SIGNATURE,
    PackFile,
    file_hash,
    read_pack_file,
    unpack_database,
)
from advisor.reference.pack.manifest import manifest_from
from advisor.reference.pack.reader import Pack
from advisor.reference.pack.safe_write import flush_file, flush_folder, write_atomically
from advisor.reference.pack.starter import starter_folder

CURRENT = "current.json"
PRODUCT = "advisor"
UNSIGNED = "non signé"
NOT_WRITTEN = "Le paquet n’a pas pu être écrit sur le disque ; l’ancien reste utilisé."
FREE_SPACE = "Libérez de la place, vérifiez les droits du dossier, puis recommencez."


def current_pack(home: Home) -> Pack:
    """Return the pack to work with, opened; the starter pack when nothing else is installed.

    An installed pack that cannot be opened is said in ``info.warning`` and the starter is used.
    """
    _create(home)
    try:
        folder = _current_folder(home)
        return _open(home, folder) if folder else _open_starter(home)
    except AdvisorError as error:
        pack = _open_starter(home)
        pack.info = replace(
            pack.info,
            warning="Le paquet installé ne s’ouvre pas ; le paquet de départ est utilisé. "
            f"{error.message} Réinstallez-le avec « advisor reference install FICHIER ».",
        )
        return pack


def verify(file: Path, home: Home) -> PackInfo:
    """Check a pack file's shape, signature and hashes without installing it; raises PackError."""
    pack = read_pack_file(file)
    try:
        with tempfile.TemporaryDirectory() as temporary:
            unpack_database(pack, Path(temporary) / DATABASE)
    except OSError as error:
        raise PackError("Il n’y a pas la place de vérifier ce paquet.", FREE_SPACE) from error
    trusted = pack.public_key is not None and signing.is_trusted(home, pack.public_key)
    warning = "" if trusted else _distrust(pack).message
    return pack.manifest.info(file.parent, _signer(home, pack), warning)


def install(home: Home, file: Path) -> PackInfo:
    """Install a pack file; raises PackError and keeps the current pack when anything is wrong."""
    _create(home)
    pack = read_pack_file(file)
    if pack.public_key is None or not signing.is_trusted(home, pack.public_key):
        raise _distrust(pack)
    name = f"{pack.manifest.id}-{pack.manifest.version}"
    target = home.reference / name
    previous: Path | None = None
    try:
        fresh = _unpack_beside(home, pack, target)
        with suppress(PackError):
            previous = _current_folder(home)
        write_atomically(home.reference / CURRENT, json.dumps({"folder": name}).encode())
    except OSError as error:
        raise PackError(NOT_WRITTEN, FREE_SPACE) from error
    _remove_older(home, keep={target, previous})
    return fresh


def trust(home: Home, public_key: str | Path) -> str:
    """Accept the packs of a publisher from now on; returns the key's fingerprint."""
    key = signing.read_public_key(public_key)
    signing.add_trusted_key(home, key)
    return signing.fingerprint(key)


def info(home: Home) -> PackInfo:
    """Return the identity card of the pack in use."""
    pack = current_pack(home)
    pack.close()
    return pack.info


def installed(home: Home) -> list[PackInfo]:
    """Return the packs unpacked in this home, the one in use first."""
    current = _current_folder(home)
    folders = sorted(
        path.parent for path in home.reference.glob(f"*/{MANIFEST}") if path.parent != current
    )
    return [_info_of(home, one) for one in [*([current] if current else []), *folders]]


def _create(home: Home) -> None:
    try:
        home.create()
    except OSError as error:
        raise PackError(
            f"Le dossier {home.root} ne peut pas être créé.",
            "Vérifiez les droits, ou choisissez un autre dossier avec --home.",
        ) from error


def _open_starter(home: Home) -> Pack:
    folder = starter_folder(home)
    manifest = manifest_from((folder / MANIFEST).read_bytes())
    return Pack(folder, manifest.info(folder, PRODUCT))


def _open(home: Home, folder: Path) -> Pack:
    pack = Pack(folder, _info_of(home, folder))
    pack.check()
    return pack


def _info_of(home: Home, folder: Path) -> PackInfo:
    try:
        content = (folder / MANIFEST).read_bytes()
    except OSError:
        raise PackError("Le paquet installé a perdu sa fiche d’identité.") from None
    manifest = manifest_from(content)
    signature = folder / SIGNATURE
    if not signature.exists():
        return manifest.info(folder, PRODUCT)
    signer = signing.signer_of(content, signature.read_bytes())
    warning = ""
    if manifest.data_hash != shipped_data_hash():
        warning = (
            "Ce paquet a été construit avec d’autres fiches d’aides et de zonages que celles de"
            " cette version de l’application : reconstruisez-le ou demandez-en un plus récent."
        )
    return manifest.info(folder, signing.name_of(home, signer), warning)


def _unpack_beside(home: Home, pack: PackFile, target: Path) -> PackInfo:
    beside = Path(tempfile.mkdtemp(prefix="install-", dir=home.reference))
    try:
        unpack_database(pack, beside / DATABASE)
        (beside / MANIFEST).write_bytes(pack.manifest_bytes)
        (beside / SIGNATURE).write_bytes(pack.signature)
        for name in (DATABASE, MANIFEST, SIGNATURE):
            flush_file(beside / name)
        opened = _open(home, beside)
        opened.close()
        if not _holds(target, pack):
            shutil.rmtree(target, ignore_errors=True)
            beside.rename(target)
            flush_folder(home.reference)
        return replace(opened.info, folder=target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _holds(target: Path, pack: PackFile) -> bool:
    """Tell whether a folder already holds this very pack, undamaged."""
    try:
        return (target / MANIFEST).read_bytes() == pack.manifest_bytes and file_hash(
            target / DATABASE
        ) == pack.manifest.members[DATABASE]
    except OSError:
        return False


def _current_folder(home: Home) -> Path | None:
    path = home.reference / CURRENT
    if not path.exists():
        return None
    try:
        return home.reference / Path(json.loads(path.read_text(encoding="utf-8"))["folder"]).name
    except (OSError, ValueError, KeyError, TypeError):
        raise PackError("L’indication du paquet installé est illisible.") from None


def _remove_older(home: Home, keep: set[Path | None]) -> None:
    for manifest in home.reference.glob(f"*/{SIGNATURE}"):
        if manifest.parent not in keep:
            shutil.rmtree(manifest.parent, ignore_errors=True)


def _signer(home: Home, pack: PackFile) -> str:
    return UNSIGNED if pack.public_key is None else signing.name_of(home, pack.public_key)


def _distrust(pack: PackFile) -> PackError:
    if pack.public_key is None:
        return PackError("Ce paquet n’est pas signé.", "Demandez un paquet signé à son éditeur.")
    return PackError(
        "Ce paquet est signé par un éditeur inconnu de ce poste"
        f" (empreinte {signing.fingerprint(pack.public_key)}).",
        "Si vous connaissez cet éditeur, acceptez sa clé avec « advisor reference trust CLÉ ».",
    )
