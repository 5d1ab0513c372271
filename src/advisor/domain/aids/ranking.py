"""Ranks places for a profile by declared criteria; each place says why it stands where it is.

True on paper; no database, no window. A criterion without data is left out and said, it never
counts as zero.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from advisor.domain.aids.aid import AidsForPlace, Status
from advisor.domain.aids.place_facts import PlaceFacts
from advisor.domain.words.french import euros, number_text
from advisor.domain.words.wording import counted
from advisor.domain.zones.classes import label_of

AROUND_KM = 10  # how far a structure still counts as near


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


@dataclass(frozen=True, slots=True)
class Measure:
    """How a criterion is measured: ``share`` from 0 to 1, None without data; ``words`` tell it.

    Words are only written for the places that are kept.
    """

    share: Callable[[Criterion, Candidate], float | None]
    words: Callable[[Candidate], str]


def _count(candidate: Candidate, status: Status) -> int:
    return sum(answer.status is status for answer in candidate.aids.aids)


def _eligible_share(criterion: Criterion, candidate: Candidate) -> float:
    return min(1.0, candidate.aids.total.low / criterion.full)


def _eligible_words(candidate: Candidate) -> str:
    aids = counted(_count(candidate, Status.ELIGIBLE), "aide acquise", "aides acquises")
    return f"{aids}, {euros(candidate.aids.total.low)} chiffrés"


def _more(candidate: Candidate) -> float:
    return candidate.aids.total.high - candidate.aids.total.low


def _to_verify_share(criterion: Criterion, candidate: Candidate) -> float:
    return min(1.0, _more(candidate) / criterion.full)


def _to_verify_words(candidate: Candidate) -> str:
    aids = counted(_count(candidate, Status.TO_VERIFY), "aide à vérifier", "aides à vérifier")
    return f"{aids}, jusqu’à {euros(_more(candidate))} de plus"


def _zone_share(criterion: Criterion, candidate: Candidate) -> float | None:
    return criterion.scores.get(candidate.zone_class or "")


def _zone_words(candidate: Candidate) -> str:
    return label_of(candidate.zone_class or "")


def _population_share(criterion: Criterion, candidate: Candidate) -> float | None:
    held = candidate.place.population
    return None if held is None else min(1.0, held / criterion.full)


def _population_words(candidate: Candidate) -> str:
    return f"{number_text(candidate.place.population or 0)} habitants"


def _supply_share(criterion: Criterion, candidate: Candidate) -> float | None:
    return None if candidate.supply is None else max(0.0, 1 - candidate.supply / criterion.full)


def _supply_words(candidate: Candidate) -> str:
    held = number_text(round((candidate.supply or 0) * 100))
    return f"offre à {held}\u202f% de la moyenne"


def _structures_share(criterion: Criterion, candidate: Candidate) -> float | None:
    held = candidate.structures
    return None if held is None else min(1.0, held / criterion.full)


def _structures_words(candidate: Candidate) -> str:
    return f"{counted(candidate.structures or 0, 'structure')} à moins de {AROUND_KM} km"


def _distance_share(criterion: Criterion, candidate: Candidate) -> float | None:
    held = candidate.distance
    return None if held is None else max(0.0, 1 - held / criterion.full)


def _distance_words(candidate: Candidate) -> str:
    return f"à {number_text(round(candidate.distance or 0))} km du domicile"


MEASURES: Mapping[str, Measure] = {
    "aids_eligible": Measure(_eligible_share, _eligible_words),
    "aids_to_verify": Measure(_to_verify_share, _to_verify_words),
    "zone": Measure(_zone_share, _zone_words),
    "population": Measure(_population_share, _population_words),
    "supply": Measure(_supply_share, _supply_words),
    "structures": Measure(_structures_share, _structures_words),
    "distance": Measure(_distance_share, _distance_words),
}


def _points(candidate: Candidate, criteria: Sequence[Criterion]) -> float:
    """Return the score out of 100, over the criteria that have data."""
    points = weights = 0.0
    for criterion in criteria:
        share = MEASURES[criterion.id].share(criterion, candidate)
        if share is not None:
            points += criterion.weight * share
            weights += criterion.weight
    return round(100 * points / weights, 1) if weights else 0.0


def _why(criterion: Criterion, candidate: Candidate) -> str:
    measure = MEASURES[criterion.id]
    share = measure.share(criterion, candidate)
    if share is None:
        return f"{criterion.label}\u202f: non compté, donnée non disponible"
    gained = number_text(round(criterion.weight * share, 1))
    whole = number_text(criterion.weight)
    return f"{criterion.label}\u202f: {measure.words(candidate)} ({gained}/{whole})"


def score(candidate: Candidate, criteria: Sequence[Criterion]) -> RankedPlace:
    """Return one place with its score out of 100 and why."""
    return RankedPlace(
        candidate.place.code,
        candidate.place.name,
        _points(candidate, criteria),
        tuple(_why(criterion, candidate) for criterion in criteria),
        candidate.aids.total.high,
    )


def rank(
    candidates: Iterable[Candidate], criteria: Sequence[Criterion], limit: int | None = None
) -> list[RankedPlace]:
    """Return the places, best first; equal scores by the money possible, then by name."""

    def order(candidate: Candidate) -> tuple[float, float, str, str]:
        place, possible = candidate.place, candidate.aids.total.high
        return -_points(candidate, criteria), -possible, place.name, place.code

    kept = sorted(candidates, key=order)[:limit]
    return [score(candidate, criteria) for candidate in kept]


def standings(found: Sequence[RankedPlace]) -> dict[str, int]:
    """Return the rank of each place, best first; equal scores share the rank of the first."""
    held: dict[str, int] = {}
    before = rank = 0.0
    for at, place in enumerate(found, start=1):
        rank = rank if at > 1 and place.score == before else at
        held[place.code], before = int(rank), place.score
    return held


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
