"""From a pack's content to its folder or its file: database, hashes, manifest, signature."""

import hashlib
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from advisor.domain.pack import PackSource
from advisor.reference.pack.file import (
    DATABASE,
    MANIFEST,
    PACKED,
    SIGNATURE,
    archive,
    compress,
)
from advisor.reference.pack.manifest import Manifest
from advisor.reference.pack.safe_write import write_atomically
from advisor.reference.pack.schema import FORMAT
from advisor.reference.pack.signing import sign
from advisor.reference.pack.writer import PackContent, write_database

READABLE_BY_ALL = 0o644


@dataclass(frozen=True, slots=True)
class Identity:
    """What names a pack: ``day`` is the newest date of its sources."""

    id: str
    day: date
    sources: tuple[PackSource, ...]
    data_hash: str
    remarks: tuple[str, ...] = ()


def write_folder(content: PackContent, identity: Identity, folder: Path) -> Manifest:
    """Write an opened pack (database and manifest) into ``folder``, which must be empty."""
    database = folder / DATABASE
    write_database(content, database)
    manifest = _manifest(content, identity, database)
    (folder / MANIFEST).write_bytes(manifest.to_bytes())
    return manifest


def write_file(
    content: PackContent, identity: Identity, out: Path, private_key: bytes | None
) -> Manifest:
    """Write the pack as one file at ``out``, signed when a key is given."""
    with tempfile.TemporaryDirectory() as temporary:
        database = Path(temporary) / DATABASE
        write_database(content, database)
        packed = compress(database)
        manifest = _manifest(content, identity, database, packed)
    members = {MANIFEST: manifest.to_bytes()}
    if private_key is not None:
        members[SIGNATURE] = sign(private_key, members[MANIFEST])
    members[PACKED] = packed
    out.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(out, archive(members))
    out.chmod(READABLE_BY_ALL)
    return manifest


def _manifest(
    content: PackContent, identity: Identity, database: Path, packed: bytes | None = None
) -> Manifest:
    body = database.read_bytes()
    members = {DATABASE: hashlib.sha256(body).hexdigest()}
    if packed is not None:
        members[PACKED] = hashlib.sha256(packed).hexdigest()
    return Manifest(
        id=identity.id,
        version=f"{identity.day.isoformat()}-{members[DATABASE][:8]}",
        built_at=identity.day,
        counts=content.counts(),
        sources=identity.sources,
        members=members,
        size=len(body),
        data_hash=identity.data_hash,
        remarks=identity.remarks,
        format=FORMAT,
    )
