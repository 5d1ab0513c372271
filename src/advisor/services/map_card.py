"""The card of a place on the map: its classes, people, supply, structures and quarters."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from advisor.domain.indicator import Indicator
from advisor.domain.maps.apl_layer import apl_words
from advisor.domain.maps.figure_layers import supplies
from advisor.domain.maps.layers import MapPlace
from advisor.domain.places.place import Commune
from advisor.domain.structure import Structure
from advisor.domain.zones.zoning import ZonesAtPlace
from advisor.reference.pack.reader import Pack


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """What is known of a place; ``supply`` empty when no source gives it.

    ``quarters`` is None when the pack holds no quartier prioritaire at all.
    """

    place: Commune
    profession: str
    zones: ZonesAtPlace
    structures: tuple[Structure, ...]
    supply: str
    quarters: tuple[str, ...] | None


def read_card(
    pack: Pack, code: str, profession: str, day: date, apl: Mapping[str, Indicator]
) -> PlaceCard:
    """Return the card of a place; ``apl`` is what imported tables say; raises NotFoundError."""
    place = pack.commune(code)
    held = pack.territories(commune=code, kind="qpv")
    quarters = tuple(sorted(one.name for one in held))
    return PlaceCard(
        place,
        profession,
        pack.zones_at(code, day),
        tuple(pack.structures(commune=code)),
        apl_words(apl[code]) if code in apl else _supply(pack, place, profession),
        quarters if quarters or pack.territories(kind="qpv") else None,
    )


def _supply(pack: Pack, place: Commune, profession: str) -> str:
    seen = MapPlace(place.code, place.name, place.departement, 0, 0, region=place.region)
    found = supplies([seen], {place.code: place.epci_siren}, pack.indicators(), profession)
    return found[place.code].words if place.code in found else ""
