"""Structures of coordinated practice in FINESS: centres and maisons de santé, CPTS and DAC.

Only the structure's own name and address are kept; no person is named by this file's columns.
"""

from collections.abc import Mapping
from datetime import date

from advisor.domain.places.place import Commune
from advisor.domain.sourced import Confidence, Source
from advisor.domain.structure import DatedStatus, Structure, StructureKind
from advisor.reference.build.build_ledger import Ledger, read_rows

FILE = "finess-occitanie/structures_msp_cds_cpts_dac_occitanie.csv"
KINDS = {
    "124": StructureKind.CDS,
    "603": StructureKind.MSP,
    "604": StructureKind.CPTS,
    "606": StructureKind.DAC,
}
COLUMNS = (
    "numero_finess_etablissement",
    "raison_sociale",
    "rslongue",
    "categetab",
    "dateouv",
    "code_insee",
)


def read_finess(ledger: Ledger, places: Mapping[str, Commune]) -> list[Structure]:
    """Return the structures of categories 124, 603, 604 and 606, the others set apart."""
    if not ledger.has(FILE, "Structures FINESS"):
        return []
    path = ledger.source(
        FILE, "FINESS, établissements", "Ministère de la santé, ANS", "Licence Ouverte", None
    )
    structures: dict[str, Structure] = {}
    for line, row in read_rows(path, COLUMNS, ";"):
        row["code_insee"] = ledger.code(row["code_insee"])
        fault = _fault(row, places, structures)
        if fault:
            ledger.reject(FILE, line, fault)
            continue
        opened = date.fromisoformat(row["dateouv"])
        ledger.saw(opened)
        one = _structure(row, line, opened, places[row["code_insee"]])
        structures[one.finess] = one
    regions = sorted({places[one.commune].region for one in structures.values()})
    ledger.remark(
        f"FINESS : {len(structures)} structures, pour les seules régions {', '.join(regions)} ;"
        " ailleurs, l’absence d’une structure ne prouve rien."
    )
    return [structures[number] for number in sorted(structures)]


def _fault(
    row: Mapping[str, str], places: Mapping[str, Commune], known: Mapping[str, object]
) -> str:
    number = row["numero_finess_etablissement"]
    if row["categetab"] not in KINDS:
        return f"catégorie d’établissement non retenue : « {row['categetab']} »"
    if not number or number in known:
        return f"numéro FINESS absent ou déjà lu : « {number} »"
    if row["code_insee"] not in places:
        return f"commune inconnue : « {row['code_insee']} »"
    try:
        date.fromisoformat(row["dateouv"])
    except ValueError:
        return f"date d’ouverture illisible : « {row['dateouv']} »"
    return ""


def _structure(row: Mapping[str, str], line: int, opened: date, place: Commune) -> Structure:
    source = Source("FINESS", f"{FILE}, ligne {line}")
    longitude, latitude = _degrees(row, "longitude"), _degrees(row, "latitude")
    return Structure(
        id=f"finess-{row['numero_finess_etablissement']}",
        kind=KINDS[row["categetab"]],
        name=row["rslongue"] or row["raison_sociale"],
        commune=place.code,
        commune_name=place.name,
        departement=place.departement,
        programme="finess",
        statuses=(DatedStatus("Ouverture inscrite au FINESS", opened, source, "ouverte"),),
        source=source,
        confidence=Confidence.OFFICIAL,
        address=_address(row),
        longitude=longitude,
        latitude=latitude,
        finess=row["numero_finess_etablissement"],
    )


def _address(row: Mapping[str, str]) -> str:
    street = ("numvoie", "compvoie", "typvoie", "voie")
    parts = [" ".join(row.get(name, "") for name in street).split()]
    parts += [row.get(name, "").split() for name in ("lieuditbp", "ligneacheminement")]
    return ", ".join(" ".join(part) for part in parts if part)


def _degrees(row: Mapping[str, str], name: str) -> float | None:
    try:
        return round(float(row.get(name, "")), 6)
    except ValueError:
        return None
