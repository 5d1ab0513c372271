"""One file brought home over HTTP: resumed where it was cut, checked before it takes its name.

What has arrived waits in ``NAME.part`` beside a note that says which version it is a part of. A
server that changed the file, or that cannot resume, makes it start again from the beginning.
"""

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from advisor.errors import AdvisorError
from advisor.reference.pack.safe_write import flush_file, flush_folder

PARTIAL, WHOLE, NOT_MODIFIED, BEYOND = 206, 200, 304, 416
TRIES = 3
TIMEOUT = httpx.Timeout(30.0)
HTML_STARTS = (b"<!doctype html", b"<html")
LOOKED_AT = 512


class DownloadError(AdvisorError):
    """A file could not be brought home; what arrived is kept for the next time."""

    code = "download"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to download: ``sha256`` empty when the content is not known beforehand."""

    url: str
    target: Path
    sha256: str = ""


def download(client: httpx.Client, wanted: Wanted) -> bool:
    """Bring a file home; False when what is there is already up to date.

    Raises DownloadError: no connection, refusal of the server, a web page in place of the file,
    another content than the one expected.
    """
    if wanted.sha256 and wanted.target.is_file() and _hash(wanted.target) == wanted.sha256:
        return False
    wanted.target.parent.mkdir(parents=True, exist_ok=True)
    for last in (attempt == TRIES for attempt in range(1, TRIES + 1)):
        try:
            fresh = _receive(client, wanted)
        except httpx.HTTPError as error:
            if last:
                raise DownloadError(
                    f"La connexion à {httpx.URL(wanted.url).host} a été coupée ou refusée.",
                    "Vérifiez le réseau, puis relancez : le téléchargement reprendra.",
                ) from error
        else:
            return fresh and _finish(wanted)
    return False


def _receive(client: httpx.Client, wanted: Wanted) -> bool:
    """Receive what is missing into the part file; False when nothing changed."""
    part, note = _part(wanted.target), _note(wanted.target)
    begun = _begun(wanted)
    with client.stream("GET", wanted.url, headers=_headers(wanted, begun)) as answer:
        if answer.status_code == NOT_MODIFIED:
            return False
        if answer.status_code == BEYOND and begun:
            return _whole_already(answer, part, note)
        _refuse(answer, wanted)
        resumed = answer.status_code == PARTIAL and _starts_at(answer) == begun
        if answer.status_code == PARTIAL and not resumed:
            _forget(part, note)
            raise httpx.RemoteProtocolError("another part than the one asked for")
        if not resumed:
            note.write_text(json.dumps(_version(answer, wanted)), encoding="utf-8")
        with part.open("ab" if resumed else "wb") as sink:
            for chunk in answer.iter_bytes() if _encoded(answer) else answer.iter_raw():
                sink.write(chunk)
    return True


def _headers(wanted: Wanted, begun: int) -> dict[str, str]:
    headers = {"Accept-Encoding": "identity"}
    known = _read_note(_note(wanted.target))
    if begun:
        headers["Range"] = f"bytes={begun}-"
        if known.get("validator"):
            headers["If-Range"] = str(known["validator"])
    elif wanted.target.is_file() and not wanted.sha256:
        kept = _read_note(_kept(wanted.target))
        if kept.get("url") == wanted.url and kept.get("validator"):
            name = "If-None-Match" if '"' in str(kept["validator"]) else "If-Modified-Since"
            headers[name] = str(kept["validator"])
    return headers


def _begun(wanted: Wanted) -> int:
    """Return how many bytes are here and may be continued: same address, same version."""
    part, note = _part(wanted.target), _note(wanted.target)
    known = _read_note(note)
    if not part.is_file() or known.get("url") != wanted.url:
        return 0
    return part.stat().st_size if known.get("validator") or wanted.sha256 else 0


def _whole_already(answer: httpx.Response, part: Path, note: Path) -> bool:
    size = answer.headers.get("Content-Range", "").rpartition("/")[2]
    if size == str(part.stat().st_size):
        return True
    _forget(part, note)
    raise httpx.RemoteProtocolError("the file became shorter than its part")


def _refuse(answer: httpx.Response, wanted: Wanted) -> None:
    if answer.status_code not in {WHOLE, PARTIAL}:
        raise DownloadError(
            f"Le serveur {answer.url.host} répond « {answer.status_code} » pour {answer.url.path}.",
            "L’adresse a peut-être changé : voyez la page de l’éditeur dans data/sources.yaml.",
        )
    kind = answer.headers.get("Content-Type", "").lower()
    if kind.startswith("text/html") and wanted.target.suffix not in {".html", ".htm"}:
        raise _web_page(wanted)


def _web_page(wanted: Wanted) -> DownloadError:
    return DownloadError(
        f"Le serveur a envoyé une page web à la place du fichier {wanted.target.name}.",
        "L’adresse a peut-être changé : voyez la page de l’éditeur dans data/sources.yaml.",
    )


def _starts_at(answer: httpx.Response) -> int:
    start = answer.headers.get("Content-Range", "").removeprefix("bytes ").partition("-")[0]
    return int(start) if start.isdigit() else -1


def _encoded(answer: httpx.Response) -> bool:
    """Tell whether the server compressed on its own: bytes cannot be counted, so not resumed."""
    return "Content-Encoding" in answer.headers


def _version(answer: httpx.Response, wanted: Wanted) -> dict[str, str]:
    tag = answer.headers.get("ETag", "")
    strong = "" if tag.startswith("W/") else tag
    validator = "" if _encoded(answer) else strong or answer.headers.get("Last-Modified", "")
    return {"url": wanted.url, "validator": validator}


def _finish(wanted: Wanted) -> bool:
    part, note = _part(wanted.target), _note(wanted.target)
    with part.open("rb") as file:
        start = file.read(LOOKED_AT).lstrip().lower()
    if start.startswith(HTML_STARTS) and wanted.target.suffix not in {".html", ".htm"}:
        _forget(part, note)
        raise _web_page(wanted)
    if wanted.sha256 and _hash(part) != wanted.sha256:
        _forget(part, note)
        raise DownloadError(
            f"Le fichier {wanted.target.name} reçu n’est pas celui attendu (empreinte différente).",
            "Il n’est pas gardé. Voyez la page de l’éditeur dans data/sources.yaml.",
        )
    flush_file(part)
    part.replace(wanted.target)
    note.replace(_kept(wanted.target))
    flush_folder(wanted.target.parent)
    return True


def _forget(*paths: Path) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink()


def _read_note(path: Path) -> Mapping[str, Any]:
    with suppress(OSError, ValueError):
        content = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(content, dict):
            return content
    return {}


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _part(target: Path) -> Path:
    return target.with_name(f"{target.name}.part")


def _note(target: Path) -> Path:
    return target.with_name(f"{target.name}.part.json")


def _kept(target: Path) -> Path:
    return target.with_name(f".{target.name}.version.json")
