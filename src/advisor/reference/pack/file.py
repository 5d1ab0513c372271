"""The pack as one file: a deterministic archive of its manifest, signature and database.

Everything in it is stored, at a fixed date; the database is compressed beforehand, so that the
archive can be written again and compared byte for byte: no byte escapes the check.
"""

import gzip
import hashlib
import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from advisor.errors import PackError
from advisor.reference.pack.manifest import ASK_AGAIN, Manifest, manifest_from
from advisor.reference.pack.signing import signer_of

MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
DATABASE = "reference.sqlite"
PACKED = f"{DATABASE}.gz"
EPOCH = (1980, 1, 1, 0, 0, 0)
CHUNK = 1 << 20
DAMAGED = "Le fichier du paquet est incomplet ou abîmé."


@dataclass(frozen=True, slots=True)
class PackFile:
    """A pack file whose every byte was checked; ``public_key`` None when it is not signed."""

    manifest: Manifest
    manifest_bytes: bytes
    signature: bytes
    public_key: bytes | None
    packed: bytes


def compress(database: Path) -> bytes:
    """Return the database compressed, the same bytes for the same content."""
    return gzip.compress(database.read_bytes(), compresslevel=6, mtime=0)


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal; raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def archive(members: dict[str, bytes]) -> bytes:
    """Return the archive of ``members``, in that order."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as file:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            file.writestr(entry, content)
    return sink.getvalue()


def read_pack_file(path: Path) -> PackFile:
    """Return a pack file after checking its shape, signature and hashes; raises PackError."""
    content = _content_of(path)
    members = _members_of(content)
    manifest_bytes = members[MANIFEST]
    signature = members.get(SIGNATURE)
    public_key = None if signature is None else signer_of(manifest_bytes, signature)
    manifest = manifest_from(manifest_bytes)
    packed = members[PACKED]
    if hashlib.sha256(packed).hexdigest() != manifest.members.get(PACKED):
        raise PackError(DAMAGED, ASK_AGAIN)
    return PackFile(manifest, manifest_bytes, signature or b"", public_key, packed)


def unpack_database(pack: PackFile, path: Path) -> None:
    """Write the database at ``path``, checking its size and hash; raises PackError, OSError."""
    digest = hashlib.sha256()
    left = pack.manifest.size
    with gzip.GzipFile(fileobj=io.BytesIO(pack.packed)) as source, path.open("wb") as sink:
        while chunk := _next_chunk(source, left):
            left -= len(chunk)
            digest.update(chunk)
            sink.write(chunk)
    if left or digest.hexdigest() != pack.manifest.members.get(DATABASE):
        raise PackError(DAMAGED, ASK_AGAIN)


def _next_chunk(source: gzip.GzipFile, left: int) -> bytes:
    try:
        chunk = source.read(min(CHUNK, left + 1))
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise PackError(DAMAGED, ASK_AGAIN) from None
    if len(chunk) > left:
        raise PackError(DAMAGED, ASK_AGAIN)
    return chunk


def _content_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise PackError(f"Le fichier {path} n’existe pas.", "Vérifiez le chemin.") from None
    except OSError:
        raise PackError(
            f"Le fichier {path} ne peut pas être lu.", "Vérifiez le chemin et les droits."
        ) from None


def _plain_names(file: zipfile.ZipFile, size: int) -> list[str]:
    """Return the members' names once nothing in the archive can grow when it is read."""
    entries = file.infolist()
    if any(one.compress_type != zipfile.ZIP_STORED for one in entries) or (
        sum(one.file_size for one in entries) > size
    ):
        raise PackError(DAMAGED, ASK_AGAIN)
    return [one.filename for one in entries]


def _members_of(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            names = _plain_names(file, len(content))
            members = {name: file.read(name) for name in names}
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, OSError) as error:
        raise PackError(DAMAGED, ASK_AGAIN) from error
    except (NotImplementedError, KeyError) as error:
        raise PackError(DAMAGED, ASK_AGAIN) from error
    if names not in ([MANIFEST, SIGNATURE, PACKED], [MANIFEST, PACKED]):
        raise PackError("Ce fichier n’est pas un paquet de référence.", ASK_AGAIN)
    if archive(members) != content:
        raise PackError(DAMAGED, ASK_AGAIN)
    return members
