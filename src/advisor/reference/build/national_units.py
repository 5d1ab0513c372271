"""Units of territory read nationally: bassins de vie of 2022 and priority quarters of 2024."""

import json
from collections import defaultdict
from pathlib import Path

from advisor.domain.places.place import Commune
from advisor.domain.sourced import Source
from advisor.domain.zones.zoning import Membership, Territory, TerritoryKind
from advisor.errors import BadDataError
from advisor.reference.build.build_ledger import Ledger, read_rows
from advisor.reference.build.cog_places import departement_of

BASSINS = "derive/zonages_supracommunaux_2024_cogugaison.csv"
QUARTERS = "anct-2026/centroide-4326_qpv.geojson"
COGUGAISON = (
    "© Code Officiel Géographique (Insee) et package R COGugaison"
    " (http://github.com/antuki/COGugaison)"
)
QUARTERS_IN_FRANCE = 1584


def read_bassins(ledger: Ledger, places: dict[str, Commune]) -> list[Territory]:
    """Return the bassins de vie with the communes of today that belong to them."""
    if not ledger.has(BASSINS, "Bassins de vie"):
        return []
    path = ledger.source(BASSINS, "Bassins de vie 2022, table de 2024", COGUGAISON, "ODbL", None)
    names: dict[str, str] = {}
    members: defaultdict[str, set[str]] = defaultdict(set)
    whole: defaultdict[str, set[str]] = defaultdict(set)
    for line, row in read_rows(path, ("code_insee", "bv2022", "libelle_bv2022"), ";"):
        place = places.get(ledger.code(row["code_insee"]))
        if place is None or not row["bv2022"]:
            what = "sans bassin de vie" if place else "inconnue"
            ledger.reject(BASSINS, line, f"commune {what} : « {row['code_insee']} »")
            continue
        names[row["bv2022"]] = row["libelle_bv2022"]
        members[row["bv2022"]].update({place.code, place.parent or place.code})
        whole[place.parent or place.code].add(row["bv2022"])
    source = Source("Insee, bassins de vie 2022", COGUGAISON)
    return [
        Territory(
            code,
            TerritoryKind.BASSIN_DE_VIE,
            names[code],
            departement_of(code),
            tuple(Membership(one, len(whole[one]) > 1) for one in sorted(members[code])),
            complete=True,
            source=source,
        )
        for code in sorted(members)
    ]


def read_quarters(ledger: Ledger, places: dict[str, Commune]) -> list[Territory]:
    """Return the quartiers prioritaires of 2024: a part of each of their communes."""
    if not ledger.has(QUARTERS, "Quartiers prioritaires"):
        return []
    path = ledger.source(QUARTERS, "Quartiers prioritaires 2024", "ANCT", "Licence Ouverte", None)
    names: dict[str, str] = {}
    members: defaultdict[str, set[str]] = defaultdict(set)
    for rank, (codes, labels, commune) in enumerate(_quarter_rows(path), start=1):
        code = ledger.code(commune)
        if code not in places or len(codes) != len(labels):
            why = "noms et codes ne vont pas ensemble" if code in places else "commune inconnue"
            ledger.reject(QUARTERS, rank, f"{why} : « {commune} »")
            continue
        for quarter, label in zip(codes, labels, strict=True):
            names.setdefault(quarter, label)
            members[quarter].add(code)
    ledger.remark(
        f"{len(names)} quartiers prioritaires de 2024 dans la source, pour {QUARTERS_IN_FRANCE}"
        " au total officiel : l’absence d’un quartier ne prouve rien."
    )
    return [_quarter(code, names[code], members[code], places) for code in sorted(members)]


def _quarter(code: str, name: str, communes: set[str], places: dict[str, Commune]) -> Territory:
    return Territory(
        code,
        TerritoryKind.QPV,
        name,
        places[min(communes)].departement,
        tuple(Membership(one, partial=True) for one in sorted(communes)),
        source=Source("ANCT, quartiers prioritaires 2024", "un point par commune"),
    )


def _quarter_rows(path: Path) -> list[tuple[list[str], list[str], str]]:
    """Return (codes, names, commune) of each point: a commune has one point for all of its own."""
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        told = [feature["properties"] for feature in features]
        return [
            (one["code_qp"].split(", "), one["lib_qp"].split(", "), str(one["insee_com"]))
            for one in told
        ]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BadDataError("la liste des quartiers est illisible.", file=path) from None
