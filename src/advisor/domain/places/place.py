"""Communes, arrondissements, delegated and former communes, and how places are searched.

True on paper; no database, no window. Codes are INSEE codes as text, populations are
inhabitants, coordinates are WGS84 degrees.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt


class PlaceKind(StrEnum):
    """What a code of the Code officiel géographique names."""

    COMMUNE = "commune"
    ARRONDISSEMENT = "arrondissement"
    DELEGATED = "commune_deleguee"
    FORMER = "ancienne_commune"


@dataclass(frozen=True, slots=True)
class Commune:
    """A place with an INSEE code.

    ``parent`` is the code that contains it today (arrondissement → commune, former or delegated
    commune → the commune that took it over); ``ended`` is the day a former commune ceased.
    ``population`` is None when not held; ``population_year`` is its reference year.
    """

    code: str
    name: str
    departement: str
    region: str
    kind: PlaceKind = PlaceKind.COMMUNE
    postcodes: tuple[str, ...] = ()
    population: int | None = None
    population_year: int | None = None
    population_source: str = ""
    longitude: float | None = None
    latitude: float | None = None
    epci_siren: str = ""
    epci_name: str = ""
    parent: str | None = None
    started: date | None = None
    ended: date | None = None
    former_names: tuple[str, ...] = ()
    former_codes: tuple[str, ...] = ()
    density_class: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class CommuneHit:
    """One answer of the search: ``was`` is the old name or code that was typed, else None."""

    commune: Commune
    was: str | None = None


@dataclass(frozen=True, slots=True)
class Epci:
    """An intercommunalité with its members that are held here (INSEE codes)."""

    siren: str
    name: str
    departement: str
    members: tuple[str, ...] = field(default=())


EARTH_RADIUS_KM = 6371.0


def distance_km(one: Commune, other: Commune) -> float | None:
    """Return the straight-line distance in kilometres, None when a position is not held."""
    if one.longitude is None or one.latitude is None:
        return None
    if other.longitude is None or other.latitude is None:
        return None
    lat1, lat2 = radians(one.latitude), radians(other.latitude)
    half_lat = (lat2 - lat1) / 2
    half_lon = radians(other.longitude - one.longitude) / 2
    chord = sin(half_lat) ** 2 + cos(lat1) * cos(lat2) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(chord))
