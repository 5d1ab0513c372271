"""How answers are built: three values, reasons, what is missing, the next question, the totals."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from advisor.domain.aids.aid import Status
from advisor.domain.aids.combination import best_total
from advisor.domain.aids.document import read_aid
from advisor.domain.aids.eligibility import Evaluator, evaluate
from advisor.domain.aids.rule_reading import read_rule
from advisor.domain.aids.rules import Aid
from advisor.errors import BadDataError

from .places import example_place

DAY = date(2026, 2, 1)
TRUE: Mapping[str, Any] = {"field": "status", "is": "installe"}
FALSE: Mapping[str, Any] = {"field": "status", "is": "retraite"}
OPEN: Mapping[str, Any] = {"field": "sector", "is": "1"}
OTHER: Mapping[str, Any] = {"field": "exercise", "is": "groupe"}


def aid(name: str, *rules: Mapping[str, Any], **more: Any) -> Aid:
    conditions = [
        {"id": f"c{index}", "text": f"Condition {index}", "rule": rule}
        for index, rule in enumerate(rules)
    ]
    return read_aid(
        {
            "id": name,
            "title": name,
            "category": "Essai",
            "payer": "CPAM",
            "confidence": "A",
            "source": {"document": "essai"},
            "conditions": conditions,
            **more,
        }
    )


def paying(name: str, euros: float, *rules: Mapping[str, Any], **more: Any) -> Aid:
    part = {"id": "forfait", "kind": "lump", "value": euros}
    return aid(name, *rules, amount={"basis": "essai", "components": [part]}, **more)


def worked(*aids: Aid, place: Mapping[str, Any] | None = None, **profile: Any) -> Any:
    whole = {"profession": "medecin_generaliste", "status": "installe", **profile}
    return evaluate(
        aids, whole, example_place({"zone": "ZIP"} if place is None else place, whole, DAY), DAY
    )


@pytest.mark.parametrize(
    ("rule", "expected", "missing"),
    [
        ({"all": [TRUE, OPEN]}, "to_verify", ("sector",)),
        ({"all": [FALSE, OPEN]}, "not_eligible", ()),
        ({"any": [TRUE, OPEN]}, "eligible", ()),
        ({"any": [OPEN, TRUE]}, "eligible", ()),
        ({"any": [FALSE, OPEN]}, "to_verify", ("sector",)),
        ({"any": [OPEN, OTHER]}, "to_verify", ("sector",)),
        ({"not": OPEN}, "to_verify", ("sector",)),
        ({"not": FALSE}, "eligible", ()),
        ({"not_settled": "décret attendu"}, "to_verify", ()),
    ],
)
def test_three_values_follow_strong_kleene_logic(
    rule: Mapping[str, Any], expected: str, missing: tuple[str, ...]
) -> None:
    (answer,) = worked(aid("a", rule)).aids
    assert (str(answer.status), answer.missing) == (expected, missing)


def test_a_condition_already_false_refuses_even_when_others_are_missing() -> None:
    (answer,) = worked(aid("a", OPEN, FALSE, OTHER)).aids
    assert answer.status is Status.NOT_ELIGIBLE
    assert answer.missing == ()
    assert answer.amount is None
    assert [str(reason.status) for reason in answer.reasons] == [
        "to_verify",
        "not_eligible",
        "to_verify",
    ]


def test_each_reason_is_a_french_sentence_with_what_was_answered() -> None:
    (answer,) = worked(aid("a", OPEN, TRUE)).aids
    assert [reason.explanation for reason in answer.reasons] == [
        "Condition 0\u202f: à vérifier (secteur à renseigner).",
        "Condition 1\u202f: oui (statut\u202f: Installé).",
    ]


def test_what_the_sources_leave_open_is_never_more_than_to_verify() -> None:
    (answer,) = worked(aid("a", TRUE, not_settled=["Décret attendu."])).aids
    assert answer.status is Status.TO_VERIFY
    assert answer.not_settled == ("Décret attendu.",)


def test_an_unknown_zone_is_missing_and_never_a_refusal() -> None:
    (answer,) = worked(aid("a", {"zone": ["ZIP"]}), place={}).aids
    assert (answer.status, answer.missing) == (Status.TO_VERIFY, ("zone",))
    assert "liste non détenue" in answer.reasons[0].explanation


def test_the_next_question_is_the_field_that_settles_the_most_money() -> None:
    found = worked(
        paying("small", 3000, OTHER),
        paying("large", 10000, OPEN),
        paying("both", 90000, OPEN, OTHER),
    )
    assert (found.next_question.field, found.next_question.stake) == ("sector", 10000)


def test_the_money_of_one_aid_is_shared_when_it_hangs_on_two_answers() -> None:
    found = worked(paying("both", 90000, OPEN, OTHER))
    assert found.next_question.stake == 45000


def test_nothing_is_asked_when_only_the_zone_is_missing() -> None:
    assert worked(paying("a", 5000, {"zone": ["ZIP"]}), place={}).next_question is None


def test_the_total_runs_from_what_is_sure_to_what_is_possible() -> None:
    found = worked(paying("sure", 10000, TRUE), paying("open", 5000, OPEN), paying("no", 9, FALSE))
    assert (found.total.low, found.total.high) == (10000, 15000)


def test_aids_that_exclude_each_other_are_not_added() -> None:
    found = worked(
        paying("a", 10000, TRUE, exclusive_with=["b"]),
        paying("b", 6000, TRUE),
        paying("c", 5000, TRUE, exclusive_with=["b"]),
    )
    assert found.total.low == 15000
    assert [answer.exclusive_with for answer in found.aids] == [("b",), ("a", "c"), ("b",)]


def test_the_best_set_is_found_even_against_the_largest_aid() -> None:
    conflicts = {
        "big": frozenset({"x", "y"}),
        "x": frozenset({"big"}),
        "y": frozenset({"big"}),
    }
    assert best_total({"big": 10, "x": 6, "y": 6}, conflicts) == 12


@pytest.mark.parametrize(
    ("earlier", "expected"),
    [
        ([], "eligible"),
        (None, "eligible"),
        ([{"id": "b", "signed": "2024-06-01"}], "not_eligible"),
        ([{"id": "b", "signed": "2022-06-01"}], "eligible"),
        ([{"id": "b", "signed": "2024-06-01", "ended": "2026-01-31"}], "eligible"),
        ([{"id": "b"}], "to_verify"),
        ([{"id": "tacit", "signed": "2022-06-01"}], "to_verify"),
        ([{"id": "other", "signed": "2025-06-01"}], "eligible"),
    ],
)
def test_cumul_refuses_only_against_a_listed_aid_that_still_runs(
    earlier: list[Mapping[str, str]] | None, expected: str
) -> None:
    found = worked(
        aid("a", TRUE, exclusive_with=["b", "tacit"]),
        aid("b", TRUE, term={"years": 3}),
        aid("tacit", TRUE, term={"years": 3, "renewal": "tacit"}),
        aid("other", TRUE),
        previous_aids=earlier,
    )
    assert str(found.aids[0].status) == expected


def test_a_limit_is_told_apart_and_only_when_it_may_bind() -> None:
    binding, free = aid("binding", TRUE, limit=True), aid("free", FALSE, limit=True)
    found = worked(binding, free, aid("a", TRUE))
    assert [answer.id for answer in found.aids] == ["a"]
    assert [answer.id for answer in found.limits] == ["binding"]
    assert [answer.id for answer in found.limits_set_aside] == ["free"]


def test_the_sheet_is_told_when_the_main_practice_is_assumed() -> None:
    assert "cabinet principal" in worked(aid("a", TRUE)).notes[0]
    assert worked(aid("a", TRUE), first_installation=True).notes == ()


def test_a_field_no_rule_knows_is_said_and_changes_nothing() -> None:
    found = worked(aid("a", TRUE), couleur="bleu", first_installation=True)
    assert found.notes == ("Champ non utilisé par les règles\u202f: couleur.",)


@pytest.mark.parametrize(
    ("field", "value", "label"),
    [
        ("sector", "3", "Secteur"),
        ("birth_year", "jeune", "Année de naissance"),
        ("share_in_zone", 80, "Part d’activité dans la zone"),
        ("installation_date", "31/02/2026", "Date d’installation"),
        ("first_installation", "peut-être", "Première installation"),
        ("previous_aids", "caim", "Aides déjà reçues"),
        ("fees_in_zone", -5, "Honoraires dans la zone"),
        ("project", {"kind": "château"}, "Type de structure"),
    ],
)
def test_a_bad_value_is_refused_in_french_and_names_its_field(
    field: str, value: object, label: str
) -> None:
    with pytest.raises(BadDataError) as refused:
        worked(aid("a", TRUE), **{field: value})
    assert label in refused.value.message
    assert refused.value.hint


@pytest.mark.parametrize(
    ("typed", "expected"), [("oui", Status.ELIGIBLE), ("non", Status.NOT_ELIGIBLE), (None, None)]
)
def test_a_profile_may_be_typed_as_words(typed: str | None, expected: Status | None) -> None:
    rule = {"field": "first_installation", "is": True}
    (answer,) = worked(aid("a", rule), first_installation=typed).aids
    assert answer.status is (expected or Status.TO_VERIFY)


def test_two_places_with_the_same_facts_get_the_same_answers_under_their_own_code() -> None:
    profile = {"profession": "medecin_generaliste", "status": "installe"}
    evaluator = Evaluator((aid("a", {"zone": ["ZIP"]}),), profile, DAY)
    one, two, other = (
        evaluator.for_place(example_place({"zone": zone, "code": code}, profile, DAY))
        for code, zone in (("77001", "ZIP"), ("77002", "ZIP"), ("77003", "ZAC"))
    )
    assert (one.commune, two.commune) == ("77001", "77002")
    assert one.aids is two.aids
    assert other.aids[0].status is Status.NOT_ELIGIBLE


@pytest.mark.parametrize(
    "rule",
    [
        {"champ": "sector", "is": "1"},
        {"field": "couleur", "is": "bleu"},
        {"field": "sector"},
        {"field": "sector", "is": "1", "date": "asked"},
        {"date": "demain"},
        {"place": "altitude", "is": 3},
        {"elapsed": ["installation_date", "asked"], "less_than": 1},
    ],
)
def test_a_rule_badly_written_is_refused_before_it_is_used(rule: Mapping[str, Any]) -> None:
    with pytest.raises(BadDataError):
        read_rule(rule)
