"""What the card of a place says, drawn from the reference for one profession and day.

Runs in the reader lane; must not know any widget.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from advisor.domain.aids.aid import AidsForPlace
from advisor.domain.cases.appointment import CandidatePlace
from advisor.domain.indicator import Indicator
from advisor.domain.places.place import Commune, distance_km
from advisor.domain.structure import Structure
from advisor.domain.words.wording import MONTHS, NARROW, counted, number, short_date
from advisor.domain.zones.zoning import ZoneEntry, ZonesAtPlace
from advisor.errors import AdvisorError
from advisor.services.all_services import Services
from advisor.ui import wording
from advisor.ui.interview.place_card import PlaceSummary

NO_SUPPLY = f"offre{NARROW}: non disponible dans ce référentiel"
SHORT_KIND = {"cds": "CDS", "msp": "MSP", "cabinet_groupe": "cabinet de groupe", "pole": "pôle"}
MOST_INDICATORS = 2


@dataclass(frozen=True, slots=True)
class SeenPlace:
    """One place looked at: its card, and the aids worked out there (None with the reason)."""

    summary: PlaceSummary
    aids: AidsForPlace | None
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the reference: a profile, its places and the day."""

    profile: Mapping[str, Any]
    places: Sequence[CandidatePlace]
    day: date


def look(services: Services, question: Question) -> list[SeenPlace]:
    """Return each place of the question with its card and its aids."""
    home = _home(services, question.profile.get("home_commune"))
    return [_seen(services, question, place, home) for place in question.places]


def _home(services: Services, code: object) -> Commune | None:
    if not isinstance(code, str) or not code:
        return None
    try:
        return services.reference.commune(code)
    except AdvisorError:
        return None


def _seen(
    services: Services, question: Question, place: CandidatePlace, home: Commune | None
) -> SeenPlace:
    reference = services.reference
    try:
        commune = reference.commune(place.commune)
        zones = reference.zones_at(place.commune, question.day)
        aids = services.aids.for_place(question.profile, place.commune, question.day)
    except AdvisorError as error:
        card = PlaceSummary(place.id, place.commune, place.name, warning=error.message)
        return SeenPlace(card, None, f"{error.message} {error.hint}".strip())
    structures = reference.structures(commune=place.commune)
    profession = str(question.profile.get("profession") or "")
    imported = services.indicators.supply(place.commune, profession)
    indicators = [*imported, *reference.indicators("commune", place.commune)]
    zone = _zone(zones, profession)
    summary = PlaceSummary(
        place.id,
        place.commune,
        commune.name,
        **zone,
        population=_population(commune),
        supply=_supply(indicators),
        structures=_structures(structures),
        distance=_distance(commune, home),
        aids=f"Aides{NARROW}: {wording.money(aids.total)}",
    )
    return SeenPlace(summary, aids)


def _zone(zones: ZonesAtPlace, profession: str) -> dict[str, str]:
    if not profession:
        return {"warning": "Choisissez la profession pour connaître la zone."}
    entry = zones.class_for(profession)
    if entry is None:
        return {"warning": zones.why_unknown(profession) or "Zone inconnue dans ce référentiel."}
    since = _since(entry)
    until = f"jusqu’au {short_date(entry.valid_to)}" if entry.valid_to else ""
    act = ", ".join(part for part in (entry.legal_act, since, until) if part)
    others = [e.label for e in zones.zones if e.profession == profession and e.partial]
    partly = f"En partie{NARROW}: {', '.join(dict.fromkeys(others))}." if others else ""
    return {
        "zone_class": entry.zone_class,
        "zone_words": wording.capital(entry.label),
        "act": wording.capital(act),
        "warning": partly,
        "remark": " ".join(entry.remarks[:1]),
    }


def _since(entry: ZoneEntry) -> str:
    """Return since when, unless the act already says its day."""
    day = entry.valid_from
    if day is None or f"{day.day} {MONTHS[day.month - 1]} {day.year}" in entry.legal_act:
        return ""
    return f"depuis le {short_date(day)}"


def _population(commune: Commune) -> str:
    if commune.population is None:
        return "population non disponible"
    year = f" ({commune.population_year})" if commune.population_year else ""
    return f"{number(commune.population)} hab.{year}"


def _structures(structures: Sequence[Structure]) -> str:
    if not structures:
        return "aucune structure connue ici"
    counts = Counter(SHORT_KIND.get(str(one.kind), str(one.kind)) for one in structures)
    words = wording.STRUCTURE_KIND
    named = (counted(n, words.get(kind, kind), words.get(kind, kind)) for kind, n in counts.items())
    return ", ".join(named)


def _supply(indicators: Sequence[Indicator]) -> str:
    held = [one for one in indicators if one.figure.value is not None][:MOST_INDICATORS]
    if not held:
        return NO_SUPPLY
    return "\u202f; ".join(
        f"{one.label}{NARROW}: {number(one.figure.value or 0)} {one.figure.unit}"
        + (f" ({one.figure.year})" if one.figure.year else "")
        for one in held
    )


def _distance(commune: Commune, home: Commune | None) -> str:
    if home is None or home.code == commune.code:
        return ""
    far = distance_km(home, commune)
    return "" if far is None else f"{far:.0f} km de {home.name} (vol d’oiseau)"
