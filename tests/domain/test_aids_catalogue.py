"""Every declared aid gives the three answers its own file promises."""

import re
from pathlib import Path

import pytest

from advisor.domain.aids.aid import Status
from advisor.domain.aids.document import from_json, to_json
from advisor.domain.aids.eligibility import evaluate
from advisor.domain.aids.rules import Aid, ExampleProfile
from advisor.reference.files.aid_files import load_aids

from .places import example_place

DATA = Path(__file__).resolve().parents[2] / "data"
CATALOGUE = load_aids(DATA / "aids")
EXAMPLES = [
    pytest.param(aid, example, id=f"{aid.id}-{index}-{example.expect}")
    for aid in CATALOGUE
    for index, example in enumerate(aid.profiles)
]


def _figures(total: object) -> tuple[float, float] | None:
    if isinstance(total, dict):
        return float(total["min"]), float(total["max"])
    return None if total is None else (float(str(total)), float(str(total)))


@pytest.mark.parametrize(("aid", "example"), EXAMPLES)
def test_each_declared_profile_gets_the_answer_its_file_promises(
    aid: Aid, example: ExampleProfile
) -> None:
    place = example_place(example.place, example.profile, example.day)
    listed = {held["id"] for held in example.profile.get("previous_aids") or ()}
    near = tuple(one for one in CATALOGUE if one is aid or one.id in listed)
    found = evaluate(near, example.profile, place, example.day)
    told = (*found.aids, *found.limits, *found.limits_set_aside)
    answers = {answer.id: answer for answer in told}
    answer = answers[aid.id]
    why = [f"{reason.status}: {reason.explanation}" for reason in answer.reasons]
    assert str(answer.status) == example.expect, "\n".join(why)
    if example.total is not None:
        assert answer.amount is not None
        assert answer.amount.total is not None, answer.amount
        total = answer.amount.total
        assert (total.low, total.high) == _figures(example.total)


@pytest.mark.parametrize("aid", CATALOGUE, ids=lambda aid: aid.id)
def test_an_aid_written_as_json_reads_back_the_same(aid: Aid) -> None:
    assert from_json(to_json(aid)) == aid


@pytest.mark.parametrize("aid", CATALOGUE, ids=lambda aid: aid.id)
def test_what_the_sources_leave_open_never_shows_as_certain(aid: Aid) -> None:
    if not aid.not_settled:
        assert {example.expect for example in aid.profiles} == {str(s) for s in Status}
        return
    assert "eligible" not in {example.expect for example in aid.profiles}


@pytest.mark.parametrize("aid", CATALOGUE, ids=lambda aid: aid.id)
def test_every_sentence_keeps_french_typography(aid: Aid) -> None:
    sentences = [aid.title, aid.payer, aid.counterpart, *aid.not_settled, *aid.remarks]
    sentences += [text for one in aid.conditions for text in (one.text, one.if_no, one.if_unknown)]
    if aid.amount:
        sentences.append(aid.amount.basis)
        sentences += [part.label for part in aid.amount.components]
        sentences += [case.sentence for part in aid.amount.components for case in part.cases]
    for sentence in sentences:
        assert "'" not in sentence, sentence
        assert not re.search(r"(?<!\u202f)[;:!?€»](?=\s|$|[).,])", sentence), sentence
        assert not re.search(r"\d \d{3}|« ", sentence), sentence
