"""Asks the shipped zonings as the product does, with everything loaded once."""

from datetime import date
from functools import cache
from pathlib import Path

from advisor.domain.places.place import Commune
from advisor.domain.zones.resolution import zones_at
from advisor.domain.zones.zoning import ZonesAtPlace, Zoning
from advisor.reference.files.place_files import load_places
from advisor.reference.files.zoning_files import load_zonings

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
DOCTOR = "medecin_generaliste"
NURSE = "infirmier"
PHYSIO = "masseur_kinesitherapeute"
MIDWIFE = "sage_femme"


@cache
def places() -> dict[str, Commune]:
    return {place.code: place for place in load_places(DATA)}


@cache
def zonings() -> tuple[Zoning, ...]:
    return load_zonings(DATA, places().values())


def zoning(identifier: str) -> Zoning:
    return next(one for one in zonings() if one.id == identifier)


def asked(
    code: str, day: str, profession: str | None = None, qpv: str | None = None
) -> ZonesAtPlace:
    return zones_at(places()[code], date.fromisoformat(day), zonings(), profession, qpv)


def class_of(code: str, profession: str, day: str) -> str:
    """Return the class that answers for the whole place, « inconnu » or « partiel »."""
    found = asked(code, day, profession)
    entry = found.class_for(profession)
    if entry is not None:
        assert found.why_unknown(profession) == ""
        return entry.zone_class
    assert found.why_unknown(profession)
    return "partiel" if found.zones else "inconnu"
