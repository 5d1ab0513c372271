"""Whatever is known of a person, the whole catalogue answers, each aid once, and never less."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.domain.aids.aid import AidsForPlace, Status
from advisor.domain.aids.eligibility import evaluate
from advisor.domain.aids.rules import Aid
from advisor.domain.cases.profile_fields import FIELDS, Field
from advisor.domain.zones.classes import DOCTORS_SINCE_2017, DOCTORS_UNTIL_2018, MIDWIVES
from advisor.reference.files.aid_files import load_aids

from .places import example_place

CATALOGUE: tuple[Aid, ...] = load_aids(Path(__file__).resolve().parents[2] / "data" / "aids")
IDS = sorted(aid.id for aid in CATALOGUE if not aid.is_limit)
DAYS = st.dates(date(2011, 1, 1), date(2031, 12, 31))
NUMBERS = st.one_of(st.integers(0, 3000), st.sampled_from([2.5, 70000, 240000]))
KINDS: Mapping[str, st.SearchStrategy[Any]] = {
    "bool": st.booleans(),
    "integer": st.integers(0, 3000),
    "number": NUMBERS,
    "money": NUMBERS,
    "share": st.floats(0, 1),
    "date": DAYS.map(str),
    "text": st.sampled_from(["75119", "aucun", "Europe"]),
    "list": st.lists(
        st.fixed_dictionaries({"id": st.sampled_from(IDS)}, optional={"signed": DAYS.map(str)}),
        max_size=3,
    ),
}


def values(field: Field) -> st.SearchStrategy[Any]:
    if field.kind == "choice":
        return st.sampled_from([code for code, _ in field.choices])
    if field.kind == "object":
        inside = {n.partition(".")[2]: values(f) for n, f in FIELDS.items() if "." in n}
        return st.fixed_dictionaries({}, optional=inside)
    most = field.highest
    if most is not None:
        whole = st.integers(0, most)
        return whole if field.kind == "integer" else st.one_of(whole, st.just(2.5))
    return KINDS[field.kind]


PROFILES = st.fixed_dictionaries(
    {}, optional={name: values(field) for name, field in FIELDS.items() if "." not in name}
)
ALWAYS_OPEN = ("sector", "study_year", "birth_year", "tax_regime", "annual_income", "profession")
CLASSES = ("", *DOCTORS_UNTIL_2018, *DOCTORS_SINCE_2017, *MIDWIVES)
PLACES = st.fixed_dictionaries(
    {
        "zone": st.sampled_from(CLASSES),
        "departement": st.sampled_from(["77", "38", "02"]),
        "region": st.sampled_from(["11", "84", "32"]),
    },
    optional={"qpv": st.just([]), "population": st.integers(0, 5000)},
)


def work_out(profile: Mapping[str, Any], place: Mapping[str, Any], day: date) -> AidsForPlace:
    return evaluate(CATALOGUE, profile, example_place(place, profile, day), day)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(PROFILES, PLACES, DAYS)
def test_any_profile_gets_every_aid_once_with_reasons_and_coherent_figures(
    profile: Mapping[str, Any], place: Mapping[str, Any], day: date
) -> None:
    found = work_out(profile, place, day)
    assert sorted(answer.id for answer in found.aids) == IDS
    assert 0 <= found.total.low <= found.total.high
    for answer in found.aids:
        assert answer.reasons
        assert (answer.amount is None) or answer.status is not Status.NOT_ELIGIBLE
        assert not answer.missing or answer.status is Status.TO_VERIFY
        assert set(answer.missing) <= {*FIELDS, "zone"}
        if answer.amount and answer.amount.total:
            assert 0 <= answer.amount.total.low <= answer.amount.total.high


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(PROFILES, PLACES, DAYS, st.sampled_from(ALWAYS_OPEN))
def test_forgetting_a_fact_never_refuses_what_was_not_refused(
    profile: Mapping[str, Any], place: Mapping[str, Any], day: date, forgotten: str
) -> None:
    more = {a.id: a.status for a in work_out(profile, place, day).aids}
    less = work_out({k: v for k, v in profile.items() if k != forgotten}, place, day)
    for answer in less.aids:
        if answer.status is Status.NOT_ELIGIBLE:
            assert more[answer.id] is Status.NOT_ELIGIBLE
