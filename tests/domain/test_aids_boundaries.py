"""Days and figures where an answer changes, over the whole catalogue, as the sources print them."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from advisor.domain.aids.aid import AidAnswer, AidsForPlace, Money
from advisor.domain.aids.amounts import refund_on_exit
from advisor.domain.aids.eligibility import evaluate
from advisor.domain.aids.rules import Aid
from advisor.reference.files.aid_files import load_aids

from .places import example_place

CATALOGUE: tuple[Aid, ...] = load_aids(Path(__file__).resolve().parents[2] / "data" / "aids")
GP: Mapping[str, Any] = {
    "profession": "medecin_generaliste",
    "sector": "1",
    "exercise": "groupe",
    "days_per_week": 4,
    "first_installation": True,
    "previous_aids": [],
}


def asked(day: str, place: Mapping[str, Any], **profile: Any) -> AidsForPlace:
    when, whole = date.fromisoformat(day), {**GP, **profile}
    return evaluate(CATALOGUE, whole, example_place(place, whole, when), when)


def answer(found: AidsForPlace, aid: str) -> AidAnswer:
    return next(one for one in found.aids if one.id == aid)


def status(found: AidsForPlace, aid: str) -> str:
    return str(answer(found, aid).status)


def total(found: AidsForPlace, aid: str) -> tuple[float, float] | None:
    amount = answer(found, aid).amount
    return (amount.total.low, amount.total.high) if amount and amount.total else None


def test_a_doctor_installed_in_december_2025_gets_the_old_contract_and_not_the_new_aid() -> None:
    found = asked("2025-12-20", {"zone": "ZIP"}, installation_date="2025-12-15")
    assert (status(found, "caim"), total(found, "caim")) == ("eligible", (50000, 50000))
    assert status(found, "aide_ponctuelle_zip") == "not_eligible"


def test_a_doctor_installed_in_january_2026_gets_the_new_aid_and_not_the_old_contract() -> None:
    found = asked("2026-02-01", {"zone": "ZIP"}, installation_date="2026-01-05")
    assert status(found, "caim") == "not_eligible"
    assert total(found, "aide_ponctuelle_zip") == (10000, 10000)


def test_a_doctor_of_december_2025_who_signed_nothing_has_no_conventional_installation_aid() -> (
    None
):
    found = asked("2026-02-01", {"zone": "ZIP"}, installation_date="2025-12-15")
    closed = ("caim", "cotram", "coscom", "cstm", "aide_ponctuelle_zip", "aide_ponctuelle_zac")
    assert {status(found, name) for name in (*closed, "majoration_fmt_primo")} == {"not_eligible"}


@pytest.mark.parametrize(
    ("days", "euros"), [(4, 50000), (3.5, 43750), (3, 37500), (2.5, 31250), (5, 50000)]
)
def test_the_contract_of_2016_is_paid_by_days_worked(days: float, euros: float) -> None:
    found = asked("2024-05-01", {"zone": "ZIP"}, installation_date="2024-04-01", days_per_week=days)
    assert total(found, "caim") == (euros, euros)
    amount = answer(found, "caim").amount
    assert amount is not None
    assert [part.amount for part in amount.schedule] == [euros / 2, euros / 2]


def test_two_days_a_week_are_refused_whatever_another_page_says() -> None:
    found = asked("2024-05-01", {"zone": "ZIP"}, installation_date="2024-04-01", days_per_week=2)
    assert status(found, "caim") == "not_eligible"
    assert any("URSSAF" in remark for remark in answer(found, "caim").remarks)


def test_leaving_after_thirty_months_of_sixty_pays_half_back() -> None:
    aid = next(one for one in CATALOGUE if one.id == "caim")
    assert aid.refund_months == 60
    assert refund_on_exit(50000, 30, aid.refund_months) == 25000
    assert refund_on_exit(50000, 60, aid.refund_months) == 0


@pytest.mark.parametrize(
    ("day", "yearly"), [("2019-02-09", 20000), ("2019-02-10", 50000), ("2025-12-31", 50000)]
)
def test_the_solidarity_contract_changes_its_rate_on_10_february_2019(
    day: str, yearly: float
) -> None:
    found = asked(
        day,
        {"zone": "ZIP", "main_zone": "ZAC"},
        main_practice_commune="92040",
        fees_in_zone=240000,
    )
    amount = answer(found, "cstm").amount
    assert amount is not None
    assert amount.components[0].value == Money(yearly, yearly)
    assert status(found, "cstm") == "eligible"


@pytest.mark.parametrize(
    ("day", "expected"), [("2030-03-19", "not_eligible"), ("2030-03-20", "eligible")]
)
@pytest.mark.parametrize(
    ("aid", "earlier"),
    [("aide_ponctuelle_zip", "caim"), ("collectivite_installation", "collectivite_installation")],
)
def test_ten_years_run_from_the_signature_of_the_last_convention(
    day: str, expected: str, aid: str, earlier: str
) -> None:
    found = asked(
        day,
        {"zone": "ZIP"},
        installation_date="2030-03-01",
        previous_aids=[{"id": earlier, "signed": "2020-03-20"}],
    )
    assert status(found, aid) == expected


def test_ten_years_do_not_bind_an_aid_of_another_category() -> None:
    caim_before = [{"id": "caim", "signed": "2020-03-20"}]
    found = asked("2026-02-01", {"zone": "ZIP"}, previous_aids=caim_before)
    assert status(found, "collectivite_installation") == "eligible"


@pytest.mark.parametrize(
    ("day", "zrr", "frr"),
    [
        ("2011-01-01", "to_verify", "not_eligible"),
        ("2010-12-31", "not_eligible", "not_eligible"),
        ("2024-06-30", "to_verify", "not_eligible"),
        ("2024-07-01", "not_eligible", "to_verify"),
        ("2029-12-31", "not_eligible", "to_verify"),
        ("2030-01-01", "not_eligible", "not_eligible"),
    ],
)
def test_tax_relief_changes_name_the_day_the_list_changes(day: str, zrr: str, frr: str) -> None:
    found = asked(day, {}, installation_date=day)
    assert status(found, "zrr_44quindecies") == zrr
    assert status(found, "frr_44quindecies_a") == frr


@pytest.mark.parametrize(
    ("day", "expected"), [("2025-12-31", "eligible"), ("2026-01-01", "not_eligible")]
)
def test_a_zone_franche_urbaine_ends_with_2025(day: str, expected: str) -> None:
    place = {"fiscal": {"zfu": True}}
    found = asked(day, place, installation_date=day, kind_of_installation="creation")
    assert status(found, "zfu_44octies_a") == expected


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (("2025-07-01", "2026-01-01", "2026-10-30"), "eligible"),
        (("2025-06-30", "2025-12-30", "2026-10-30"), "not_eligible"),
        (("2026-01-01", "2026-06-30", "2026-10-30"), "not_eligible"),
        (("2025-07-01", "2026-01-02", "2026-10-30"), "not_eligible"),
        (("2025-12-31", "2026-06-30", "2026-10-30"), "eligible"),
        (("2025-12-31", "2026-06-30", "2026-10-31"), "not_eligible"),
    ],
)
def test_the_contract_of_hauts_de_france_tests_three_dates(
    dates: tuple[str, str, str], expected: str
) -> None:
    installed, filed, signed = dates
    found = asked(
        signed,
        {"zone": "ZAC", "region": "32", "departement": "80"},
        installation_date=installed,
        application_date=filed,
        signature_date=signed,
    )
    assert status(found, "crai_hdf_2025") == expected


@pytest.mark.parametrize(
    ("day", "expected"), [("2023-12-31", "eligible"), ("2024-01-02", "not_eligible")]
)
def test_an_installer_signs_a_first_years_contract_until_the_end_of_2023(
    day: str, expected: str
) -> None:
    found = asked(day, {"zone": "ZIP"}, status="installe", installation_date=day)
    assert status(found, "cde") == expected


@pytest.mark.parametrize(
    ("days", "share", "months", "expected"),
    [
        (29, 0.8, 11, "eligible"),
        (28, 0.8, 11, "not_eligible"),
        (29, 0.79, 11, "not_eligible"),
        (29, 0.8, 12, "not_eligible"),
    ],
)
def test_a_replacement_needs_29_days_and_80_per_cent_in_the_zone(
    days: int, share: float, months: int, expected: str
) -> None:
    found = asked(
        "2024-06-01",
        {"zone": "ZAC"},
        status="remplacant",
        replacement_days_in_quarter=days,
        share_in_zone=share,
        replacement_registered_months=months,
    )
    assert status(found, "cde") == expected


@pytest.mark.parametrize(
    ("day", "zone", "income", "expected"),
    [
        ("2025-09-01", "ZIP", 69999, "eligible"),
        ("2025-09-01", "ZIP", 70000, "not_eligible"),
        ("2025-09-01", "ZAC", 69999, "not_eligible"),
        ("2024-09-01", "ZIP", 69999, "not_eligible"),
        ("2026-09-01", "ZIP", 69999, "not_eligible"),
    ],
)
def test_a_retired_doctor_is_relieved_in_2025_under_70_000_euros_in_a_zip(
    day: str, zone: str, income: int, expected: str
) -> None:
    found = asked(day, {"zone": zone}, status="retraite", annual_income=income)
    assert status(found, "cumul_emploi_retraite_zip") == expected


def test_figures_that_differ_between_pages_are_both_given() -> None:
    midwife = {"profession": "sage_femme", "installation_date": "2024-02-01"}
    place = {"zone": "tres_sous_dotee"}
    again = asked("2024-03-01", place, **midwife, first_installation=False)
    assert total(again, "caisf") == (28000, 34000)
    there = asked("2024-03-01", place, **midwife, status="installe")
    assert total(there, "camsf") == (9000, 12000)
