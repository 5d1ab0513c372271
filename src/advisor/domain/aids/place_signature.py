"""What two places must share to get the same answers, so that answers are worked out once.

True on paper; no database, no window.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from advisor.domain.aids.catalogue import Catalogue
from advisor.domain.aids.conditions import compare
from advisor.domain.aids.conditions_places import PlaceRule
from advisor.domain.aids.place_facts import PlaceFacts
from advisor.domain.cases.profile import days_looked_at
from advisor.domain.zones.zoning import ZonesAtPlace

Signature = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class PlaceReader:
    """Reads from a place exactly what the rules of a catalogue look at."""

    catalogue: Catalogue
    professions: tuple[str, ...]
    days: tuple[date, ...]
    main: str | None
    read: dict[tuple[int, ...], tuple[tuple[ZonesAtPlace, ...], Signature]] = field(
        default_factory=dict, compare=False, repr=False
    )

    @classmethod
    def of(cls, catalogue: Catalogue, profile: Mapping[str, Any], day: date) -> "PlaceReader":
        """Gather the professions and days that concern this profile."""
        professions = catalogue.professions | {profile.get("profession", "")}
        return cls(
            catalogue,
            tuple(sorted(professions)),
            days_looked_at(profile, day),
            profile.get("main_practice_commune"),
        )

    def signature(self, place: PlaceFacts) -> Signature:
        """Return what decides the answers for a place."""
        return (
            self._lists(place),
            tuple(_compared(place, rule) for rule in self.catalogue.place_rules),
            None if place.qpv is None else bool(place.qpv),
            self.main is None or self.main == place.code,
            self._zones(place.main_practice) if place.main_practice else None,
        )

    def _lists(self, place: PlaceFacts) -> Signature:
        """Return what the lists say of a place; places that share them are read once."""
        key = tuple(map(id, place.zones))
        held = self.read.get(key)
        if held is None:
            fiscal = (place.fiscal(s, day) for s in self.catalogue.schemes for day in self.days)
            held = self.read[key] = (place.zones, (*self._zones(place), *fiscal))
        return held[1]

    def _zones(self, place: PlaceFacts) -> Signature:
        return tuple(
            _class(place, profession, day) for profession in self.professions for day in self.days
        )


def _class(place: PlaceFacts, profession: str, day: date) -> Signature:
    entry = place.zone(profession, day)
    if entry is None:
        return ("", place.why_unknown(profession, day))
    return (entry.zone_class, entry.legal_act, entry.zoning, entry.remarks)


def _compared(place: PlaceFacts, rule: PlaceRule) -> Any:
    held = getattr(place, rule.fact)
    return None if held in (None, "") else compare(held, rule.operator, rule.expected)
