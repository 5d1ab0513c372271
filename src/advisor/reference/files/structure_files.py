"""Read structures and projects from ``data/structures/*.csv``: one dated fact per line.

A structure told of several times has several lines with the same id: the first says what it is,
the next ones only add what a source says at another date. Contradictions stay side by side.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from advisor.domain.places.place import Commune
from advisor.domain.sourced import Confidence, Source
from advisor.domain.structure import DatedStatus, Structure, StructureKind
from advisor.errors import BadDataError
from advisor.reference.files.table_file import Row, read_table

IDENTITY = ("kind", "name", "commune", "commune_name", "departement", "programme")
REST = ("address", "note")
COLUMNS = (
    "id",
    *IDENTITY,
    "status",
    "day",
    "stage",
    "document",
    "locator",
    "read_on",
    "confidence",
    *REST,
)
STAGES = frozenset(
    {
        "a_susciter",
        "reflexion",
        "maturation",
        "projet",
        "faisabilite",
        "terrain",
        "financement",
        "dossier_deposable",
        "dossier_instruit",
        "commission",
        "finance",
        "ouverture_prevue",
        "cree",
        "ouvert",
        "en_attente",
        "bloque",
        "fermeture",
        "recense",
        "accompagne",
        "diagnostic_en_cours",
        "illisible",
    }
)


def load_structures(folder: Path, places: Iterable[Commune]) -> tuple[Structure, ...]:
    """Return the structures of the folder (``data/structures``) in the order of its files.

    ``places`` are the places held: a line that names another commune is refused. BadDataError
    names the file and line of the first fault.
    """
    known = {place.code: place for place in places}
    told: dict[str, list[Row]] = {}
    files: dict[str, Path] = {}
    for row in _rows(folder):
        id_ = row.required("id")
        if files.setdefault(id_, row.file) != row.file:
            row.fail(f"« {id_} » est déjà décrit dans {files[id_].name}")
        told.setdefault(id_, []).append(row)
    return tuple(_structure(rows, known) for rows in told.values())


def _rows(folder: Path) -> Iterator[Row]:
    files = sorted(folder.glob("*.csv"))
    if not files:
        raise BadDataError("aucune structure n’est décrite", file=folder)
    for file in files:
        yield from read_table(file, COLUMNS)


def _structure(rows: list[Row], places: dict[str, Commune]) -> Structure:
    first, *others = rows
    for row in others:
        for column in (*IDENTITY, *REST):
            if row.text(column) not in {"", first.text(column)}:
                row.fail(f"la colonne « {column} » contredit la première ligne de ce lieu")
    _check_commune(first, places)
    statuses = tuple(_status(row) for row in rows)
    return Structure(
        id=first.text("id"),
        kind=first.choice("kind", StructureKind),
        name=first.required("name"),
        commune=first.text("commune"),
        commune_name=first.text("commune_name"),
        departement=first.required("departement"),
        programme=first.required("programme"),
        statuses=statuses,
        source=statuses[0].source,
        confidence=first.choice("confidence", Confidence),
        address=first.text("address"),
        note=first.text("note"),
    )


def _check_commune(row: Row, places: dict[str, Commune]) -> None:
    code = row.text("commune")
    if not code:
        return
    if code not in places:
        row.fail(
            f"la commune {code} n’est pas parmi les lieux livrés",
            "Ajoutez-la dans data/places, ou corrigez son code.",
        )
    if places[code].departement != row.text("departement"):
        row.fail(f"la commune {code} n’est pas dans le département {row.text('departement')}")


def _status(row: Row) -> DatedStatus:
    stage = row.required("stage")
    if stage not in STAGES:
        row.fail(f"l’étape « {stage} » est inconnue")
    source = Source(row.required("document"), row.required("locator"), row.day("read_on"))
    return DatedStatus(row.required("status"), row.day("day"), source, stage)
