"""Départements, régions and France added up from a table of communes that covers them all.

A whole is made only when every one of its communes of today has a figure of the same year in this
table; otherwise it is left missing.
"""

import sqlite3
from collections import defaultdict

from advisor.domain.places.place import Commune
from advisor.domain.territories.kinds import IndicatorKind, Rule
from advisor.domain.territories.mapping import TableMapping
from advisor.reference.imported.dataset_file import INSERT
from advisor.reference.imported.geography import Geography

Held = dict[str, tuple[float | None, int]]


def add_wholes(connection: sqlite3.Connection, mapping: TableMapping, geography: Geography) -> None:
    """Add the figures of the wholes that the communes of the table make; none in the starter."""
    if mapping.kind != "commune" or geography.starter:
        return
    communes = geography.today()
    wholes = _wholes(communes)
    population = {one.code: float(one.population or 0) for one in communes}
    for kind in {one.kind.id: one.kind for one in mapping.columns}.values():
        for year, held in _by_year(connection, kind.id).items():
            weight = _weight(connection, kind, population)
            for (level, code), members in wholes.items():
                if kind.rule is not Rule.NONE and all(one in held for one in members):
                    _add(connection, kind, year, (level, code), members, held, weight)


def _wholes(communes: list[Commune]) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in communes:
        if one.population:
            for whole in (("departement", one.departement), ("region", one.region)):
                found[whole].append(one.code)
            found["france", "FR"].append(one.code)
    return found


def _by_year(connection: sqlite3.Connection, kind: str) -> dict[int | None, Held]:
    found: dict[int | None, Held] = defaultdict(dict)
    rows = connection.execute(
        "SELECT territory, year, value, secret FROM figure WHERE indicator = ?"
        " AND kind = 'commune' AND (value IS NOT NULL OR secret)",
        (kind,),
    )
    for territory, year, value, secret in rows:
        found[year][territory] = (value, secret)
    return found


def _weight(
    connection: sqlite3.Connection, kind: IndicatorKind, population: dict[str, float]
) -> dict[str, float] | None:
    if kind.rule is Rule.SUM or kind.weight == "population":
        return population
    rows = connection.execute(
        "SELECT territory, value FROM figure WHERE indicator = ? AND value IS NOT NULL",
        (kind.weight,),
    )
    return dict(rows.fetchall()) or None


def _add(
    connection: sqlite3.Connection,
    kind: IndicatorKind,
    year: int | None,
    whole: tuple[str, str],
    members: list[str],
    held: Held,
    weight: dict[str, float] | None,
) -> None:
    secret = any(held[one][1] for one in members)
    value = None
    if not secret and kind.rule is Rule.SUM:
        value = sum(held[one][0] or 0.0 for one in members)
    elif not secret:
        total = sum(weight.get(one, 0.0) for one in members) if weight else 0.0
        if not weight or not total or not all(one in weight for one in members):
            return
        value = sum((held[one][0] or 0.0) * weight[one] for one in members) / total
    how = f"{kind.rule_text} de ce tableau"
    level, code = whole
    connection.execute(INSERT, (level, code, "", code, 0, kind.id, year, value, int(secret), how))
