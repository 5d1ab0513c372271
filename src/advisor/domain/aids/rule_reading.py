"""Turns a declared rule (plain mapping) into a condition object, kind by kind.

True on paper; no database, no window. A rule is a mapping with exactly one of the keywords of
``READERS``; nothing is ever evaluated as code.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from advisor.domain.aids import conditions as on_person
from advisor.domain.aids import conditions_history as on_past
from advisor.domain.aids import conditions_places as on_place
from advisor.domain.aids.conditions import Rule
from advisor.domain.cases.profile_fields import FIELDS
from advisor.errors import BadDataError

OPERATORS = (
    "is", "in", "not_in", "at_least", "at_most", "more_than", "less_than", "between", "given",
)  # fmt: skip
PLACE_FACTS = ("code", "departement", "region", "epci", "population")
DATE_NAMES = ("asked", "request", "installation_date", "signature_date", "application_date",
              "retired_since")  # fmt: skip
MONTHS = 12


def _bad(rule: Any, why: str) -> BadDataError:
    return BadDataError(f"règle mal écrite ({why})\u202f: {rule}", "Voir data/aids/README.md.")


def read_day(value: Any) -> date | None:
    """Return a day from ISO text or a date, None when absent."""
    if value is None or isinstance(value, date):
        return value
    return date.fromisoformat(str(value))


def _names(value: Any, default: tuple[str, ...]) -> tuple[str, ...]:
    if value is None:
        return default
    return (value,) if isinstance(value, str) else tuple(value)


def _operator(rule: Mapping[str, Any]) -> tuple[str, Any]:
    found = [name for name in OPERATORS if name in rule]
    if len(found) != 1:
        raise _bad(rule, "une comparaison attendue")
    expected = rule[found[0]]
    return found[0], tuple(expected) if isinstance(expected, list) else expected


def _field(rule: Mapping[str, Any]) -> Rule:
    if rule["field"] not in FIELDS:
        raise _bad(rule, "champ de profil inconnu")
    absent = {None: None, "yes": True, "no": False, True: True, False: False}
    operator, expected = _operator(rule)
    return on_person.FieldRule(rule["field"], operator, expected, absent[rule.get("if_absent")])


def _date(rule: Mapping[str, Any]) -> Rule:
    if rule["date"] not in DATE_NAMES:
        raise _bad(rule, "date inconnue")
    return on_person.DateRule(rule["date"], read_day(rule.get("from")), read_day(rule.get("to")))


def _elapsed(rule: Mapping[str, Any]) -> Rule:
    start, end = rule["elapsed"]
    operator, delay = _operator(rule)
    months = int(delay["months"] if "months" in delay else delay["years"] * MONTHS)
    return on_person.ElapsedRule(start, end, operator, months)


def _age(rule: Mapping[str, Any]) -> Rule:
    operator, years = _operator(rule)
    return on_person.AgeRule(operator, years, rule["age"])


def _zone(rule: Mapping[str, Any]) -> Rule:
    return on_place.ZoneRule(
        tuple(rule["zone"]),
        _names(rule.get("at"), ("asked",)),
        _names(rule.get("perhaps"), ()),
        rule.get("of") == "main_practice",
        rule.get("profession", ""),
    )


def _place(rule: Mapping[str, Any]) -> Rule:
    if rule["place"] not in PLACE_FACTS:
        raise _bad(rule, "donnée de lieu inconnue")
    return on_place.PlaceRule(rule["place"], *_operator(rule))


def _previous(rule: Mapping[str, Any]) -> Rule:
    ids = _names(rule.get("of"), ())
    if rule["previous"] == "ten_years":
        since = read_day(rule.get("since")) or on_past.TEN_YEAR_RULE_FROM
        return on_past.TenYears(ids, _names(rule.get("perhaps"), ()), since)
    if rule["previous"] in ("never", "not_listed"):
        return on_past.NeverBefore(ids, strict=rule["previous"] == "never")
    raise _bad(rule, "règle d’antériorité inconnue")


def _many(kind: type[on_person.AllOf | on_person.AnyOf], word: str) -> Callable[..., Rule]:
    return lambda rule: kind(tuple(read_rule(part) for part in rule[word]))


READERS: Mapping[str, Callable[[Mapping[str, Any]], Rule]] = {
    "field": _field,
    "date": _date,
    "elapsed": _elapsed,
    "age": _age,
    "zone": _zone,
    "fiscal": lambda rule: on_place.FiscalRule(
        rule["fiscal"], _names(rule.get("at"), ("installation_date",))
    ),
    "place": _place,
    "qpv": lambda rule: on_place.QpvRule(rule.get("if_not_held")),
    "main_practice": lambda rule: on_place.MainPracticeRule(rule["main_practice"] == "here"),
    "previous": _previous,
    "not_settled": lambda rule: on_person.NotSettled(rule["not_settled"]),
    "all": _many(on_person.AllOf, "all"),
    "any": _many(on_person.AnyOf, "any"),
    "not": lambda rule: on_person.NotOf(read_rule(rule["not"])),
}


def read_rule(rule: Mapping[str, Any]) -> Rule:
    """Return the condition declared by a mapping; BadDataError when its kind is unknown."""
    kinds = [name for name in READERS if name in rule]
    if len(kinds) != 1:
        raise _bad(rule, "un seul mot-clé de règle attendu")
    try:
        return READERS[kinds[0]](rule)
    except (KeyError, TypeError, ValueError) as error:
        raise _bad(rule, str(error)) from None
