"""What an adviser can ask about aids: worked out for a place, ranked over places, funding.

Reads the reference, hands facts to the domain's rules, decides nothing itself.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from advisor.domain.aid import AidsForPlace
from advisor.domain.appointment import Interview
from advisor.domain.eligibility import Evaluator
from advisor.domain.funding import SchemeAnswer, work_out_schemes
from advisor.domain.funding_request import FundingRequest
from advisor.domain.place_facts import PlaceFacts, place_facts
from advisor.domain.profile import days_looked_at, read_profile
from advisor.domain.ranking import RankedPlace, rank
from advisor.services.reference import Reference
from advisor.services.survey import Survey


class AidService:
    """Aids of one home's reference. Profiles are as typed; codes are INSEE codes."""

    def __init__(self, reference: Reference, today: Callable[[], date] = date.today) -> None:
        self._reference = reference
        self._today = today

    def for_place(self, profile: Mapping[str, Any], code: str, day: date) -> AidsForPlace:
        """Return the whole catalogue for one profile and place.

        Raises NotFoundError for an unknown place, BadDataError for a bad value of the profile.
        """
        facts = self.facts(profile, code, day)
        return self._evaluator(profile, day).for_place(facts)

    def for_interview(self, whole: Interview, day: date | None = None) -> tuple[AidsForPlace, ...]:
        """Return the aids of each candidate place of an interview, in their order."""
        when = day or self._today()
        profile = profile_of(whole)
        evaluator = self._evaluator(profile, when)
        return tuple(
            evaluator.for_place(self.facts(profile, place.commune, when)) for place in whole.places
        )

    def funding(self, given: Mapping[str, Any]) -> tuple[SchemeAnswer, ...]:
        """Return one scheme, or every scheme open on the date, worked out for a project.

        ``given`` is the contract's input; raises BadDataError, NotFoundError, RefusedError.
        """
        request = FundingRequest.read(given)
        place = self._place(request.commune, [request.day], None)
        return work_out_schemes(self._reference.pack.funding_schemes(), given, place)

    def rank(
        self, profile: Mapping[str, Any], within: Sequence[str], day: date, limit: int | None = None
    ) -> list[RankedPlace]:
        """Return the places of ``within`` (INSEE codes), best first, each with its reasons."""
        evaluator = self._evaluator(profile, day)
        survey = Survey(self._reference, read_profile(profile), day)
        candidates = (
            survey.candidate(facts, evaluator.for_place(facts))
            for facts in (self.facts(profile, code, day) for code in within)
        )
        return rank(candidates, self._reference.pack.ranking_criteria(), limit)

    def facts(self, profile: Mapping[str, Any], code: str, day: date) -> PlaceFacts:
        """Return what the rules may know of a place for this profile."""
        known = read_profile(profile)
        days = days_looked_at(known, day)
        facts = self._place(code, days, known.get("qpv"))
        main = known.get("main_practice_commune")
        if main and main != facts.code:
            facts = facts.with_main_practice(self._place(str(main), days, None))
        return facts

    def _place(self, code: str, days: Iterable[date], named_qpv: str | None) -> PlaceFacts:
        commune = self._reference.commune(code)
        return place_facts(
            commune,
            lambda day: self._reference.zones_at(commune.code, day, None, named_qpv),
            days,
            self._qpv_of(commune.code),
        )

    def _qpv_of(self, code: str) -> tuple[str, ...] | None:
        held = self._reference.pack.territories(commune=code, kind="qpv")
        if held:
            return tuple(territory.id for territory in held)
        return () if self._reference.pack.territories(kind="qpv") else None

    def _evaluator(self, profile: Mapping[str, Any], day: date) -> Evaluator:
        return Evaluator(self._reference.pack.aids(), profile, day)


def profile_of(whole: Interview) -> dict[str, Any]:
    """Return an interview's profile with the profession of the person received."""
    return {"profession": whole.professional.profession or None, **whole.profile}
