"""Read ``data/sources.yaml``: the official data sets, their pages, and the files to download."""

from dataclasses import dataclass
from pathlib import Path

from advisor.reference.files.marked_yaml import check, read_marked

SCHEMA = "sources.schema.json"


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file to download: ``to`` is its path in the folder of sources; hash empty if unknown."""

    to: str
    url: str
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class OfficialSource:
    """A data set; ``page`` is the publisher's page, ``checked`` a day or « non vérifiée »."""

    id: str
    title: str
    publisher: str
    licence: str
    checked: str
    files: tuple[RemoteFile, ...]
    page: str = ""
    copy: str = ""
    note: str = ""


def load_sources(file: Path) -> tuple[OfficialSource, ...]:
    """Return the data sets in the order of the file; BadDataError names the line at fault."""
    document = read_marked(file)
    check(document, file.parent / "schema" / SCHEMA)
    sources: list[OfficialSource] = []
    for index, entry in enumerate(document.data["sources"]):
        if entry["id"] in {source.id for source in sources}:
            raise document.refuse(
                f"« {entry['id']} » est écrit deux fois", ("sources", index, "id")
            )
        files = tuple(RemoteFile(**one) for one in entry["files"])
        sources.append(OfficialSource(**{**entry, "files": files}))
    return tuple(sources)
