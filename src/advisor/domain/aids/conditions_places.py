"""Declared conditions on the place: its class, fiscal lists, population, region, quartiers.

True on paper; no database, no window.
"""

from dataclasses import dataclass
from typing import Any

from advisor.domain.aids.conditions import compare
from advisor.domain.aids.situation import Situation
from advisor.domain.aids.verdict import Verdict, no, settled, unknown, yes
from advisor.domain.cases.profile import named_quarter
from advisor.domain.words.french import day_text, number_text
from advisor.domain.zones.classes import label_of


@dataclass(frozen=True, slots=True)
class ZoneRule:
    """The class of the place for the person's profession on a named date.

    ``at`` are date names, the first known one is used, else the day asked. ``perhaps`` are
    classes for which the text does not say. ``of_main`` looks at the main practice instead.
    ``profession`` replaces the person's own.
    """

    classes: tuple[str, ...]
    at: tuple[str, ...] = ("asked",)
    perhaps: tuple[str, ...] = ()
    of_main: bool = False
    profession: str = ""

    def verdict(self, situation: Situation) -> Verdict:
        """Judge the class; an unknown class is to be verified, never « hors zone »."""
        profession = self.profession or situation.value("profession")
        if not profession:
            return unknown("profession", detail="profession à renseigner")
        place = situation.main_place if self.of_main else situation.place
        day = situation.first_date(self.at)
        if place is None:
            return unknown("zone", detail="zone du cabinet principal non lue")
        entry = place.zone(profession, day)
        if entry is None:
            return unknown("zone", detail=place.why_unknown(profession, day))
        label = label_of(entry.zone_class)
        detail = f"{label} au {day_text(day)}"
        if entry.legal_act:
            detail += f", {entry.legal_act}"
        if entry.zone_class in self.perhaps:
            return unknown("zone", detail=f"{detail}\u202f: équivalence non imprimée")
        found = yes if entry.zone_class in self.classes else no
        return found(detail, entry.remarks)


@dataclass(frozen=True, slots=True)
class FiscalRule:
    """The place is on a fiscal list (zrr, frr, zfu) on a named date."""

    scheme: str
    at: tuple[str, ...] = ("installation_date",)

    def verdict(self, situation: Situation) -> Verdict:
        """Judge the list; a list not held, or held for a part only, is to be verified."""
        day = situation.first_date(self.at)
        fact = situation.place.fiscal(self.scheme, day)
        name = self.scheme.upper()
        if fact.inside is None:
            return unknown("zone", detail=fact.reason)
        words = "classée" if fact.inside else "non classée"
        return settled(fulfilled=fact.inside, detail=f"{words} {name} au {day_text(day)}")


@dataclass(frozen=True, slots=True)
class PlaceRule:
    """Compares a fact of the place: departement, region, epci, code or population."""

    fact: str
    operator: str
    expected: Any

    def verdict(self, situation: Situation) -> Verdict:
        """Judge the fact."""
        held = getattr(situation.place, self.fact)
        if held is None or held == "":
            return unknown("zone", detail="donnée non disponible dans ce référentiel")
        return settled(
            fulfilled=compare(held, self.operator, self.expected),
            detail=self._tell(held, situation.place.departement),
        )

    def _tell(self, held: Any, departement: str) -> str:
        if self.fact == "population":
            return f"{number_text(held)} habitants"
        return f"département {departement}" if self.fact in ("departement", "region") else ""


@dataclass(frozen=True, slots=True)
class QpvRule:
    """The practice is in a quartier prioritaire.

    ``if_not_held`` is the answer when the profile names none and the pack holds no list of
    quartiers (None: to be verified).
    """

    if_not_held: bool | None = None

    def verdict(self, situation: Situation) -> Verdict:
        """Judge from the profile's ``qpv``, else from a commune known to have none."""
        named = situation.value("qpv")
        if named is not None:
            inside = named_quarter(situation.profile) is not None
            return settled(fulfilled=inside, detail=f"quartier\u202f: {named}")
        if situation.place.qpv == ():
            return no("aucun quartier prioritaire dans la commune")
        if situation.place.qpv is None and self.if_not_held is not None:
            return settled(fulfilled=self.if_not_held, detail="aucun quartier prioritaire indiqué")
        return unknown("qpv", detail="quartier prioritaire à renseigner")


@dataclass(frozen=True, slots=True)
class MainPracticeRule:
    """The place asked is, or is not, the main practice."""

    here: bool

    def verdict(self, situation: Situation) -> Verdict:
        """Judge; with nothing said the place asked is taken as the main practice."""
        words = "cabinet principal ici" if situation.main_is_here else "cabinet principal ailleurs"
        return settled(fulfilled=situation.main_is_here == self.here, detail=words)
