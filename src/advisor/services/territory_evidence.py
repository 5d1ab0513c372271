"""Gathers what is held about a territory: figures of the pack and of imported tables, zones."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from advisor.domain.indicator import Indicator
from advisor.domain.places.place import PlaceKind
from advisor.domain.structure import Structure
from advisor.domain.territories.evidence import Evidence, Level, PlaceZone
from advisor.domain.territories.territory import ChosenBy, Population, Territory
from advisor.domain.zones.marks import mark_of
from advisor.domain.zones.zoning import ZonesAtPlace
from advisor.services.indicators import Indicators
from advisor.services.reference import Reference

DOCTOR = "medecin_generaliste"
UNIT_KINDS = {
    ChosenBy.EPCI: "epci",
    ChosenBy.BASSIN: "bassin_de_vie",
    ChosenBy.DEPARTEMENT: "departement",
}


def gather(
    reference: Reference, indicators: Indicators, territory: Territory, day: date
) -> Evidence:
    """Return everything held about ``territory`` on ``day``."""
    codes = territory.codes
    zones = {code: _zone(reference.zones_at(code, day, DOCTOR)) for code in codes}
    return Evidence(
        territory,
        day,
        communes=_of_communes(reference, indicators, codes),
        levels=_of_levels(reference, indicators, territory),
        people=_people(reference, territory),
        structures=_structures(reference, codes),
        zones=zones,
        kinds=indicators.kinds(),
    )


def _of_communes(
    reference: Reference, indicators: Indicators, codes: Sequence[str]
) -> dict[str, list[Indicator]]:
    found: dict[str, list[Indicator]] = defaultdict(list)
    for one in indicators.of_communes(codes):
        found[one.territory].append(one)
    for code in codes:
        found[code] += reference.indicators("commune", code)
    return found


def _of_levels(
    reference: Reference, indicators: Indicators, territory: Territory
) -> dict[Level, list[Indicator]]:
    named = {
        Level.DEPARTEMENT: ("departement", territory.departement),
        Level.REGION: ("region", territory.region),
        Level.FRANCE: ("france", "FR"),
    }
    if territory.chosen_by in UNIT_KINDS:
        named[Level.TERRITORY] = (UNIT_KINDS[territory.chosen_by], territory.code)
    return {
        level: [*indicators.at(*unit), *reference.indicators(*unit)]
        for level, unit in named.items()
    }


def _people(reference: Reference, territory: Territory) -> dict[Level, Population]:
    found = {Level.TERRITORY: territory.population()}
    if not reference.info().is_starter and territory.departement:
        held = reference.communes(departement=territory.departement)
        communes = tuple(one for one in held if one.kind is PlaceKind.COMMUNE)
        whole = Territory("", ChosenBy.DEPARTEMENT, communes, departement=territory.departement)
        found[Level.DEPARTEMENT] = whole.population()
    return found


def _structures(reference: Reference, codes: Sequence[str]) -> list[Structure]:
    return [one for code in codes for one in reference.structures(commune=code)]


def _zone(found: ZonesAtPlace) -> PlaceZone:
    entry = next((one for one in found.zones if not one.partial and not one.scheme), None)
    if entry is None:
        reasons = [gap.reason for gap in found.unknown if gap.profession == DOCTOR]
        return PlaceZone("", next(iter(reasons), "classe inconnue"))
    mark = mark_of(entry.zone_class)
    year = entry.valid_from.year if entry.valid_from else None
    return PlaceZone(
        entry.zone_class, entry.label, entry.legal_act, year, mark.letters, mark.pattern.value
    )
