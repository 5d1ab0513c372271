"""What is asked, what answers in its place and how it is said, over the whole catalogue."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from advisor.domain.aids.aid import AidAnswer, AidsForPlace
from advisor.domain.aids.eligibility import evaluate
from advisor.domain.aids.funding_request import FundingRequest
from advisor.domain.aids.rules import Aid
from advisor.errors import BadDataError
from advisor.reference.files.aid_files import load_aids

from .places import example_place

CATALOGUE: tuple[Aid, ...] = load_aids(Path(__file__).resolve().parents[2] / "data" / "aids")
GP: Mapping[str, Any] = {"profession": "medecin_generaliste"}
ZIP: Mapping[str, Any] = {"zone": "ZIP"}


def asked(day: str, place: Mapping[str, Any], profile: Mapping[str, Any]) -> AidsForPlace:
    when = date.fromisoformat(day)
    return evaluate(CATALOGUE, profile, example_place(place, profile, when), when)


def answer(found: AidsForPlace, aid: str) -> AidAnswer:
    every = (*found.aids, *found.limits, *found.limits_set_aside)
    return next(one for one in every if one.id == aid)


def test_with_little_known_a_contract_asks_only_what_can_change_its_answer() -> None:
    found = asked("2024-02-01", ZIP, {**GP, "installation_date": "2024-01-05"})
    caim = answer(found, "caim")
    assert set(caim.missing) == {"sector", "days_per_week", "exercise", "previous_aids"}
    assert answer(found, "coscom").missing == ("exercise",), "any sector suits a COSCOM"


def test_the_days_that_decide_the_sum_of_a_caim_are_asked_with_both_bounds_shown() -> None:
    known = {**GP, "sector": "1", "exercise": "groupe", "previous_aids": []}
    caim = answer(asked("2024-02-01", ZIP, {**known, "installation_date": "2024-01-05"}), "caim")
    assert (str(caim.status), caim.missing) == ("to_verify", ("days_per_week",))
    assert caim.amount is not None
    assert caim.amount.total is not None
    assert (caim.amount.total.low, caim.amount.total.high) == (31250, 50000)


@pytest.mark.parametrize(
    "aid",
    [
        "aide_ponctuelle_zip",
        "aide_ponctuelle_zac",
        "aide_cabinet_secondaire_zip",
        "majoration_fmt_primo",
        "frr_44quindecies_a",
        "qpv_2026",
        "demarrage_msp_idf",
        "crai_hdf_2025",
    ],
)
def test_an_aid_that_did_not_exist_that_day_is_refused_even_with_nothing_known(aid: str) -> None:
    everywhere = {"region": "32" if "hdf" in aid else "11", "departement": "77"}
    assert str(answer(asked("2013-06-01", everywhere, GP), aid).status) == "not_eligible"


@pytest.mark.parametrize("aid", ["majoration_fmt_primo", "majoration_fmt_zip"])
def test_the_class_of_the_commune_answers_when_nobody_names_a_quarter(aid: str) -> None:
    known = {**GP, "installation_date": "2026-01-05", "first_installation": True}
    plain = answer(asked("2026-02-01", {"zone": "ZAC"}, known), aid)
    assert str(plain.status) == "not_eligible"
    assert any("indiquez lequel" in reason.explanation for reason in plain.reasons)
    named = asked("2026-02-01", {"zone": "ZAC"}, {**known, "qpv": "Les Mézereaux"})
    assert str(answer(named, aid).status) == "eligible"
    held = asked("2026-02-01", {"zone": "ZAC", "qpv": ["QP1"]}, known)
    assert answer(held, aid).missing == ("qpv",)


def test_a_doctor_settled_long_ago_has_the_local_aid_of_todays_class() -> None:
    known = {**GP, "installation_date": "2010-01-01", "previous_aids": []}
    local = answer(asked("2026-02-01", ZIP, known), "collectivite_installation")
    assert str(local.status) == "eligible"


def test_the_next_question_is_never_worth_less_than_another() -> None:
    found = asked("2026-02-01", ZIP, {**GP, "installation_date": "2026-01-05"})
    assert found.next_question is not None
    assert found.next_question.field == "sector", "and not the status, for 1 200 euros a month"


def test_a_limit_that_does_not_bind_is_listed_apart_with_its_reason() -> None:
    found = asked("2013-06-01", {"zone": "tres_sous_dotee"}, {"profession": "infirmier"})
    assert found.limits == ()
    assert [one.id for one in found.limits_set_aside] == ["conventionnement_zone_surdotee"]


def test_no_explanation_says_the_same_fact_twice() -> None:
    for profession in ("infirmier", "masseur_kinesitherapeute", "medecin_generaliste"):
        found = asked("2011-03-01", {"zone": "tres_dotee"}, {"profession": profession})
        for one in (*found.aids, *found.limits, *found.limits_set_aside):
            for reason in one.reasons:
                facts = reason.explanation.split(" (")[-1].rstrip(").").split("\u202f; ")
                assert len(facts) == len(set(facts)), reason.explanation


@pytest.mark.parametrize("aid", CATALOGUE, ids=lambda aid: aid.id)
def test_each_part_of_an_amount_has_a_name_of_its_own(aid: Aid) -> None:
    names = [part.id for part in aid.amount.components] if aid.amount else []
    assert len(names) == len(set(names))


def test_a_bad_date_of_a_funding_request_is_called_its_date() -> None:
    with pytest.raises(BadDataError) as refused:
        FundingRequest.read({"date": "2018-13-15", "commune": "77379"})
    assert "date de la demande de financement" in refused.value.message
