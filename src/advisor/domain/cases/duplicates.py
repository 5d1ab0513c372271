"""Two records that seem to be one professional: how likely, and what says so.

True on paper; no database. A name alone never says it: homonyms are two people. What both records
hold and that differs speaks against.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

LEAST = 60  # out of 100 or more: what is proposed
AGAINST = 15
LONGEST_GROUP = 50  # records of one name looked at two by two
FRENCH_PREFIX = re.compile(r"^(?:\+|00)33")


class Sign(StrEnum):
    """What two records share."""

    NAME = "name"
    PROFESSION = "profession"
    PHONE = "phone"
    EMAIL = "email"
    DEPARTEMENT = "departement"


POINTS = {
    Sign.NAME: 40,
    Sign.PROFESSION: 20,
    Sign.PHONE: 30,
    Sign.EMAIL: 30,
    Sign.DEPARTEMENT: 10,
}
WORDS = {
    Sign.NAME: "même nom",
    Sign.PROFESSION: "même profession",
    Sign.PHONE: "même téléphone",
    Sign.EMAIL: "même courriel",
    Sign.DEPARTEMENT: "même département",
}


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What is compared of a professional; ``departements`` are those of their interviews too."""

    id: str
    nom: str
    prenom: str
    profession: str
    telephone: str = ""
    email: str = ""
    departements: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two ids in order, what they share, and how much that weighs."""

    ids: tuple[str, str]
    why: tuple[Sign, ...]
    score: int


def find_duplicates(people: Iterable[PersonFacts]) -> list[Duplicate]:
    """Return the pairs worth a look, the likeliest first."""
    groups: dict[tuple[str, ...], list[PersonFacts]] = {}
    for one in people:
        key = name_key(one.nom, one.prenom)
        if one.nom.strip() and one.prenom.strip() and one.profession:
            groups.setdefault((*key, one.profession), []).append(one)
    pairs = (
        compared(one, other)
        for group in groups.values()
        for one, other in combinations(sorted(group, key=lambda x: x.id)[:LONGEST_GROUP], 2)
    )
    found = [one for one in pairs if one.score >= LEAST and len(one.why) > 2]  # noqa: PLR2004  (more than name and profession)
    return sorted(found, key=lambda one: (-one.score, one.ids))


def compared(one: PersonFacts, other: PersonFacts) -> Duplicate:
    """Weigh two records that bear one name."""
    shared, against = [Sign.NAME], 0
    if one.profession == other.profession:
        shared.append(Sign.PROFESSION)
    for sign, mine, theirs in (
        (Sign.PHONE, phone_key(one.telephone), phone_key(other.telephone)),
        (Sign.EMAIL, one.email.strip().casefold(), other.email.strip().casefold()),
    ):
        if mine and mine == theirs:
            shared.append(sign)
        elif mine and theirs:
            against += AGAINST
    if one.departements & other.departements:
        shared.append(Sign.DEPARTEMENT)
    first, second = sorted((one.id, other.id))
    return Duplicate((first, second), tuple(shared), sum(POINTS[s] for s in shared) - against)


def name_key(nom: str, prenom: str) -> tuple[str, ...]:
    """Return what is the same for « MARTIN Élodie », « Elodie Martin » and « martin, élodie »."""
    plain = unicodedata.normalize("NFKD", f"{nom} {prenom}".replace("œ", "oe").casefold())
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    return tuple(sorted(re.findall(r"[a-z0-9]+", letters)))


def phone_key(text: str) -> str:
    """Return the digits of a number as dialled in France, empty when there are too few."""
    digits = re.sub(r"\D", "", FRENCH_PREFIX.sub("0", re.sub(r"[\s.()-]", "", text)))
    return digits if len(digits) >= 9 else ""  # noqa: PLR2004  (the shortest full number)
