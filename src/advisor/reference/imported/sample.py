"""Looks at a table before anything is matched: its headers, its first lines, what is recognised.

Nothing is kept; at most some tens of lines are read.
"""

from dataclasses import dataclass
from pathlib import Path

from advisor.domain.territories.mapping import TableMapping
from advisor.errors import BadDataError
from advisor.reference.imported.headers import Header, find_header
from advisor.reference.imported.layouts import CODES, code_header
from advisor.reference.imported.tables import OpenTable, UnreadableLineError, open_tables

LOOKED_AT = 60
SHOWN = 5
LEAST = 2


@dataclass(frozen=True, slots=True)
class Sample:
    """One sheet as found: ``line`` of its header (from 1), headers, first lines below it.

    ``territory`` is the header of the code's column when a usual one is there, ``kind`` what it
    is the code of; ``known`` tells an official layout, which needs no matching.
    """

    sheet: str
    line: int
    headers: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    territory: str = ""
    kind: str = "commune"
    known: bool = False


def look_at(file: Path) -> tuple[Sample, ...]:
    """Return what each sheet of a file looks like; BadDataError when it is no table."""
    tables = open_tables(file)
    found = [one for one in (_sample(table) for table in tables) if one is not None]
    if not found:
        raise BadDataError(
            "aucune ligne de ce fichier ne ressemble à un en-tête.",
            "Vérifiez que la première ligne du tableau nomme ses colonnes.",
            file=file.name,
        )
    return tuple(found)


def _sample(table: OpenTable) -> Sample | None:
    lines: list[tuple[int, tuple[str, ...]]] = []
    try:
        for line, cells in table.lines():
            lines.append((line, cells))
            if line >= LOOKED_AT:
                break
    except UnreadableLineError:
        pass  # the dry run tells the line; what stands above may still be matched
    at = _header_at(lines)
    if at is None:
        return None
    line, headers = lines[at]
    territory, kind = _territory(headers)
    known = isinstance(find_header([table], TableMapping()), Header)
    below = tuple(cells for _, cells in lines[at + 1 : at + 1 + SHOWN])
    return Sample(table.name, line, headers, below, territory, kind, known)


def _header_at(lines: list[tuple[int, tuple[str, ...]]]) -> int | None:
    """Return where the header stands: a line with a code's heading, else the richest in words."""
    for at, (_, cells) in enumerate(lines):
        if _territory(cells)[0] and _words(cells) >= LEAST:
            return at
    best = max(range(len(lines)), key=lambda at: (_words(lines[at][1]), -at), default=None)
    return best if best is not None and _words(lines[best][1]) >= LEAST else None


def _words(cells: tuple[str, ...]) -> int:
    return sum(any(sign.isalpha() for sign in one) for one in cells)


def _territory(headers: tuple[str, ...]) -> tuple[str, str]:
    for kind in CODES:
        found = code_header(headers, TableMapping(kind=kind))
        if found is not None:
            return found, kind
    return "", "commune"
