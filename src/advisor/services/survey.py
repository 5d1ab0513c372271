"""What is known around many places at once: structures near by, supply, distance to home."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from advisor.domain.aids.aid import AidsForPlace
from advisor.domain.aids.place_facts import PlaceFacts
from advisor.domain.aids.ranking import AROUND_KM, Candidate
from advisor.domain.places.nearby import Nearby
from advisor.domain.places.place import Commune, distance_km
from advisor.domain.structure import Structure
from advisor.errors import NotFoundError
from advisor.services.reference import Reference

DENSITY = "densite"


class Survey:
    """Gathers what ranking needs, reading each list of the pack once.

    ``profile`` is read (typed) already; a figure that is not held is None, never zero.
    """

    def __init__(self, reference: Reference, profile: Mapping[str, Any], day: date) -> None:
        self._reference = reference
        self._profile = profile
        self._day = day
        self._centres: dict[str, tuple[float, float] | None] = {}

    def candidate(self, place: PlaceFacts, aids: AidsForPlace) -> Candidate:
        """Return a place ready to be ranked."""
        profession = str(self._profile.get("profession") or "")
        entry = place.zone(profession, self._day) if profession else None
        return Candidate(
            place=place,
            aids=aids,
            zone_class=entry.zone_class if entry else None,
            supply=self._supply(place, profession),
            structures=self._structures(place),
            distance=self._distance(place),
        )

    @cached_property
    def _home(self) -> Commune | None:
        code = self._profile.get("home_commune")
        try:
            return self._reference.commune(str(code)) if code else None
        except NotFoundError:
            return None

    def _distance(self, place: PlaceFacts) -> float | None:
        if self._home is None:
            return None
        return distance_km(
            self._home,
            Commune(
                place.code,
                place.name,
                place.departement,
                place.region,
                longitude=place.longitude,
                latitude=place.latitude,
            ),
        )

    @cached_property
    def _near(self) -> tuple[Nearby, frozenset[str]]:
        """Return every structure of the registry on a grid, and the départements it covers."""
        held = self._reference.structures()
        points = [point for point in map(self._position, held) if point is not None]
        return Nearby(points, AROUND_KM), frozenset(one.departement for one in held)

    def _position(self, structure: Structure) -> tuple[float, float] | None:
        """Return where a structure stands, else the centre of its commune."""
        if structure.longitude is not None and structure.latitude is not None:
            return structure.longitude, structure.latitude
        if structure.commune not in self._centres:
            self._centres[structure.commune] = self._centre(structure.commune)
        return self._centres[structure.commune]

    def _centre(self, code: str) -> tuple[float, float] | None:
        try:
            place = self._reference.commune(code)
        except NotFoundError:
            return None
        if place.longitude is None or place.latitude is None:
            return None
        return place.longitude, place.latitude

    def _structures(self, place: PlaceFacts) -> int | None:
        near, covered = self._near
        if place.departement not in covered or place.longitude is None or place.latitude is None:
            return None
        return near.count(place.longitude, place.latitude)

    @cached_property
    def _densities(self) -> Mapping[tuple[str, str, str], float]:
        return {
            (one.territory_kind, one.territory, one.profession): one.figure.value
            for one in self._reference.indicators()
            if one.id.startswith(DENSITY) and one.profession and one.figure.value is not None
        }

    def _supply(self, place: PlaceFacts, profession: str) -> float | None:
        """Return the density of the smallest territory held over the region's mean."""
        mean = self._densities.get(("region", place.region, profession))
        for kind, code in (("commune", place.code), ("epci", place.epci)):
            here = self._densities.get((kind, code, profession))
            if here is not None and mean:
                return here / mean
        return None
