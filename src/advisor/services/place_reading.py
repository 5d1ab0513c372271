"""Reads places for the rules: one by one for an interview, all of France for a ranking."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from advisor.domain.aids.place_facts import PlaceFacts, place_facts
from advisor.domain.cases.profile import days_looked_at, named_quarter
from advisor.domain.places.place import Commune, PlaceKind
from advisor.domain.zones.zoning import ZonesAtPlace
from advisor.services.reference import Reference

Quarters = Mapping[str, tuple[str, ...]]
MANY = 100  # places from which reading a département's lists once is the shorter way
MOST_OF_FRANCE = 5_000  # places from which reading the whole lists once is


def quarters_by_commune(reference: Reference) -> Quarters | None:
    """Return the quartiers prioritaires of each commune, None when the pack holds none."""
    held: dict[str, tuple[str, ...]] = {}
    for territory in reference.pack.territories(kind="qpv"):
        for member in territory.members:
            held[member.commune] = (*held.get(member.commune, ()), territory.id)
    return held or None


class PlaceReading:
    """Gives the facts of places for one profile (already read) and day.

    ``quarters`` come from :func:`quarters_by_commune`.
    """

    def __init__(
        self,
        reference: Reference,
        profile: Mapping[str, Any],
        day: date,
        quarters: Quarters | None,
    ) -> None:
        self._reference = reference
        self._quarters = quarters
        self._days = days_looked_at(profile, day)
        self._named_quarter = named_quarter(profile)
        self._main_code = profile.get("main_practice_commune")
        self._read: set[str] = set()
        self._shared: dict[tuple[object, ...], tuple[ZonesAtPlace, ...]] = {}

    def one(self, code: str) -> PlaceFacts:
        """Return the facts of one place; raises NotFoundError."""
        commune = self._reference.commune(code)
        return self._facts(commune, self._zones(commune, self._named_quarter))

    def many(self, codes: Sequence[str]) -> Iterator[PlaceFacts]:
        """Give the facts of many places, those named by the same lines sharing their classes."""
        if len(codes) < MANY or self._named_quarter:
            yield from (self.one(code) for code in codes)
            return
        everywhere = len(codes) >= MOST_OF_FRANCE
        held = {p.code: p for p in self._reference.communes()} if everywhere else {}
        keys = self._reference.pack.zone_keys() if everywhere else {}
        for code in codes:
            place = held.get(code) or self._reference.commune(code)
            if not everywhere and place.departement not in self._read:
                self._read.add(place.departement)
                keys.update(self._reference.pack.zone_keys(place.departement))
            yield self._facts(place, self._shared_zones(place, keys.get(code, ())))

    def _facts(self, commune: Commune, zones: tuple[ZonesAtPlace, ...]) -> PlaceFacts:
        by_day = {one.day: one for one in zones}
        facts = place_facts(commune, by_day.__getitem__, self._days, self._quarters_of(commune))
        main = self._main
        return facts.with_main_practice(main) if main and main.code != facts.code else facts

    @cached_property
    def _main(self) -> PlaceFacts | None:
        if not self._main_code:
            return None
        commune = self._reference.commune(str(self._main_code))
        by_day = {one.day: one for one in self._zones(commune, None)}
        return place_facts(commune, by_day.__getitem__, self._days, self._quarters_of(commune))

    def _zones(self, commune: Commune, quarter: str | None) -> tuple[ZonesAtPlace, ...]:
        return tuple(
            self._reference.zones_at(commune.code, day, None, quarter) for day in self._days
        )

    def _shared_zones(
        self, commune: Commune, lines: tuple[object, ...]
    ) -> tuple[ZonesAtPlace, ...]:
        if commune.kind is not PlaceKind.COMMUNE or commune.parent:
            return self._zones(commune, None)
        key = (commune.departement, commune.region, *lines)
        if key not in self._shared:
            self._shared[key] = self._zones(commune, None)
        return self._shared[key]

    def _quarters_of(self, commune: Commune) -> tuple[str, ...] | None:
        return None if self._quarters is None else self._quarters.get(commune.code, ())
