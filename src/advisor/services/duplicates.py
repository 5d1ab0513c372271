"""Records that seem to be one professional: shown side by side, merged with a trace, or kept two.

The merge is an entry of the journal that travels; « these are two people » stays on this home.
"""

from dataclasses import dataclass

from advisor.domain.cases.appointment import Interview
from advisor.domain.cases.changes import Changes
from advisor.domain.cases.duplicates import Duplicate, PersonFacts, find_duplicates
from advisor.domain.cases.people import Professional
from advisor.services.desk import Desk
from advisor.store.unit_of_work import Reading

TWO_PEOPLE = "two_people"


@dataclass(frozen=True, slots=True)
class Twin:
    """One of the two records: the person, and their interviews, the newest first."""

    person: Professional
    interviews: tuple[Interview, ...]


@dataclass(frozen=True, slots=True)
class Twins:
    """Two records that seem to be one person; the first is the one to keep."""

    duplicate: Duplicate
    kept: Twin
    other: Twin

    @property
    def id(self) -> str:
        """Return what names this pair."""
        return "/".join(self.duplicate.ids)


class Duplicates:
    """What an adviser can do about them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def proposed(self) -> list[Twins]:
        """Return the pairs nobody decided about yet, the likeliest first."""
        with self._desk.read() as look:
            people = _people(look)
            refused = set(look.settings.get(TWO_PEOPLE, []))
        facts = [_facts(one) for one in people.values()]
        found = [one for one in find_duplicates(facts) if "/".join(one.ids) not in refused]
        return [_twins(one, *(people[key] for key in one.ids)) for one in found]

    def merge(self, duplicate: str, into: str) -> Changes:
        """Give the interviews of ``duplicate`` to ``into``, by an entry that travels."""
        with self._desk.write() as work:
            work.merge_person(duplicate, into)
        return work.changes

    def keep_two(self, pair: str) -> None:
        """Keep that the two records of a pair are two people: never proposed again here."""
        with self._desk.write() as work:
            known = set(work.settings.get(TWO_PEOPLE, []))
            work.settings.keep(TWO_PEOPLE, sorted(known | {pair}))


def _people(look: Reading) -> dict[str, Twin]:
    held: dict[str, list[Interview]] = {}
    for one in look.interviews.find():
        held.setdefault(one.professional.id, []).append(one)
    return {key: Twin(ones[0].professional, tuple(ones)) for key, ones in held.items()}


def _facts(one: Twin) -> PersonFacts:
    person = one.person
    where = frozenset(interview.permanence.departement for interview in one.interviews)
    names = (person.nom, person.prenom, person.profession, person.telephone, person.email)
    return PersonFacts(person.id, *names, where)


def _twins(duplicate: Duplicate, one: Twin, other: Twin) -> Twins:
    """Keep the record that has the most interviews, the older one when they have as many."""
    kept, rest = sorted((one, other), key=_weight)
    return Twins(duplicate, kept, rest)


def _weight(one: Twin) -> tuple[int, str]:
    return (-len(one.interviews), one.person.id)
