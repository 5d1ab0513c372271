"""What an adviser can ask about aids: worked out for a place, ranked over places, funding.

Reads the reference, hands facts to the domain's rules, decides nothing itself.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from advisor.domain.aids.aid import AidsForPlace
from advisor.domain.aids.eligibility import Evaluator
from advisor.domain.aids.funding import SchemeAnswer, work_out_schemes
from advisor.domain.aids.funding_request import FundingRequest
from advisor.domain.aids.place_facts import PlaceFacts
from advisor.domain.aids.ranking import RankedPlace, rank
from advisor.domain.cases.appointment import Interview
from advisor.domain.cases.profile import read_profile
from advisor.reference.pack.reader import Pack
from advisor.services.place_reading import PlaceReading, Quarters, quarters_by_commune
from advisor.services.reference import Reference
from advisor.services.survey import Survey


class AidService:
    """Aids of one home's reference. Profiles are as typed; codes are INSEE codes."""

    def __init__(self, reference: Reference, today: Callable[[], date] = date.today) -> None:
        self._reference = reference
        self._today = today
        self._quarters_of: tuple[Pack, Quarters | None] | None = None

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
        evaluator, reading = self._evaluator(profile, when), self._reading(profile, when)
        return tuple(evaluator.in_full(reading.one(place.commune)) for place in whole.places)

    def funding(self, given: Mapping[str, Any]) -> tuple[SchemeAnswer, ...]:
        """Return one scheme, or every scheme open on the date, worked out for a project.

        ``given`` is the contract's input; raises BadDataError, NotFoundError, RefusedError.
        """
        request = FundingRequest.read(given)
        place = self._reading({}, request.day).one(request.commune)
        return work_out_schemes(self._reference.pack.funding_schemes(), given, place)

    def rank(
        self, profile: Mapping[str, Any], within: Sequence[str], day: date, limit: int | None = None
    ) -> list[RankedPlace]:
        """Return the places of ``within`` (INSEE codes), best first, each with its reasons."""
        evaluator = self._evaluator(profile, day)
        survey = Survey(self._reference, read_profile(profile), day)
        candidates = (
            survey.candidate(facts, evaluator.for_place(facts))
            for facts in self._reading(profile, day).many(within)
        )
        return rank(candidates, self._reference.pack.ranking_criteria(), limit)

    def facts(self, profile: Mapping[str, Any], code: str, day: date) -> PlaceFacts:
        """Return what the rules may know of a place for this profile."""
        return self._reading(profile, day).one(code)

    def _reading(self, profile: Mapping[str, Any], day: date) -> PlaceReading:
        return PlaceReading(self._reference, read_profile(profile), day, self._quarters())

    def _quarters(self) -> Quarters | None:
        """Read the quarters once for each pack opened."""
        pack = self._reference.pack
        if self._quarters_of is None or self._quarters_of[0] is not pack:
            self._quarters_of = (pack, quarters_by_commune(self._reference))
        return self._quarters_of[1]

    def _evaluator(self, profile: Mapping[str, Any], day: date) -> Evaluator:
        return Evaluator(self._reference.pack.aids(), profile, day)


def profile_of(whole: Interview) -> dict[str, Any]:
    """Return an interview's profile with the profession of the person received."""
    return {"profession": whole.professional.profession or None, **whole.profile}
