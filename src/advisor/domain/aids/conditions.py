"""Declared conditions on the person, their project and their dates.

True on paper; no database, no window. Each condition is data with one method, ``verdict``;
none evaluates text as code.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import ge, gt, le, lt
from typing import Any, Protocol

from advisor.domain.aids.contract_time import plus_months
from advisor.domain.aids.situation import Situation
from advisor.domain.aids.verdict import (
    Verdict,
    either,
    every,
    negated,
    no,
    settled,
    unknown,
    yes,
)
from advisor.domain.cases.profile_fields import FIELDS, label_of
from advisor.domain.words.french import day_text, number_text


class Rule(Protocol):
    """Anything that can judge a situation."""

    def verdict(self, situation: Situation) -> Verdict:
        """Return yes, no or to be verified, with what is missing."""
        ...


COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "at_least": ge,
    "at_most": le,
    "more_than": gt,
    "less_than": lt,
}


def compare(held: Any, operator: str, expected: Any) -> bool:
    """Compare a held value with the one declared; operators are those of the README."""
    if operator == "is":
        return bool(held == expected)
    if operator == "in":
        return bool(held in expected)
    if operator == "not_in":
        return bool(held not in expected)
    if operator == "between":
        return bool(expected[0] <= held <= expected[1])
    if operator == "given":
        return bool(bool(held) == expected)
    return bool(COMPARISONS[operator](held, expected))


def value_text(name: str, value: Any) -> str:
    """Write a profile value for a French reader (« Secteur 1 », « oui », « 2,5 »)."""
    field = FIELDS.get(name)
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, date):
        return day_text(value)
    if field and field.choices:
        return dict(field.choices).get(value, str(value))
    if field and field.kind == "share":
        return f"{number_text(value * 100)}\u202f%"
    if field and field.kind == "integer":
        return str(value)
    return number_text(value) if isinstance(value, int | float) else str(value)


@dataclass(frozen=True, slots=True)
class FieldRule:
    """Compares a profile field; ``if_absent`` says what an absent value means (None: unknown)."""

    field: str
    operator: str
    expected: Any
    if_absent: bool | None = None

    def verdict(self, situation: Situation) -> Verdict:
        """Judge the field."""
        held = situation.value(self.field)
        name = label_of(self.field).lower()
        if held is None:
            if self.if_absent is not None:
                return settled(fulfilled=self.if_absent)
            return unknown(self.field, detail=f"{name} à renseigner")
        detail = f"{name}\u202f: {value_text(self.field, held)}"
        return settled(fulfilled=compare(held, self.operator, self.expected), detail=detail)


@dataclass(frozen=True, slots=True)
class DateRule:
    """A named date must fall between two days, both inclusive, None for unbounded."""

    which: str
    first: date | None
    last: date | None

    def verdict(self, situation: Situation) -> Verdict:
        """Judge the window."""
        held = situation.date_of(self.which)
        if held is None:
            return unknown(self.which, detail=f"{label_of(self.which).lower()} à renseigner")
        detail = f"{self._name(situation)} {day_text(held)}"
        if self.first and held < self.first:
            return no(f"{detail}, avant le {day_text(self.first)}")
        if self.last and held > self.last:
            return no(f"{detail}, après le {day_text(self.last)}")
        return yes(detail)

    def _name(self, situation: Situation) -> str:
        if self.which not in FIELDS or situation.profile.get(self.which) is None:
            return "à la date du"
        return f"{label_of(self.which).lower()}\u202f:"


@dataclass(frozen=True, slots=True)
class ElapsedRule:
    """Months between two named dates, compared (« installé depuis moins d’un an »)."""

    start: str
    end: str
    operator: str
    months: int

    def verdict(self, situation: Situation) -> Verdict:
        """Judge the delay; a start still to come has lasted no time at all."""
        start, end = situation.date_of(self.start), situation.date_of(self.end)
        if start is None:
            return unknown(self.start, detail=f"{label_of(self.start).lower()} à renseigner")
        if end is None:
            return unknown(self.end, detail=f"{label_of(self.end).lower()} à renseigner")
        limit = plus_months(start, self.months)
        detail = f"du {day_text(start)} au {day_text(end)}"
        return settled(fulfilled=COMPARISONS[self.operator](end, limit), detail=detail)


@dataclass(frozen=True, slots=True)
class AgeRule:
    """Age in full years on a named date, from the year of birth alone."""

    operator: str
    years: int
    at: str = "signature_date"

    def verdict(self, situation: Situation) -> Verdict:
        """Judge the age; the year of the birthday itself stays to be verified."""
        born, on = situation.value("birth_year"), situation.date_of(self.at)
        if born is None or on is None:
            return unknown("birth_year", detail="année de naissance à renseigner")
        ages = (on.year - born - 1, on.year - born)
        answers = {COMPARISONS[self.operator](age, self.years) for age in ages}
        detail = f"année de naissance\u202f: {born}"
        if len(answers) > 1:
            return unknown("birth_year", detail=f"{detail}, âge à vérifier au jour près")
        return settled(fulfilled=answers.pop(), detail=detail)


@dataclass(frozen=True, slots=True)
class NotSettled:
    """The sources leave this open: always to be verified, with the French sentence why."""

    sentence: str

    def verdict(self, situation: Situation) -> Verdict:  # noqa: ARG002 - constant by nature
        """Answer that it must be verified."""
        return unknown(detail=self.sentence)


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every rule must hold."""

    rules: tuple[Rule, ...]

    def verdict(self, situation: Situation) -> Verdict:
        """Judge them all together."""
        return every(rule.verdict(situation) for rule in self.rules)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One rule is enough; written in the order an adviser would ask."""

    rules: tuple[Rule, ...]

    def verdict(self, situation: Situation) -> Verdict:
        """Judge them as alternatives."""
        return either(rule.verdict(situation) for rule in self.rules)


@dataclass(frozen=True, slots=True)
class NotOf:
    """The rule must not hold."""

    rule: Rule

    def verdict(self, situation: Situation) -> Verdict:
        """Judge the opposite."""
        return negated(self.rule.verdict(situation))
