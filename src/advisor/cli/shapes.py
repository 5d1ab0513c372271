"""Domain objects as the contract's JSON: places, zones, packs. Keys are the contract's."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from advisor.domain.aids.aid import Money
from advisor.domain.places.place import Commune, CommuneHit
from advisor.domain.zones.zoning import UnknownZone, ZoneEntry, ZonesAtPlace


def day(value: date | None) -> str | None:
    """Write a day as ``YYYY-MM-DD``."""
    return None if value is None else value.isoformat()


def plain(value: float) -> int | float:
    """Write a whole amount without decimals, cents otherwise."""
    rounded = round(float(value), 2)
    return int(rounded) if rounded == int(rounded) else rounded


def money(value: Money | None) -> int | float | dict[str, int | float] | None:
    """Write one figure plainly, a range as ``{"min", "max"}``, no figure as null."""
    if value is None:
        return None
    return plain(value.low) if value.low == value.high else money_range(value)


def money_range(value: Money) -> dict[str, int | float]:
    """Write both bounds, equal or not."""
    return {"min": plain(value.low), "max": plain(value.high)}


def commune_hit(hit: CommuneHit) -> dict[str, Any]:
    """Shape one answer of the search; ``was`` is the old name or code that was typed."""
    return {**commune(hit.commune), "was": hit.was}


def commune(place: Commune) -> dict[str, Any]:
    """Shape a place."""
    return {
        "code": place.code,
        "name": place.name,
        "departement": place.departement,
        "postcodes": list(place.postcodes),
        "population": place.population,
    }


def zones_at_place(place: Commune, found: ZonesAtPlace) -> dict[str, Any]:
    """Shape every class of a place, and why the others are unknown."""
    return {
        "commune": commune(place),
        "date": day(found.day),
        "zones": [zone(entry) for entry in found.zones],
        "unknown": [unknown_zone(gap) for gap in found.unknown],
    }


def zone(entry: ZoneEntry) -> dict[str, Any]:
    """Shape one class; ``remarks`` are what the act leaves open, in French."""
    return {
        "profession": entry.profession,
        "zoning": entry.zoning,
        "class": entry.zone_class,
        "label": entry.label,
        "territory": entry.territory,
        "unit": str(entry.unit),
        "partial": entry.partial,
        "valid_from": day(entry.valid_from),
        "valid_to": day(entry.valid_to),
        "legal_act": entry.legal_act,
        "source": str(entry.source),
        "confidence": str(entry.confidence),
        **_scheme(entry.scheme),
        "remarks": list(entry.remarks),
    }


def unknown_zone(gap: UnknownZone) -> dict[str, Any]:
    """Shape one gap with its reason."""
    return {"profession": gap.profession, "reason": gap.reason, **_scheme(gap.scheme)}


def _scheme(scheme: str) -> dict[str, str]:
    return {"scheme": scheme} if scheme else {}


def listed(rejected: Iterable[tuple[int, str]]) -> list[dict[str, Any]]:
    """Shape rejected lines of a file."""
    return [{"line": line, "reason": reason} for line, reason in rejected]
