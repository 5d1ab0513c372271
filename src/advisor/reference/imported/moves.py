"""Communes that merged since the table was made: added up where it is right, rejected elsewhere.

A table of another year has a line for a former commune. A count is the sum of the lines of all
that is one commune today; a mean needs its weight in the same table; else the lines are rejected.
"""

import sqlite3
from collections.abc import Callable

from advisor.domain.territories.kinds import IndicatorKind, Rule
from advisor.domain.territories.mapping import TableMapping
from advisor.reference.imported.dataset_file import INSERT
from advisor.reference.imported.geography import Geography

HOW = "somme des communes réunies depuis"
Row = tuple[str, str, int, float | None, int]


def settle_moves(
    connection: sqlite3.Connection,
    mapping: TableMapping,
    geography: Geography,
    reject: Callable[[int, str], None],
    less: Callable[[int], None],
) -> None:
    """Leave one figure for each commune of today, year and indicator."""
    moved = connection.execute(
        "SELECT DISTINCT territory FROM figure WHERE written <> territory AND kind = 'commune'"
    ).fetchall()
    for (territory,) in moved:
        _settle(connection, mapping, geography, territory, reject, less)


def _settle(
    connection: sqlite3.Connection,
    mapping: TableMapping,
    geography: Geography,
    territory: str,
    reject: Callable[[int, str], None],
    less: Callable[[int], None],
) -> None:
    lines = connection.execute(
        "SELECT DISTINCT line, written FROM figure WHERE territory = ?", (territory,)
    ).fetchall()
    name = geography.places[territory].name
    written = {code for _, code in lines}
    if len(written) == 1 and not _is_former(geography, next(iter(written))):
        return  # the commune changed its code only
    can_add = territory in written and all(
        one.kind.rule is Rule.SUM or _weight_held(one.kind, mapping) for one in mapping.columns
    )
    if not can_add:
        connection.execute("DELETE FROM figure WHERE territory = ?", (territory,))
        less(len(lines))
        for line, code in lines:
            reject(line, _why(code, territory, name, alone=territory not in written))
        return
    _add_up(connection, mapping, territory)


def _is_former(geography: Geography, code: str) -> bool:
    known = geography.find("commune", code)
    return known is not None and bool(known.former)


def _why(code: str, territory: str, name: str, *, alone: bool) -> str:
    if alone:
        return (
            f"la commune {code} est aujourd’hui dans {name} ({territory}), qui n’a pas de ligne"
            " dans ce tableau"
        )
    return (
        f"la commune {code} est d’avant la création de {name} ({territory}) dans ses limites"
        " d’aujourd’hui, et cet indicateur ne s’additionne pas"
    )


def _weight_held(kind: IndicatorKind, mapping: TableMapping) -> bool:
    held = {one.kind.id for one in mapping.columns}
    return kind.rule is Rule.MEAN and kind.weight in held


def _add_up(connection: sqlite3.Connection, mapping: TableMapping, territory: str) -> None:
    rows = connection.execute(
        "SELECT kind, name, line, written, indicator, year, value, secret FROM figure"
        " WHERE territory = ? ORDER BY line",
        (territory,),
    ).fetchall()
    weights = {(written, key): value for _, _, _, written, key, _, value, _ in rows}
    kinds = {one.kind.id: one.kind for one in mapping.columns}
    grouped: dict[tuple[str, int | None], list[tuple[str, float | None, int]]] = {}
    for _, _, _, written, key, year, value, secret in rows:
        grouped.setdefault((key, year), []).append((written, value, secret))
    connection.execute("DELETE FROM figure WHERE territory = ?", (territory,))
    kind, name, line = rows[0][:3]
    for (key, year), parts in grouped.items():
        value = _one(kinds[key], parts, weights)
        secret = int(any(part[2] for part in parts))
        figure = (kind, territory, name, territory, line, key, year, value, secret, HOW)
        connection.execute(INSERT, figure)


def _one(
    kind: IndicatorKind,
    parts: list[tuple[str, float | None, int]],
    weights: dict[tuple[str, str], float | None],
) -> float | None:
    values = [value for _, value, _ in parts]
    if any(value is None for value in values):
        return None
    numbers = [value for value in values if value is not None]
    if kind.rule is Rule.SUM:
        return sum(numbers)
    by = [weights.get((written, kind.weight)) or 0.0 for written, _, _ in parts]
    total = sum(by)
    pairs = zip(numbers, by, strict=True)
    return sum(number * weight for number, weight in pairs) / total if total else None
