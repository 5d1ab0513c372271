"""Finds the header of a table and which cell gives what; says in French what is not there."""

from collections.abc import Sequence
from dataclasses import dataclass

from advisor.domain.territories.mapping import Column, TableMapping
from advisor.reference.imported.cells import folded
from advisor.reference.imported.layouts import (
    ZONING,
    code_header,
    is_zoning,
    is_zoning_column,
    recognised,
)
from advisor.reference.imported.tables import OpenTable, UnreadableLineError

LOOKED_AT = 40
FEW = 2
SHOWN = 8
WHICH = "dites laquelle (« sheet »)"


@dataclass(frozen=True, slots=True)
class Header:
    """Where everything stands: cells counted from 0; ``width`` is how many cells a line has."""

    table: OpenTable
    line: int
    width: int
    code: int
    columns: tuple[tuple[int, Column], ...]
    year: int | None
    mapping: TableMapping


@dataclass(frozen=True, slots=True)
class NoHeader:
    """No header was found; the French reason and the line looked at."""

    line: int
    reason: str


def find_header(tables: Sequence[OpenTable], mapping: TableMapping) -> Header | NoHeader:
    """Return the header of the first sheet that has one (of the newest for a known layout)."""
    found: list[Header] = []
    faults: list[NoHeader] = []
    for table in tables:
        one = _in_table(table, mapping)
        (found if isinstance(one, Header) else faults).append(one)  # type: ignore[arg-type]
    if not found:
        return faults[0] if faults else NoHeader(1, "ce fichier n’a pas de lignes")
    if mapping.columns and len(found) > 1:
        names = ", ".join(f"« {one.table.name} »" for one in found[:SHOWN])
        return NoHeader(found[0].line, f"plusieurs feuilles conviennent ({names})\u202f: {WHICH}")
    return max(found, key=lambda one: one.mapping.year or 0)


def _in_table(table: OpenTable, mapping: TableMapping) -> Header | NoHeader:
    if is_zoning(table.name) and not mapping.columns:
        return NoHeader(1, ZONING)
    above: list[str] = [table.name]
    best: tuple[int, Sequence[str]] = (mapping.header_row or 1, ())
    try:
        for line, cells in table.lines():
            if line > max(LOOKED_AT, mapping.header_row or 0):
                break
            if mapping.header_row and line != mapping.header_row:
                continue
            header = _header(table, line, cells, above, mapping)
            if header is not None:
                return header
            if _likeness(cells) > _likeness(best[1]):
                best = (line, [one for one in cells if one.strip()])
            above.append(" ".join(cells))
    except UnreadableLineError as error:
        return NoHeader(*error.args)
    return NoHeader(best[0], _why(best[1], mapping, table))


def _header(
    table: OpenTable,
    line: int,
    cells: Sequence[str],
    above: Sequence[str],
    mapping: TableMapping,
) -> Header | NoHeader | None:
    code = code_header(cells, mapping)
    if code is None and mapping.kind != "france":
        return None
    full = mapping if mapping.columns else recognised(cells, above, mapping)
    if full is None:
        return None
    twice = _twice(cells, [code or "", full.year_column, *(one.header for one in full.columns)])
    if twice:
        return NoHeader(line, f"deux colonnes s’appellent « {twice[:40]} »")
    places = {folded(one): index for index, one in reversed(list(enumerate(cells)))}
    columns = [(places.get(folded(one.header)), one) for one in full.columns]
    year = places.get(folded(full.year_column)) if full.year_column else None
    if any(place is None for place, _ in columns) or (full.year_column and year is None):
        return None
    return Header(
        table,
        line,
        len(cells),
        places[folded(code)] if code is not None else -1,
        tuple((place, one) for place, one in columns if place is not None),
        year,
        full,
    )


def _twice(cells: Sequence[str], wanted: Sequence[str]) -> str:
    """Return the first heading wanted that two columns bear, empty when none does."""
    held = [folded(one) for one in cells]
    return next((one for one in wanted if one and held.count(folded(one)) > 1), "")


def _likeness(cells: Sequence[str]) -> int:
    """Return how much a line looks like a header: its cells that hold words, two at least."""
    words = sum(any(sign.isalpha() for sign in one) for one in cells)
    return words if sum(bool(one.strip()) for one in cells) >= FEW else 0


def _why(cells: Sequence[str], mapping: TableMapping, table: OpenTable) -> str:
    if not cells:
        said = "tabulation" if table.separator == "\t" else table.separator
        return (
            f"aucune ligne ne se découpe en plusieurs cellules (séparateur « {said} »)"
            if table.separator
            else "la feuille n’a pas d’en-tête"
        )
    shown = ", ".join(f"« {one.strip()[:40]} »" for one in cells[:SHOWN])
    if not mapping.columns and any(is_zoning_column(one) for one in cells):
        return ZONING
    if not mapping.columns:
        return f"ce tableau n’est pas d’un format connu, dites ses colonnes (lues\u202f: {shown})"
    held = {folded(one) for one in cells}
    wanted = [one.header for one in mapping.columns]
    wanted += [one for one in (mapping.territory, mapping.year_column) if one]
    absent = [one for one in wanted if folded(one) not in held]
    if not absent:
        return f"la colonne du code n’est pas trouvée (lues\u202f: {shown})"
    named = ", ".join(f"« {one[:40]} »" for one in absent[:SHOWN])
    return f"colonne introuvable\u202f: {named} (lues\u202f: {shown})"
