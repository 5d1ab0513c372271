"""Aids asked by an adviser: one place, the places of an interview, a whole département."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from advisor.config import Home
from advisor.domain.aids.aid import Status
from advisor.domain.cases.appointment import (
    AppointmentStatus,
    CandidatePlace,
    Interview,
    Permanence,
    Slot,
)
from advisor.domain.cases.people import Professional
from advisor.domain.cases.profile import read_profile
from advisor.errors import BadDataError, NotFoundError, RefusedError
from advisor.services.aids import AidService
from advisor.services.place_reading import PlaceReading
from advisor.services.reference import Reference

DAY = date(2026, 2, 1)
DOCTOR: dict[str, Any] = {
    "profession": "medecin_generaliste",
    "status": "remplacant",
    "sector": "1",
    "exercise": "groupe",
    "first_installation": True,
    "installation_date": "2026-01-05",
    "previous_aids": [],
}


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reference]:
    opened = Reference(Home(tmp_path_factory.mktemp("home")))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def aids(reference: Reference) -> AidService:
    return AidService(reference, today=lambda: DAY)


def check_many_places_read_as_one(reference: Reference, codes: list[str]) -> None:
    for day in (date(2013, 1, 1), date(2016, 1, 1), date(2024, 6, 30), DAY):
        profile = read_profile({**DOCTOR, "installation_date": "2025-03-01"})
        together = PlaceReading(reference, profile, day, None).many(codes)
        alone = PlaceReading(reference, profile, day, None)
        for code, facts in zip(codes, together, strict=True):
            one = alone.one(code)
            assert (facts.code, facts.name, facts.population) == (
                one.code,
                one.name,
                one.population,
            )
            for shared, own in zip(facts.zones, one.zones, strict=True):
                assert [
                    (z.profession, z.scheme, z.zone_class, z.partial) for z in shared.zones
                ] == [(z.profession, z.scheme, z.zone_class, z.partial) for z in own.zones], code
                assert [(g.profession, g.scheme) for g in shared.unknown] == [
                    (g.profession, g.scheme) for g in own.unknown
                ], code


def test_many_places_read_together_have_the_classes_of_each_read_alone(
    reference: Reference,
) -> None:
    codes = [place.code for place in reference.communes()]
    assert len(codes) > 100
    check_many_places_read_as_one(reference, codes)


def test_every_fiftieth_commune_of_france_too(full_home: Path) -> None:
    reference = Reference(Home(full_home))
    codes = [place.code for place in reference.communes()][::50]
    check_many_places_read_as_one(reference, codes)
    reference.close()


def test_ranked_places_have_the_money_of_their_own_evaluation(
    reference: Reference, aids: AidService
) -> None:
    codes = reference.codes_of_departement("77")
    ranked = aids.rank(DOCTOR, codes, DAY)
    assert {one.code for one in ranked} == set(codes)
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)
    for one in ranked[::25]:
        assert aids.for_place(DOCTOR, one.code, DAY).total.high == one.total_max


def test_a_limit_keeps_the_best(reference: Reference, aids: AidService) -> None:
    codes = reference.codes_of_departement("93")
    assert aids.rank(DOCTOR, codes, DAY, 3) == aids.rank(DOCTOR, codes, DAY)[:3]


def test_a_home_commune_makes_near_places_better(reference: Reference, aids: AidService) -> None:
    codes = ["77379", "77288"]
    (best, *_) = aids.rank({**DOCTOR, "home_commune": "77379"}, codes, DAY)
    said = [why for why in best.why if "domicile" in why]
    assert said
    without = aids.rank(DOCTOR, codes, DAY)[0]
    assert any("non compté" in why and "omicile" in why for why in without.why)


def test_a_secondary_practice_knows_where_the_main_one_is(aids: AidService) -> None:
    facts = aids.facts({**DOCTOR, "main_practice_commune": "92040"}, "91286", DAY)
    assert facts.main_practice is not None
    assert facts.main_practice.code == "92040"
    assert (
        aids.facts({**DOCTOR, "main_practice_commune": "91286"}, "91286", DAY).main_practice is None
    )


def test_an_unknown_place_and_a_bad_value_are_refused(aids: AidService) -> None:
    with pytest.raises(NotFoundError):
        aids.for_place(DOCTOR, "00000", DAY)
    with pytest.raises(NotFoundError):
        aids.rank(DOCTOR, ["77288", "00000"], DAY)
    with pytest.raises(BadDataError):
        aids.for_place({**DOCTOR, "sector": "9"}, "77288", DAY)


def test_an_aid_is_refused_or_open_by_the_class_of_its_place(aids: AidService) -> None:
    found = {one.id: one for one in aids.for_place(DOCTOR, "91286", DAY).aids}
    assert found["aide_ponctuelle_zip"].status is Status.ELIGIBLE
    assert found["aide_ponctuelle_zac"].status is Status.NOT_ELIGIBLE


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"date": "2018-01-15"}, BadDataError),
        ({"date": "jamais", "commune": "77379", "acquisition": 1, "works": 1}, BadDataError),
        ({"date": "2018-01-15", "commune": "00000", "acquisition": 1, "works": 1}, NotFoundError),
        (
            {
                "scheme": "inconnu",
                "date": "2018-01-15",
                "commune": "77379",
                "acquisition": 1,
                "works": 1,
            },
            NotFoundError,
        ),
        (
            {
                "scheme": "immobilier_idf_2018",
                "date": "2030-01-15",
                "commune": "77379",
                "acquisition": 1,
                "works": 1,
            },
            RefusedError,
        ),
    ],
)
def test_a_bad_funding_request_is_refused(
    aids: AidService, given: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        aids.funding(given)


def test_each_place_of_an_interview_is_told_with_its_own_facts(aids: AidService) -> None:
    whole = Interview(
        id="1",
        permanence=Permanence("1", "77", DAY, "Melun"),
        professional=Professional("1", "Exemple", "Alix", "medecin_generaliste"),
        status=AppointmentStatus.BOOKED,
        slot=Slot(None, 30),
        profile=DOCTOR,
        places=(
            CandidatePlace("1", "77379", "Provins", 1),
            CandidatePlace("2", "91286", "Grigny", 2),
        ),
    )
    told = [
        reason.explanation.partition("(")[2]
        for found in aids.for_interview(whole, DAY)
        for answer in found.aids
        if answer.id == "isere_maitre_stage"
        for reason in answer.reasons
        if reason.condition == "departement"
    ]
    assert told == ["département 77).", "département 91)."]
