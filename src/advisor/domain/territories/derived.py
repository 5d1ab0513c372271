"""Figures worked out from counts: densities, shares, ratios; what they come from is told.

True on paper. A printed value always comes before a worked out one.
"""

from collections.abc import Mapping

from advisor.domain.territories.figures import NOT_HELD, Value, missing
from advisor.domain.territories.kinds import AGE_GROUPS, DOCTORS, OLDER, IndicatorKind
from advisor.domain.territories.territory import Population

POPULATION = "population"
DECIMALS = 4


def derived(kind: IndicatorKind, held: Mapping[str, Value], people: Population | None) -> Value:
    """Return the value of an indicator, worked out from its counts when it is not printed.

    ``held`` are the values printed or added up at the same level. A mean of communes gives way to
    the quotient of the sums, which is exact.
    """
    value = held[kind.id]
    printed = value.secret or (value.known and "moyenne pondérée" not in value.how)
    if printed:
        return value
    made = _older_share(kind, held) if kind.id in OLDER else _quotient(kind, held, people)
    return made if made is not None and (made.known or not value.known) else value


def _quotient(
    kind: IndicatorKind, held: Mapping[str, Value], people: Population | None
) -> Value | None:
    if not kind.part:
        return None
    part, whole = (_count(name, held, people) for name in (kind.part, kind.whole))
    if part.secret or whole.secret:
        return Value(None, kind.unit, secret=True, reason="non diffusé")
    if part.value is None or whole.value is None:
        return None
    if not whole.value:
        return missing("le dénominateur est nul", kind.unit)
    with_people = POPULATION in {kind.part, kind.whole}
    if part.year != whole.year and not with_people:
        return missing("les deux nombres ne sont pas de la même année", kind.unit)
    return Value(
        round(part.value / whole.value * kind.scale, DECIMALS),
        kind.unit,
        whole.year if kind.part == POPULATION else part.year,
        " ; ".join(dict.fromkeys(one for one in (part.source, whole.source) if one)),
        how=_told(part, whole) if with_people else "quotient des deux nombres",
    )


def _told(part: Value, whole: Value) -> str:
    if part.year == whole.year:
        return "calculé sur la population"
    said = f"numérateur de {part.year or 'date non dite'}"
    return f"calculé sur la population ({said}, dénominateur de {whole.year or 'date non dite'})"


def _count(name: str, held: Mapping[str, Value], people: Population | None) -> Value:
    if name != POPULATION:
        return held.get(name) or missing(NOT_HELD)
    if people is None or people.people is None:
        return missing(people.reason if people else NOT_HELD)
    return Value(float(people.people), "habitants", people.year, people.source)


def _older_share(kind: IndicatorKind, held: Mapping[str, Value]) -> Value | None:
    """Return the share of doctors from an age on, from the age groups when all are held."""
    groups = [held[name] for name in AGE_GROUPS]
    if any(one.secret for one in groups):
        return Value(None, kind.unit, secret=True, reason="non diffusé")
    if not all(one.known for one in groups) or len({one.year for one in groups}) > 1:
        return None
    total = sum(one.value or 0 for one in groups)
    if not total:
        return missing("aucun médecin", kind.unit)
    older = sum(held[name].value or 0 for name in OLDER[kind.id][1])
    first = groups[0]
    share = round(older / total * 100, DECIMALS)
    return Value(share, kind.unit, first.year, first.source, how="calculé sur les classes d’âge")


def doctors(held: Mapping[str, Value]) -> Value:
    """Return the number of doctors, the sum of the age groups when it is not printed."""
    value = held.get(DOCTORS) or missing(NOT_HELD)
    groups = [held.get(name) or missing(NOT_HELD) for name in AGE_GROUPS]
    if value.known or value.secret or not all(one.known for one in groups):
        return value
    total = sum(one.value or 0 for one in groups)
    return Value(total, "médecins", groups[0].year, groups[0].source, how="somme des classes d’âge")
