"""Declared conditions on earlier aids: once in a career, ten years, contracts still running.

True on paper; no database, no window. Ten years: articles D1511-47 CGCT and D162-1-11-1 CSS
(décret 2025-231), counted from the signature of the last convention.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from advisor.domain.aids.contract_time import plus_years
from advisor.domain.aids.situation import Situation, Term
from advisor.domain.aids.verdict import Verdict, every, no, unknown, yes
from advisor.domain.words.french import day_text

TEN = 10
TEN_YEAR_RULE_FROM = date(2025, 3, 15)
NOTHING_SAID = "aides déjà reçues à renseigner"


def earlier(situation: Situation, ids: Iterable[str]) -> list[Mapping[str, Any]]:
    """Return the listed earlier aids whose id is wanted."""
    wanted = frozenset(ids)
    return [aid for aid in situation.value("previous_aids") or () if aid["id"] in wanted]


@dataclass(frozen=True, slots=True)
class NeverBefore:
    """The aid is given once: none of ``ids`` was ever received.

    ``strict`` is the once-in-a-career rule, for which saying nothing leaves a doubt.
    """

    ids: tuple[str, ...]
    strict: bool = True

    def verdict(self, situation: Situation) -> Verdict:
        """Judge the list of earlier aids."""
        if situation.value("previous_aids") is None and self.strict:
            return unknown("previous_aids", detail=NOTHING_SAID)
        found = earlier(situation, self.ids)
        return no("déjà reçue") if found else yes()


@dataclass(frozen=True, slots=True)
class TenYears:
    """No aid of the same category was signed in the ten years before the new request.

    ``perhaps`` are aids of which the texts do not say whether the category is the same;
    the rule binds requests made from ``since`` on.
    """

    ids: tuple[str, ...]
    perhaps: tuple[str, ...] = ()
    since: date = TEN_YEAR_RULE_FROM

    def verdict(self, situation: Situation) -> Verdict:
        """Judge from the date of the request, whatever the zone."""
        asked = situation.date_of("request") or situation.day
        if asked < self.since:
            return yes(f"règle applicable depuis le {day_text(self.since)}")
        if situation.value("previous_aids") is None:
            return unknown("previous_aids", detail=NOTHING_SAID)
        sure = [_within(aid, asked, doubt=False) for aid in earlier(situation, self.ids)]
        unsure = [_within(aid, asked, doubt=True) for aid in earlier(situation, self.perhaps)]
        return every((*sure, *unsure))


def _within(aid: Mapping[str, Any], asked: date, *, doubt: bool) -> Verdict:
    signed: date | None = aid.get("signed")
    if signed is None:
        return unknown("previous_aids", detail="date de signature de l’aide précédente à préciser")
    free = plus_years(signed, TEN)
    if asked >= free:
        return yes(f"aide précédente signée le {day_text(signed)}")
    detail = f"aide signée le {day_text(signed)}, nouvelle demande possible le {day_text(free)}"
    if doubt:
        return unknown("previous_aids", detail=f"{detail} si elle est de même catégorie")
    return no(detail)


@dataclass(frozen=True, slots=True)
class NoneRunning:
    """None of the aids that exclude this one is listed and still running."""

    ids: tuple[str, ...]

    def verdict(self, situation: Situation) -> Verdict:
        """Judge only the listed aids: saying nothing raises no doubt here."""
        asked = situation.date_of("request") or situation.day
        listed = earlier(situation, self.ids)
        return every(_running(aid, asked, situation.terms.get(aid["id"], Term())) for aid in listed)


def _running(aid: Mapping[str, Any], asked: date, term: Term) -> Verdict:
    signed, ended = aid.get("signed"), aid.get("ended")
    if ended is not None and ended <= asked:
        return yes(f"aide précédente terminée le {day_text(ended)}")
    if signed is None:
        return unknown("previous_aids", detail="date de signature de l’aide en cours à préciser")
    if signed > asked:
        return yes()
    if ended is not None:
        return no(f"aide non cumulable signée le {day_text(signed)}, encore en cours")
    return _within_term(signed, asked, term)


def _within_term(signed: date, asked: date, term: Term) -> Verdict:
    if term.years is None:
        detail = f"durée de l’aide signée le {day_text(signed)} à préciser"
        return unknown("previous_aids", detail=detail)
    if asked < plus_years(signed, term.years):
        return no(f"aide non cumulable signée le {day_text(signed)}, encore en cours")
    longest = {"none": term.years, "once": 2 * term.years}.get(term.renewal)
    if longest is not None and asked >= plus_years(signed, longest):
        return yes(f"aide précédente arrivée à son terme, signée le {day_text(signed)}")
    detail = f"contrat renouvelable signé le {day_text(signed)}, à préciser"
    return unknown("previous_aids", detail=detail)
