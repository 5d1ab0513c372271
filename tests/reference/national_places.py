"""All the communes of France for the search tests, from the folder named by ADVISOR_OPENDATA."""

import csv
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from advisor.domain.places.place import Commune, PlaceKind

FOLDER = os.environ.get("ADVISOR_OPENDATA", "")
needs_open_data = pytest.mark.skipif(not FOLDER, reason="ADVISOR_OPENDATA n’est pas défini")


def every_place() -> list[Commune]:
    """Communes and arrondissements of today, then the old ones with the place they joined."""
    today = [_of_today(row) for row in _rows("derive/communes_reference_2026.csv", ";")]
    old = [
        Commune(row["COM"], row["LIBELLE"], "", "", PlaceKind.DELEGATED, parent=row["COMPARENT"])
        for row in _rows("cog-2026-datagouv/communes.csv", ",")
        if row["TYPECOM"] in {"COMD", "COMA"}
    ]
    known = {(place.code, place.name) for place in (*today, *old)}
    joined = {
        (row["COM_AV"], row["LIBELLE_AV"]): row["COM_AP"]
        for row in _rows("cog-2026-datagouv/mouvements-communes.csv", ",")
        if row["TYPECOM_AV"] == row["TYPECOM_AP"] == "COM"
    }
    gone = [
        Commune(code, name, "", "", PlaceKind.FORMER, parent=parent)
        for (code, name), parent in joined.items()
        if (code, name) not in known
    ]
    return [*today, *old, *gone]


def _of_today(row: dict[str, str]) -> Commune:
    return Commune(
        row["code_insee"],
        row["libelle"],
        row["dep"],
        row["reg"],
        PlaceKind.ARRONDISSEMENT if row["type"] == "ARM" else PlaceKind.COMMUNE,
        tuple(row["codes_postaux"].split()),
        int(row["pop_municipale"]) if row["pop_municipale"] else None,
        parent=row["commune_parente"] or None,
    )


def _rows(name: str, separator: str) -> Iterator[dict[str, str]]:
    with (Path(FOLDER) / name).open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file, delimiter=separator)
