"""Bring the official files home, into a folder that ``build`` reads.

Each file has its own fate, told in French; one that fails does not stop the others.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx

from advisor.config import data_folder
from advisor.errors import AdvisorError, PackError
from advisor.reference.files.source_files import OfficialSource, RemoteFile, load_sources
from advisor.reference.official.download import TIMEOUT, DownloadError, Wanted, download

DOWNLOADED = "téléchargé"
UP_TO_DATE = "déjà à jour"
BY_HAND = "à prendre à la main"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of a file (or of a data set without address): ``state`` in French."""

    id: str
    state: str
    ok: bool
    path: Path | None = None


FetchReport = tuple[Fetched, ...]


def fetch(
    folder: Path,
    sources_file: Path | None = None,
    progress: Callable[[str], None] | None = None,
) -> FetchReport:
    """Download every file whose address is known into ``folder``; returns each one's fate.

    Raises PackError when nothing at all could be obtained, or when the disk refuses.
    """
    sources = load_sources(sources_file or data_folder() / "sources.yaml")
    tell = progress or (lambda _step: None)
    with httpx.Client(follow_redirects=True, timeout=TIMEOUT) as client:
        report = tuple(one for source in sources for one in _fetch(client, folder, source, tell))
    tried = [one for one in report if one.path is not None]
    if tried and not any(one.ok for one in tried):
        raise PackError(
            f"Aucun fichier n’a pu être téléchargé. {tried[0].state}",
            "Vérifiez le réseau, puis relancez : ce qui est arrivé est gardé.",
        )
    return report


def _fetch(
    client: httpx.Client, folder: Path, source: OfficialSource, tell: Callable[[str], None]
) -> list[Fetched]:
    if not source.files:
        where = f"\u202f: {source.page}" if source.page else ""
        return [Fetched(source.id, f"{BY_HAND}{where}", ok=False)]
    report: list[Fetched] = []
    for file in source.files:
        tell(f"{source.title}\u202f: {file.to}")
        report.append(_one(client, folder, file))
    return report


def _one(client: httpx.Client, folder: Path, file: RemoteFile) -> Fetched:
    target = folder / file.to
    try:
        fresh = download(client, Wanted(file.url, target, file.sha256))
    except DownloadError as error:
        return Fetched(file.to, _told(error), ok=False, path=target)
    except OSError as error:
        raise PackError(
            f"Le fichier {target} n’a pas pu être écrit sur le disque.",
            "Libérez de la place, vérifiez les droits, puis relancez\u202f: la suite reprendra.",
        ) from error
    return Fetched(file.to, DOWNLOADED if fresh else UP_TO_DATE, ok=True, path=target)


def _told(error: AdvisorError) -> str:
    return f"{error.message} {error.hint}".strip()
