"""Figures that the reference itself gives: structures known, share of population by zone.

True on paper. No structure known is « non disponible », never zero: the census is not complete.
"""

from collections.abc import Mapping

from advisor.domain.structure import StructureKind
from advisor.domain.territories.evidence import Evidence
from advisor.domain.territories.figures import Value, missing

KINDS_OF_STRUCTURE = {
    "nombre_msp": StructureKind.MSP,
    "nombre_cds": StructureKind.CDS,
    "nombre_cpts": StructureKind.CPTS,
    "nombre_cabinets_groupe": StructureKind.GROUP_PRACTICE,
    "nombre_mmg": StructureKind.MMG,
}
SHARES = {"part_population_zip": "ZIP", "part_population_zac": "ZAC"}
NOT_A_CENSUS = "structures connues du référentiel, recensement non exhaustif"


def registry_values(evidence: Evidence) -> Mapping[str, Value]:
    """Return what is counted or worked out from the reference for the territory."""
    found = {name: _structures(evidence, kind) for name, kind in KINDS_OF_STRUCTURE.items()}
    return found | {name: _share(evidence, zone) for name, zone in SHARES.items()}


def _structures(evidence: Evidence, kind: StructureKind) -> Value:
    known = [one for one in evidence.structures if one.kind is kind]
    if not known:
        return missing("aucune n’est connue du référentiel, ce qui ne veut pas dire aucune")
    sources = dict.fromkeys(one.source.name for one in known)
    years = [status.day.year for one in known for status in one.statuses if status.day is not None]
    source = " ; ".join(sources)
    year = max(years) if years else None
    return Value(float(len(known)), "structures", year, source, how=NOT_A_CENSUS)


def _share(evidence: Evidence, zone_class: str) -> Value:
    territory = evidence.territory
    population = territory.population()
    if not territory.whole:
        return missing("des communes du territoire manquent dans ce référentiel", "%")
    if population.people is None:
        return missing(population.reason, "%")
    zones = {one.code: evidence.zones.get(one.code) for one in territory.communes}
    unknown = [one for one in zones.values() if one is None or not one.zone_class]
    if unknown or not population.people:
        return missing("le zonage n’est pas connu pour toutes les communes", "%")
    inside = sum(
        one.population or 0
        for one in territory.communes
        if (zone := zones[one.code]) is not None and zone.zone_class == zone_class
    )
    acts = dict.fromkeys(zone.act for zone in zones.values() if zone is not None)
    years = [zone.year for zone in zones.values() if zone is not None and zone.year]
    return Value(
        round(inside / population.people * 100, 2),
        "%",
        max(years) if years else None,
        " ; ".join(filter(None, acts)),
        how=f"population municipale de {population.year}",
    )
