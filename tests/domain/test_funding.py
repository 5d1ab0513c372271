"""Funding schemes: rates, ceilings, both readings of an uplift, dates and places."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from advisor.domain.aids.aid import Money
from advisor.domain.aids.funding import SchemeAnswer, work_out_schemes
from advisor.domain.aids.funding_rules import scheme_from_json, scheme_to_json
from advisor.errors import BadDataError, NotFoundError, RefusedError
from advisor.reference.files.funding_files import load_funding

from .places import example_place

SCHEMES = load_funding(Path(__file__).resolve().parents[2] / "data" / "funding")


def answers(
    place: Mapping[str, Any], day: str = "2018-01-15", **project: Any
) -> tuple[SchemeAnswer, ...]:
    raw = {"date": day, "commune": "77379", **project}
    return work_out_schemes(SCHEMES, raw, example_place(place, {}, date.fromisoformat(day)))


def grant(found: tuple[SchemeAnswer, ...]) -> tuple[float, float]:
    (one,) = found
    assert one.grant is not None
    return one.grant.low, one.grant.high


def test_an_uplift_is_answered_with_both_readings() -> None:
    found = answers(
        {"zone": "fragile"}, scheme="immobilier_idf_2018", acquisition=300000, works=120000
    )
    assert grant(found) == (168000, 210000)
    assert [(one.id, one.grant) for one in found[0].readings] == [
        ("subvention_majoree", Money(210000, 210000)),
        ("plafond_majore", Money(168000, 168000)),
    ]
    assert (found[0].rate, found[0].ceiling, found[0].uplift) == (0.4, 200000, 0.25)


def test_above_the_ceiling_out_of_any_fragile_zone_only_the_ceiling_is_paid() -> None:
    found = answers(
        {"zone": "hors_zonage"}, scheme="immobilier_idf_2018", acquisition=500000, works=100000
    )
    assert grant(found) == (200000, 200000)
    assert found[0].uplift == 0


def test_above_the_ceiling_in_a_fragile_zone_the_readings_differ() -> None:
    found = answers({"zone": "deficitaire"}, scheme="immobilier_idf_2018", acquisition=550000)
    assert grant(found) == (220000, 250000)


def test_an_unknown_zone_leaves_the_uplift_to_be_verified() -> None:
    found = answers({}, scheme="immobilier_idf_2018", acquisition=300000, works=120000)
    assert grant(found) == (168000, 210000)
    assert found[0].uplift is None
    assert any("zone du lieu inconnue" in remark for remark in found[0].remarks)


@pytest.mark.parametrize(
    ("spent", "expected"), [(420000, (105000, 189000)), (2000000, (400000, 400000))]
)
def test_the_scale_of_2023_is_a_range_under_its_ceiling(
    spent: float, expected: tuple[float, float]
) -> None:
    found = answers({}, "2024-01-15", scheme="immobilier_idf_2023", works=spent)
    assert grant(found) == expected
    assert found[0].rate == {"min": 0.25, "max": 0.45}


@pytest.mark.parametrize(
    ("kind", "expected"), [("msp", 126000 + 50000), ("structure_coordination", 50000 + 50000)]
)
def test_the_region_funds_works_and_equipment_apart(kind: str, expected: float) -> None:
    found = answers(
        {},
        "2024-01-15",
        scheme="region_idf_structure",
        kind=kind,
        acquisition=300000,
        works=120000,
        equipment=100000,
    )
    assert grant(found) == (expected, expected)


@pytest.mark.parametrize(
    ("practitioners", "expected"),
    [(1, (15000, 15000)), (2, (30000, 30000)), (4, (30000, 30000)), (None, (15000, 30000))],
)
def test_a_ceiling_per_person_stays_under_the_ceiling_of_the_practice(
    practitioners: int | None, expected: tuple[float, float]
) -> None:
    found = answers(
        {"zone": "ZIP"},
        "2024-01-15",
        scheme="region_idf_professionnel",
        works=100000,
        practitioners=practitioners,
    )
    assert grant(found) == expected


def test_a_scheme_without_a_printed_rate_gives_no_figure() -> None:
    (found,) = answers({"zone": "ZIP"}, "2024-01-15", scheme="demarrage_msp_idf", works=500000)
    assert (found.grant, found.rate, found.ceiling) == (None, None, 100000)


def test_without_a_scheme_every_one_open_there_that_day_is_worked_out() -> None:
    in_2018 = {one.id for one in answers({"zone": "fragile"}, "2018-01-15", works=10000)}
    in_2024 = {one.id for one in answers({"zone": "ZIP"}, "2024-01-15", works=10000)}
    assert "immobilier_idf_2018" in in_2018 - in_2024
    assert "immobilier_idf_2023" in in_2024 - in_2018
    isere = answers({"departement": "38", "region": "84"}, "2024-06-01", works=10000)
    assert [one.id for one in isere] == ["isere_immobilier"]


@pytest.mark.parametrize(
    ("place", "day", "refused"),
    [
        ({"zone": "fragile"}, "2023-09-15", "date"),
        ({"zone": "fragile"}, "2017-08-31", "date"),
        ({"region": "32", "departement": "02"}, "2018-01-15", "territoire"),
    ],
)
def test_a_scheme_closed_or_elsewhere_says_so(
    place: Mapping[str, Any], day: str, refused: str
) -> None:
    with pytest.raises(RefusedError, match=refused):
        answers(place, day, scheme="immobilier_idf_2018", works=10000)


def test_an_unknown_scheme_names_those_that_exist() -> None:
    with pytest.raises(NotFoundError) as refused:
        answers({}, scheme="tombola")
    assert "immobilier_idf_2018" in refused.value.hint


@pytest.mark.parametrize("field", ["acquisition", "practitioners", "date", "kind"])
def test_a_bad_project_is_refused_in_french(field: str) -> None:
    with pytest.raises(BadDataError):
        work_out_schemes(
            SCHEMES,
            {"date": "2018-01-15", "commune": "77379", field: "beaucoup"},
            example_place({}, {}, date(2018, 1, 15)),
        )


def test_a_scheme_written_as_json_reads_back_the_same() -> None:
    assert [scheme_from_json(scheme_to_json(one)) for one in SCHEMES] == list(SCHEMES)
