"""What an act lists against what it prints: the differences are said, never smoothed.

True on paper; no database, no window.
"""

from collections.abc import Iterator

from advisor.domain.sourced import place_told
from advisor.domain.words.french import THIN, number_text
from advisor.domain.zones.classes import label_of
from advisor.domain.zones.zoning import PrintedCount, TerritoryKind, ZoneLine, Zoning


def discrepancies(zoning: Zoning) -> tuple[str, ...]:
    """Return one French sentence for each printed figure that the list or the law contradicts.

    A count of communes can only be exceeded: acts rarely print the communes of their units.
    """
    found = (gap for count in zoning.printed for gap in _gaps(zoning, count))
    return tuple(dict.fromkeys(found))


def lines_counted(zoning: Zoning, count: PrintedCount) -> list[ZoneLine]:
    """Return the lines that a printed count speaks of: its class, and its département if any."""
    return [
        line
        for line in zoning.lines
        if line.zone_class == count.zone_class
        and count.departement in {"", line.territory.departement}
    ]


def communes_listed(lines: list[ZoneLine]) -> int:
    """Return how many distinct communes the lines name as a whole."""
    members = (member for line in lines for member in line.territory.members)
    return len({member.commune for member in members if not member.partial})


def _gaps(zoning: Zoning, count: PrintedCount) -> Iterator[str]:
    part = f" ({count.departement})" if count.departement else ""
    said = list(_list_gaps(lines_counted(zoning, count), count)) if zoning.held else []
    if count.share is not None and count.cap is not None and count.share > count.cap:
        share, cap = (f"{number_text(figure)}{THIN}%" for figure in (count.share, count.cap))
        said.append(f"{share} de la population pour un plafond de {cap}")
    for sentence in said:
        yield f"{label_of(count.zone_class)}{part}{THIN}: {sentence} ({place_told(count.locator)})"


def _list_gaps(lines: list[ZoneLine], count: PrintedCount) -> Iterator[str]:
    quarters = sum(line.territory.kind is TerritoryKind.GRAND_QUARTIER for line in lines)
    communes = communes_listed(lines)
    if count.territories not in {None, len(lines)}:
        yield f"{len(lines)} territoires dans la liste, {count.territories} dans le texte"
    if count.quarters not in {None, quarters}:
        yield f"{quarters} grands quartiers dans la liste, {count.quarters} dans le texte"
    if count.communes is not None and communes > count.communes:
        yield f"{communes} communes dans la liste, {count.communes} dans le texte"
