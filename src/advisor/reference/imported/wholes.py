"""Wholes added up from a table of communes that covers them all.

The three cities that are divided into arrondissements, then départements, régions and France. A
whole is made only when every one of its parts of today has a figure of the same year in this
table; otherwise it is left missing.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter

from advisor.domain.places.place import PlaceKind
from advisor.domain.territories.kinds import IndicatorKind, Rule
from advisor.domain.territories.mapping import TableMapping
from advisor.reference.imported.dataset_file import INSERT
from advisor.reference.imported.geography import Geography

Held = dict[str, tuple[float | None, int]]
Parts = dict[tuple[str, str], list[str]]
Weights = Mapping[str, float]


def add_wholes(connection: sqlite3.Connection, mapping: TableMapping, geography: Geography) -> None:
    """Add the figures of the wholes that the communes of the table make.

    The starter pack knows the arrondissements of Paris, not all the communes of a département.
    """
    if mapping.kind != "commune":
        return
    cities, wholes = _cities(geography), {} if geography.starter else _wholes(geography)
    population = {one.code: float(one.population or 0) for one in geography.places.values()}
    for kind in {one.kind.id: one.kind for one in mapping.columns}.values():
        if kind.rule is Rule.NONE:
            continue
        for year, held in _by_year(connection, kind.id):
            weights = _weights(connection, kind, year, population)
            for whole, parts in (*cities.items(), *wholes.items()):
                if whole[1] not in held and all(one in held for one in parts):
                    _add(connection, kind, year, whole, parts, held, weights)


def _cities(geography: Geography) -> Parts:
    found: Parts = defaultdict(list)
    for one in geography.places.values():
        if one.kind is PlaceKind.ARRONDISSEMENT and one.parent in geography.places:
            found["commune", one.parent].append(one.code)
    return found


def _wholes(geography: Geography) -> Parts:
    found: Parts = defaultdict(list)
    for one in geography.today():
        if one.population:
            for whole in (("departement", one.departement), ("region", one.region)):
                found[whole].append(one.code)
            found["france", "FR"].append(one.code)
    return found


def _by_year(connection: sqlite3.Connection, kind: str) -> Iterator[tuple[int | None, Held]]:
    """Give each year of an indicator with its figures, one year in memory at a time."""
    rows = connection.execute(
        "SELECT year, territory, value, secret FROM figure WHERE indicator = ?"
        " AND kind = 'commune' AND line > 0 AND (value IS NOT NULL OR secret) ORDER BY year",
        (kind,),
    )
    for year, figures in groupby(rows, key=itemgetter(0)):
        yield year, {territory: (value, secret) for _, territory, value, secret in figures}


def _weights(
    connection: sqlite3.Connection, kind: IndicatorKind, year: int | None, population: Weights
) -> Weights:
    """Return what weighs the parts: of the same year, else of the newest the table has."""
    if kind.rule is Rule.SUM or kind.weight == "population":
        return population
    rows = connection.execute(
        "SELECT territory, value FROM figure WHERE indicator = ? AND value IS NOT NULL"
        " ORDER BY year IS ?, year",
        (kind.weight, year),
    )
    return dict(rows.fetchall())


def _add(
    connection: sqlite3.Connection,
    kind: IndicatorKind,
    year: int | None,
    whole: tuple[str, str],
    parts: list[str],
    held: Held,
    weights: Weights,
) -> None:
    secret = any(held[one][1] for one in parts)
    value = None
    if not secret and kind.rule is Rule.SUM:
        value = sum(held[one][0] or 0.0 for one in parts)
    elif not secret:
        total = sum(weights.get(one, 0.0) for one in parts)
        if not total or not all(one in weights for one in parts):
            return
        value = sum((held[one][0] or 0.0) * weights[one] for one in parts) / total
    level, code = whole
    how = kind.rule_text if level != "commune" else f"{kind.rule_text}, par arrondissement"
    if level == "commune":
        held[code] = (value, int(secret))
    row = (level, code, "", code, 0, kind.id, year, value, int(secret), f"{how} de ce tableau")
    connection.execute(INSERT, row)
