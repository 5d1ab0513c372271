"""The acceptance cases, worked out by hand from the sources, through the command line."""

import json
from pathlib import Path
from typing import Any

import pytest
from cli_runner import Advisor

CASES = Path(__file__).resolve().parents[1] / "cases"


def cases(name: str) -> list[Any]:
    found = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["id"]) for case in found]


def for_pack(case: dict[str, Any], request: pytest.FixtureRequest) -> Advisor:
    """Return the command line on the pack the case needs."""
    wants_full = case.get("needs", "").startswith("full pack")
    found: Advisor = request.getfixturevalue("full_reader" if wants_full else "reader")
    return found


@pytest.mark.parametrize("case", cases("zones"))
def test_a_zone_has_the_class_of_its_act(
    case: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    words = ("--profession", case["profession"], "--date", case["date"])
    ran = for_pack(case, request)("zones", case["commune"], *words, "--json")
    assert ran.status == 0, ran.err
    whole = [z["class"] for z in ran.data["zones"] if not z["partial"]]
    assert whole == [case["class"]]


@pytest.mark.parametrize("case", cases("aids"))
def test_an_aid_is_worked_out_as_by_hand(
    case: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    ran = for_pack(case, request)(
        "aids",
        *("--profile", "-", "--commune", case["commune"], "--date", case["date"], "--json"),
        stdin=json.dumps(case["profile"]),
    )
    assert ran.status == 0, ran.out
    found = {aid["id"]: aid for aid in ran.data["aids"]}
    for name, wanted in case["expect"].items():
        assert found[name]["status"] == wanted["status"], found[name]["reasons"]
        if "total" in wanted:
            assert found[name]["amount"]["total"] == wanted["total"]
        if "missing" in wanted:
            assert set(wanted["missing"]) <= set(found[name]["missing"])
        parts = {c["id"]: c["value"] for c in (found[name]["amount"] or {}).get("components", [])}
        for part, value in wanted.get("components", {}).items():
            assert parts[part] == value


@pytest.mark.parametrize("case", cases("funding"))
def test_a_grant_is_worked_out_as_by_hand(
    case: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    ran = for_pack(case, request)(
        "funding", "--input", "-", "--json", stdin=json.dumps(case["input"])
    )
    assert ran.status == 0, ran.out
    (scheme,) = ran.data["schemes"]
    assert scheme["id"] == case["input"]["scheme"]
    assert scheme["grant"] == {"min": case["expect"]["min"], "max": case["expect"]["max"]}


@pytest.mark.parametrize("case", cases("search"))
def test_the_first_answer_of_the_search_is_right(
    case: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    ran = for_pack(case, request)("communes", case["typed"], "--json")
    assert ran.status == 0
    assert ran.data["communes"][0]["code"] == case["first"]
