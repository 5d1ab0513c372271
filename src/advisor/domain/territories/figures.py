"""From the figures of communes to the figure of a territory: nothing is guessed, nothing hidden.

True on paper. A secret value (« non diffusé ») makes a sum secret, a missing one makes it missing;
years are never mixed: the newest year that every commune has is used, else the value is missing.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from advisor.domain.indicator import Indicator
from advisor.domain.territories.kinds import IndicatorKind, Rule, weight_words
from advisor.domain.words.wording import counted, listed

NOT_HELD = "non disponible"
SECRET = "non diffusé"  # noqa: S105 - the words of statistical secrecy
LINE = re.compile(r"(.*), ligne (\d+)\)", re.DOTALL)
Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Value:
    """A value with its unit, year and source; ``value`` None says why in ``reason``.

    ``secret`` marks statistical secrecy, which is never zero. ``how`` says how it was made.
    """

    value: float | None
    unit: str = ""
    year: int | None = None
    source: str = ""
    secret: bool = False
    reason: str = ""
    how: str = ""
    name: str = ""

    @property
    def known(self) -> bool:
        """Tell whether there is a number to show."""
        return self.value is not None


def missing(reason: str, unit: str = "", name: str = "") -> Value:
    """Return a value that is not held, with its reason."""
    return Value(None, unit, reason=reason, name=name)


def value_of(one: Indicator) -> Value:
    """Return the value of one indicator as printed or imported."""
    figure = one.figure
    reason = SECRET if figure.secret else ("" if figure.value is not None else NOT_HELD)
    return Value(
        None if figure.secret else figure.value,
        figure.unit,
        figure.year,
        figure.source.told,
        figure.secret,
        reason,
        one.definition,
        one.territory_name,
    )


def newest(found: Sequence[Indicator], wanted: int | None = None) -> Value | None:
    """Return the value of the year wanted, else of the newest; None when nothing is held.

    ``found`` comes the most recently imported first; two different values for one territory and
    year are told, the first one being used.
    """
    if not found:
        return None
    same_year = [one for one in found if wanted is not None and one.figure.year == wanted]
    rows = same_year or _of_newest_year(found)
    value = value_of(rows[0])
    others = {one.figure.value for one in rows if not one.figure.secret} - {rows[0].figure.value}
    if others:
        said = f"{counted(len(others), 'autre valeur', 'autres valeurs')} pour la même année"
        value = replace(value, how=" ; ".join(filter(None, (value.how, said))))
    return value


def _of_newest_year(found: Sequence[Indicator]) -> list[Indicator]:
    years = [one.figure.year for one in found if one.figure.year is not None]
    year = max(years) if years else None
    return [one for one in found if one.figure.year == year]


def aggregate(
    kind: IndicatorKind,
    by_commune: Mapping[str, Sequence[Indicator]],
    names: Mapping[str, str],
    weights: Mapping[str, Weights],
) -> Value:
    """Return the value of all the communes of ``names`` (code → name) together.

    ``by_commune`` gives each one's figures; ``weights`` maps a weight's name to its value by
    commune. One commune alone answers with its own figure, whatever the rule.
    """
    if len(names) == 1:
        (code,) = names
        return newest(by_commune.get(code, ())) or missing(NOT_HELD, kind.unit)
    if not any(by_commune.get(code) for code in names):
        return missing(NOT_HELD, kind.unit)
    if kind.rule is Rule.NONE:
        return missing("cet indicateur ne s’agrège pas d’une commune à un territoire", kind.unit)
    year, rows = _covering(by_commune, names)
    if rows is None:
        return missing(_why_uncovered(by_commune, names), kind.unit)
    if any(value.secret for value in rows.values()):
        return Value(None, kind.unit, year, _sources(rows), secret=True, reason=SECRET)
    return _combined(kind, rows, weights, year)


def _covering(
    by_commune: Mapping[str, Sequence[Indicator]], names: Mapping[str, str]
) -> tuple[int | None, dict[str, Value] | None]:
    """Return the newest year that every commune has, with its values; (None, None) if none has."""
    years = {one.figure.year for code in names for one in by_commune.get(code, ())}
    for year in sorted(years, key=lambda one: (one is not None, one or 0), reverse=True):
        rows = {code: _in_year(by_commune.get(code, ()), year) for code in names}
        if all(value is not None and (value.known or value.secret) for value in rows.values()):
            return year, {code: value for code, value in rows.items() if value is not None}
    return None, None


def _in_year(found: Sequence[Indicator], year: int | None) -> Value | None:
    return newest([one for one in found if one.figure.year == year])


def _why_uncovered(by_commune: Mapping[str, Sequence[Indicator]], names: Mapping[str, str]) -> str:
    without = [
        name
        for code, name in names.items()
        if not any(one.figure.value is not None for one in by_commune.get(code, ()))
    ]
    if without:
        shown = listed([*without[:3], *([f"{len(without) - 3} autres"] if without[3:] else [])])
        return f"{NOT_HELD} pour {shown}"
    return "les communes n’ont pas de valeur de la même année, et les années ne se mélangent pas"


def _combined(
    kind: IndicatorKind,
    rows: Mapping[str, Value],
    weights: Mapping[str, Weights],
    year: int | None,
) -> Value:
    numbers = {code: value.value or 0.0 for code, value in rows.items()}
    if kind.rule is Rule.SUM:
        return Value(sum(numbers.values()), kind.unit, year, _sources(rows), how=kind.rule_text)
    by, weight = _weight(kind.weight, weights, rows)
    if weight is None:
        said = weight_words(kind.weight)
        return missing(f"la pondération ({said}) manque pour certaines communes", kind.unit)
    total = sum(weight[code] for code in numbers)
    if not total:
        return missing("la pondération est nulle", kind.unit)
    mean = sum(number * weight[code] for code, number in numbers.items()) / total
    said = f"moyenne pondérée ({weight_words(by)})"
    if by != kind.weight:
        said += f", faute de {weight_words(kind.weight)}"
    return Value(mean, kind.unit, year, _sources(rows), how=said)


def _weight(
    name: str, weights: Mapping[str, Weights], rows: Mapping[str, Value]
) -> tuple[str, Weights | None]:
    """Return the weight held for every commune.

    A population that is not held gives way to the municipal one, which is told; a number of
    doctors is never replaced.
    """
    for one in (name, "population") if name.startswith("population") else (name,):
        held = weights.get(one, {})
        if all(code in held for code in rows):
            return one, held
    return name, None


def _sources(rows: Mapping[str, Value]) -> str:
    """Return the sources, each once; the lines of one file are told together."""
    lines: dict[str, list[int]] = {}
    for source in dict.fromkeys(value.source for value in rows.values() if value.source):
        found = LINE.fullmatch(source)
        lines.setdefault(found[1] if found else source, []).extend([int(found[2])] if found else [])
    return "\u202f; ".join(f"{said}{_lines(sorted(held))}" for said, held in lines.items())


def _lines(held: Sequence[int]) -> str:
    """Return « , ligne 2) », « , lignes 2 à 31) » or « , 30 lignes) », what a source ends with."""
    if not held:
        return ""
    if len(held) == 1:
        return f", ligne {held[0]})"
    follow = held[-1] - held[0] == len(held) - 1
    return f", lignes {held[0]} à {held[-1]})" if follow else f", {len(held)} lignes)"
