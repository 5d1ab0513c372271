"""Ranks places for a profile by declared criteria; each place says why it stands where it is.

True on paper; no database, no window. A criterion without data is left out and said, it never
counts as zero.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from advisor.domain.aid import AidsForPlace, Status
from advisor.domain.french import euros, number_text
from advisor.domain.place_facts import PlaceFacts
from advisor.domain.zone_classes import label_of


@dataclass(frozen=True, slots=True)
class Criterion:
    """A declared criterion: what it measures, its weight, when it is full.

    ``full`` is the value that gives the whole weight (euros, inhabitants, structures), or for a
    distance the kilometres that give none; ``scores`` gives a share to each zone class.
    """

    id: str
    label: str
    weight: float
    full: float = 1
    scores: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place to rank with what is known of it; None means not held.

    ``supply`` is a share of the region's mean density, ``distance`` kilometres to home.
    """

    place: PlaceFacts
    aids: AidsForPlace
    zone_class: str | None = None
    supply: float | None = None
    structures: int | None = None
    distance: float | None = None


@dataclass(frozen=True, slots=True)
class RankedPlace:
    """A ranked place: ``score`` out of 100, ``why`` in French, ``total_max`` in euros."""

    code: str
    name: str
    score: float
    why: tuple[str, ...]
    total_max: float


Measure = Callable[[Criterion, Candidate], tuple[float, str] | None]


def _count(candidate: Candidate, status: Status) -> int:
    return sum(answer.status is status for answer in candidate.aids.aids)


def _eligible(criterion: Criterion, candidate: Candidate) -> tuple[float, str]:
    money, count = candidate.aids.total.low, _count(candidate, Status.ELIGIBLE)
    share = min(1.0, money / criterion.full)
    return share, f"{count} aides acquises, {euros(money)} chiffrés"


def _to_verify(criterion: Criterion, candidate: Candidate) -> tuple[float, str]:
    money = candidate.aids.total.high - candidate.aids.total.low
    count = _count(candidate, Status.TO_VERIFY)
    share = min(1.0, money / criterion.full)
    return share, f"{count} aides à vérifier, jusqu’à {euros(money)} de plus"


def _zone(criterion: Criterion, candidate: Candidate) -> tuple[float, str] | None:
    share = criterion.scores.get(candidate.zone_class or "")
    if share is None:
        return None
    return share, label_of(candidate.zone_class or "")


def _population(criterion: Criterion, candidate: Candidate) -> tuple[float, str] | None:
    held = candidate.place.population
    if held is None:
        return None
    return min(1.0, held / criterion.full), f"{number_text(held)} habitants"


def _supply(criterion: Criterion, candidate: Candidate) -> tuple[float, str] | None:
    if candidate.supply is None:
        return None
    share = max(0.0, 1 - candidate.supply / criterion.full)
    return share, f"offre à {number_text(round(candidate.supply * 100))}\u202f% de la moyenne"


def _structures(criterion: Criterion, candidate: Candidate) -> tuple[float, str] | None:
    if candidate.structures is None:
        return None
    share = min(1.0, candidate.structures / criterion.full)
    return share, f"{candidate.structures} structures autour"


def _distance(criterion: Criterion, candidate: Candidate) -> tuple[float, str] | None:
    if candidate.distance is None:
        return None
    share = max(0.0, 1 - candidate.distance / criterion.full)
    return share, f"à {number_text(round(candidate.distance))} km du domicile"


MEASURES: Mapping[str, Measure] = {
    "aids_eligible": _eligible,
    "aids_to_verify": _to_verify,
    "zone": _zone,
    "population": _population,
    "supply": _supply,
    "structures": _structures,
    "distance": _distance,
}


def score(candidate: Candidate, criteria: Sequence[Criterion]) -> RankedPlace:
    """Return one place with its score out of 100, over the criteria that have data."""
    points = weights = 0.0
    why: list[str] = []
    for criterion in criteria:
        measured = MEASURES[criterion.id](criterion, candidate)
        if measured is None:
            why.append(f"{criterion.label}\u202f: non compté, donnée non disponible")
            continue
        share, words = measured
        points += criterion.weight * share
        weights += criterion.weight
        gained = (
            f"{number_text(round(criterion.weight * share, 1))}/{number_text(criterion.weight)}"
        )
        why.append(f"{criterion.label}\u202f: {words} ({gained})")
    place = candidate.place
    total = round(100 * points / weights, 1) if weights else 0.0
    return RankedPlace(place.code, place.name, total, tuple(why), candidate.aids.total.high)


def rank(
    candidates: Iterable[Candidate], criteria: Sequence[Criterion], limit: int | None = None
) -> list[RankedPlace]:
    """Return the places, best first; equal scores by the money possible, then by name."""
    scored = [score(candidate, criteria) for candidate in candidates]
    scored.sort(key=lambda one: (-one.score, -one.total_max, one.name, one.code))
    return scored[:limit]


def read_criteria(document: Mapping[str, Any]) -> tuple[Criterion, ...]:
    """Return the criteria of a document that follows ``data/schema/ranking.schema.json``."""
    return tuple(
        Criterion(
            one["id"],
            one["label"],
            float(one["weight"]),
            float(one.get("full", 1)),
            {name: float(share) for name, share in one.get("scores", {}).items()},
        )
        for one in document["criteria"]
    )


def criteria_to_json(criteria: Sequence[Criterion]) -> str:
    """Return the criteria as JSON text, the one that ``criteria_from_json`` reads back."""
    rows = [
        {"id": c.id, "label": c.label, "weight": c.weight, "full": c.full, "scores": dict(c.scores)}
        for c in criteria
    ]
    return json.dumps({"criteria": rows}, ensure_ascii=False, sort_keys=True)


def criteria_from_json(text: str) -> tuple[Criterion, ...]:
    """Return the criteria written in JSON text by ``criteria_to_json``."""
    return read_criteria(json.loads(text))
