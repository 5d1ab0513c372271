"""Builds the place of a declared example, without any pack."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from advisor.domain.aids.place_facts import PlaceFacts, place_facts
from advisor.domain.cases.profile import days_looked_at
from advisor.domain.cases.vocabulary import PROFESSIONS
from advisor.domain.places.place import Commune
from advisor.domain.sourced import Confidence, Source
from advisor.domain.zones.zoning import TerritoryKind, UnknownZone, ZoneEntry, ZonesAtPlace

SOURCE = Source("exemple")


def _entry(profession: str, zone_class: str, scheme: str = "") -> ZoneEntry:
    return ZoneEntry(
        profession=profession,
        zoning="exemple",
        zone_class=zone_class,
        label=zone_class,
        territory="exemple",
        unit=TerritoryKind.COMMUNE,
        partial=zone_class.endswith("_partielle"),
        valid_from=None,
        valid_to=None,
        legal_act="",
        source=SOURCE,
        confidence=Confidence.OFFICIAL,
        scheme=scheme,
    )


def zones(code: str, day: date, zone_class: str, fiscal: Mapping[str, Any]) -> ZonesAtPlace:
    professions = [name for name, _ in PROFESSIONS]
    known = [_entry(name, zone_class) for name in professions] if zone_class else []
    words = {True: "{}", False: "hors_{}", "partial": "{}_partielle"}
    known += [_entry("", words[held].format(name), name) for name, held in fiscal.items()]
    gaps = [] if zone_class else [UnknownZone(name, "liste non détenue") for name in professions]
    return ZonesAtPlace(code, day, tuple(known), tuple(gaps))


def example_place(place: Mapping[str, Any], profile: Mapping[str, Any], day: date) -> PlaceFacts:
    """Make the facts of an example place; nothing said of the zone means that it is unknown."""
    code, days = place.get("code", "77000"), days_looked_at(profile, day)
    commune = Commune(
        code,
        "Exemple",
        place.get("departement", "77"),
        place.get("region", "11"),
        population=place.get("population", 5000),
    )
    fiscal, qpv = place.get("fiscal", {}), place.get("qpv")
    facts = place_facts(
        commune,
        lambda one: zones(code, one, place.get("zone", ""), fiscal),
        days,
        None if qpv is None else tuple(qpv),
    )
    if "main_zone" in place:
        main = profile["main_practice_commune"]
        other = Commune(main, "Cabinet principal", "77", "11")
        facts = facts.with_main_practice(
            place_facts(other, lambda one: zones(main, one, place["main_zone"], {}), days)
        )
    return facts
