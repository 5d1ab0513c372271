"""The lines of an act that concern one commune, and which of them wins.

True on paper; no database, no window.
"""

from collections.abc import Iterable, Sequence

from advisor.domain.zones.zoning import Territory, TerritoryKind, ZoneLine, Zoning

QUARTERS = frozenset({TerritoryKind.QPV, TerritoryKind.GRAND_QUARTIER})
COMMUNES = frozenset({TerritoryKind.COMMUNE, TerritoryKind.ARRONDISSEMENT})


def precedence(kind: TerritoryKind) -> int:
    """Return 0 for a quarter, 1 for a commune or arrondissement, 2 for larger units."""
    if kind in QUARTERS:
        return 0
    return 1 if kind in COMMUNES else 2


def lines_of(zoning: Zoning, code: str) -> list[tuple[ZoneLine, bool]]:
    """Return the lines that name the commune, each with True when only a part belongs to it."""
    return [
        (line, member.partial)
        for line in zoning.lines
        for member in line.territory.members
        if member.commune == code
    ]


def lines_of_container(zoning: Zoning, code: str) -> list[tuple[ZoneLine, bool]]:
    """Return the lines of a commune that hold for all it contains.

    A unit named after the commune and whose composition is not printed says nothing of what
    that commune took over since.
    """
    return [
        (line, partial)
        for line, partial in lines_of(zoning, code)
        if line.territory.kind in COMMUNES or line.territory.complete
    ]


def whole_line(lines: Sequence[tuple[ZoneLine, bool]]) -> ZoneLine | None:
    """Return the line that answers for the whole commune: the smallest unit wins."""
    whole = [line for line, partial in lines if not partial]
    return min(whole, key=lambda line: precedence(line.territory.kind), default=None)


def partial_lines(lines: Iterable[tuple[ZoneLine, bool]]) -> list[ZoneLine]:
    """Return the lines that hold for a part of the commune only."""
    return [line for line, partial in lines if partial]


def names_quarter(territory: Territory, named: str | None) -> bool:
    """Tell whether the quarter is the one named, by its code or its name."""
    if not named or territory.kind not in QUARTERS:
        return False
    return named.strip().casefold() in {territory.id.casefold(), territory.name.casefold()}


def quarter_line(lines: Iterable[tuple[ZoneLine, bool]], named: str | None) -> ZoneLine | None:
    """Return the line of the quarter the professional named, None when there is none."""
    return next((line for line, _ in lines if names_quarter(line.territory, named)), None)
