"""Places ranked by declared criteria: what lacks data is left out and said, never zero."""

from datetime import date
from pathlib import Path

import pytest

from advisor.domain.aids.aid import AidsForPlace, Money
from advisor.domain.aids.place_facts import PlaceFacts
from advisor.domain.aids.ranking import (
    Candidate,
    Criterion,
    criteria_from_json,
    criteria_to_json,
    rank,
    score,
)
from advisor.reference.files.funding_files import load_ranking

CRITERIA = load_ranking(Path(__file__).resolve().parents[2] / "data" / "ranking.yaml")


def candidate(
    code: str,
    *,
    sure: float = 0,
    possible: float = 0,
    population: int | None = None,
    zone_class: str | None = None,
    distance: float | None = None,
) -> Candidate:
    aids = AidsForPlace(code, date(2026, 2, 1), (), (), None, Money(sure, sure + possible))
    place = PlaceFacts(code, f"Commune {code}", population=population)
    return Candidate(place, aids, zone_class=zone_class, distance=distance)


def test_more_money_that_is_sure_stands_before_more_money_to_verify() -> None:
    ranked = rank([candidate("a", possible=10000), candidate("b", sure=10000)], CRITERIA)
    assert [one.code for one in ranked] == ["b", "a"]
    assert ranked[0].total_max == 10000


@pytest.mark.parametrize("better", ["ZIP", "tres_sous_dotee", "deficitaire"])
def test_a_place_more_in_need_stands_before_another(better: str) -> None:
    ranked = rank([candidate("a", zone_class="HZ"), candidate("b", zone_class=better)], CRITERIA)
    assert ranked[0].code == "b"


def test_a_criterion_without_data_is_left_out_and_said() -> None:
    only = (Criterion("population", "Population", 10, 10000), Criterion("zone", "Zone", 90))
    found = score(candidate("a", population=10000), only)
    assert found.score == 100
    assert found.why == (
        "Population\u202f: 10\u202f000 habitants (10/10)",
        "Zone\u202f: non compté, donnée non disponible",
    )


def test_a_place_nearer_home_stands_before_a_farther_one() -> None:
    ranked = rank([candidate("a", distance=50), candidate("b", distance=5)], CRITERIA)
    assert [one.code for one in ranked] == ["b", "a"]


def test_only_as_many_places_as_asked_are_given() -> None:
    assert len(rank([candidate(str(n)) for n in range(9)], CRITERIA, 3)) == 3


def test_criteria_written_as_json_read_back_the_same() -> None:
    assert criteria_from_json(criteria_to_json(CRITERIA)) == CRITERIA
