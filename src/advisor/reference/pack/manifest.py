"""A pack's manifest: its identity, its counts, its sources and the hash of each member."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from advisor.domain.pack import PackInfo, PackSource
from advisor.errors import PackError
from advisor.reference.pack.plain import from_plain, to_plain
from advisor.reference.pack.schema import FORMAT

UNREADABLE = "La fiche d’identité du paquet est illisible : ce fichier n’est pas un paquet complet."
ASK_AGAIN = "Demandez de nouveau le fichier à son éditeur."


@dataclass(frozen=True, slots=True)
class Manifest:
    """``members`` maps a file name to its SHA-256; ``size`` is the database's, in bytes.

    ``data_hash`` names the shipped data that went into the pack.
    """

    id: str
    version: str
    built_at: date
    counts: Mapping[str, int]
    sources: tuple[PackSource, ...]
    members: Mapping[str, str]
    size: int
    data_hash: str
    remarks: tuple[str, ...] = field(default=())
    format: int = 0

    def to_bytes(self) -> bytes:
        """Return the manifest as JSON whose bytes depend on its content alone."""
        text = json.dumps(to_plain(self), ensure_ascii=False, indent=1, sort_keys=True)
        return (text + "\n").encode()

    def info(self, folder: Path, signed_by: str, warning: str = "") -> PackInfo:
        """Return the identity card shown to people."""
        return PackInfo(
            self.id,
            self.version,
            self.built_at,
            signed_by,
            self.counts,
            self.sources,
            folder,
            warning,
            self.remarks,
        )


def manifest_from(content: bytes) -> Manifest:
    """Return the manifest written by ``to_bytes``; raises PackError."""
    try:
        manifest = from_plain(Manifest, json.loads(content))
    except (ValueError, TypeError, KeyError, AttributeError):
        raise PackError(UNREADABLE, ASK_AGAIN) from None
    if manifest.format > FORMAT:
        raise PackError(
            "Ce paquet a été fait pour une version plus récente de l’application.",
            "Mettez l’application à jour, puis recommencez.",
        )
    return manifest
