"""The interpreter: a catalogue of declared aids, a profile, a place, a day → the answers.

True on paper; no database, no window. Three answers, never two: a condition already false
refuses even when others are missing, anything else unknown is to be verified.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from advisor.domain.aids.aid import AidAnswer, AidsForPlace, Money, NextQuestion, Reason, Status
from advisor.domain.aids.amounts import at_stake, work_out
from advisor.domain.aids.catalogue import Catalogue, prepared
from advisor.domain.aids.combination import best_total
from advisor.domain.aids.conditions_history import NoneRunning
from advisor.domain.aids.next_question import next_question
from advisor.domain.aids.place_facts import PlaceFacts
from advisor.domain.aids.place_signature import PlaceReader
from advisor.domain.aids.rules import Aid, Condition
from advisor.domain.aids.situation import Situation
from advisor.domain.aids.verdict import Verdict, every
from advisor.domain.cases.profile import read_profile, unknown_fields

WORDS = {
    Status.ELIGIBLE: "oui",
    Status.NOT_ELIGIBLE: "non",
    Status.TO_VERIFY: "à vérifier",
}
WORDS_THAT_PAY = (Status.ELIGIBLE, Status.TO_VERIFY)
PROFESSION = "profession"
WHOLE_SENTENCES = ("Le ", "La ", "Les ", "Ce ", "Aucun", "Rien ")
CUMUL = "Ne pas avoir déjà une aide en cours qui exclut celle-ci"
MAIN_PRACTICE_ASSUMED = (
    "Cabinet principal non précisé\u202f: le lieu examiné est pris comme cabinet principal."
)


@dataclass(frozen=True)
class Evaluator:
    """Answers for one profile and day, place after place; same facts, same answers remembered.

    Raises BadDataError when the profile holds a bad value.
    """

    catalogue: tuple[Aid, ...]
    raw_profile: Mapping[str, Any]
    day: date

    @cached_property
    def profile(self) -> Mapping[str, Any]:
        """The profile in its own types, unknown fields left out."""
        return read_profile(self.raw_profile)

    @cached_property
    def _rules(self) -> Catalogue:
        return prepared(self.catalogue)

    @cached_property
    def _reader(self) -> PlaceReader:
        return PlaceReader.of(self._rules, self.profile, self.day)

    @cached_property
    def _remembered(self) -> dict[tuple[Any, ...], AidsForPlace]:
        return {}

    def for_place(self, place: PlaceFacts) -> AidsForPlace:
        """Return every aid of the catalogue for a place, worked out once for places alike.

        Verdicts and figures are the place's own; an explanation may name the facts of the first
        place alike (its département, its population): ``in_full`` words each place afresh.
        """
        key = self._reader.signature(place)
        held = self._remembered.get(key)
        if held is None:
            held = self._remembered[key] = self._work_out(place)
        return held if held.commune == place.code else replace(held, commune=place.code)

    def in_full(self, place: PlaceFacts) -> AidsForPlace:
        """Return every aid of the catalogue, each explanation naming this very place's facts."""
        return self._work_out(place)

    def _work_out(self, place: PlaceFacts) -> AidsForPlace:
        situation = Situation(self.profile, place, self.day, self._rules.terms)
        answers = [(aid, self._answer(aid, situation)) for aid in self.catalogue]
        aids = tuple(answer for aid, answer in answers if not aid.is_limit)
        limits = [answer for aid, answer in answers if aid.is_limit]
        return AidsForPlace(
            commune=place.code,
            day=self.day,
            aids=aids,
            limits=tuple(one for one in limits if one.status is not Status.NOT_ELIGIBLE),
            next_question=self._question(aids),
            total=self._total(aids),
            notes=self._notes(),
            limits_set_aside=tuple(one for one in limits if one.status is Status.NOT_ELIGIBLE),
        )

    def _question(self, aids: tuple[AidAnswer, ...]) -> NextQuestion | None:
        return next_question(aids, self.profile)

    def _total(self, aids: Sequence[AidAnswer]) -> Money:
        sure = {a.id: at_stake(a.amount).low for a in aids if a.status is Status.ELIGIBLE}
        open_too = {a.id: at_stake(a.amount).high for a in aids if a.status in WORDS_THAT_PAY}
        return Money(
            best_total(sure, self._rules.conflicts), best_total(open_too, self._rules.conflicts)
        )

    def _answer(self, aid: Aid, situation: Situation) -> AidAnswer:
        judged = _judged(aid, situation)
        cumul = self._cumul(aid, situation)
        if cumul is not None:
            judged.append(cumul)
        verdict = every(found for _, found in judged)
        status = verdict.status
        if status is Status.ELIGIBLE and aid.not_settled:
            status = Status.TO_VERIFY
        refused = status is Status.NOT_ELIGIBLE
        return AidAnswer(
            id=aid.id,
            title=aid.title,
            status=status,
            amount=None if refused else work_out(aid.amount, situation),
            reasons=tuple(_reason(one, found) for one, found in judged),
            missing=() if refused else verdict.missing,
            payer=aid.payer,
            counterpart=aid.counterpart,
            exclusive_with=tuple(sorted(self._rules.conflicts.get(aid.id, ()))),
            legal_refs=aid.legal_refs,
            source=aid.source,
            valid_from=aid.valid_from,
            valid_to=aid.valid_to,
            confidence=aid.confidence,
            category=aid.category,
            not_settled=aid.not_settled,
            remarks=(*aid.remarks, *(() if refused else verdict.remarks)),
            verified_on=aid.verified_on,
        )

    def _cumul(self, aid: Aid, situation: Situation) -> tuple[Condition, Verdict] | None:
        """Judge listed aids that exclude this one and still run; silent when none is listed."""
        others = self._rules.conflicts.get(aid.id, frozenset())
        if not others or not situation.value("previous_aids"):
            return None
        rule = NoneRunning(tuple(sorted(others)))
        return Condition("cumul", CUMUL, rule), rule.verdict(situation)

    def _notes(self) -> tuple[str, ...]:
        notes = [
            f"Champ non utilisé par les règles\u202f: {n}."
            for n in unknown_fields(self.raw_profile)
        ]
        profile = self.profile
        if (
            not profile.get("main_practice_commune")
            and profile.get("first_installation") is not True
        ):
            notes.append(MAIN_PRACTICE_ASSUMED)
        return tuple(notes)


def _judged(aid: Aid, situation: Situation) -> list[tuple[Condition, Verdict]]:
    """Judge each condition; an aid of another profession is refused for that reason alone."""
    found = []
    for condition in aid.conditions:
        verdict = condition.rule.verdict(situation)
        found.append((condition, verdict))
        if condition.id == PROFESSION and verdict.status is Status.NOT_ELIGIBLE:
            return [(condition, verdict)]
    return found


def _reason(condition: Condition, verdict: Verdict) -> Reason:
    own = {Status.NOT_ELIGIBLE: condition.if_no, Status.TO_VERIFY: condition.if_unknown}
    sentence = own.get(verdict.status, "")
    if not sentence:
        sentence = f"{condition.text}\u202f: {WORDS[verdict.status]}{_told(verdict.detail)}."
    return Reason(condition.id, verdict.status, sentence, condition.legal_ref)


def _told(detail: str) -> str:
    """Write what was seen after the answer: whole sentences on their own, facts in brackets."""
    if not detail:
        return ""
    detail = detail.rstrip(".")
    return f". {detail}" if detail.startswith(WHOLE_SENTENCES) else f" ({detail})"


def evaluate(
    catalogue: Sequence[Aid], profile: Mapping[str, Any], place: PlaceFacts, day: date
) -> AidsForPlace:
    """Return every aid of the catalogue for one profile and place, each id exactly once.

    ``total.min`` counts the eligible aids, ``total.max`` those to be verified too, each with the
    best of what excludes itself. Raises BadDataError when the profile holds a bad value.
    """
    return Evaluator(tuple(catalogue), profile, day).for_place(place)
