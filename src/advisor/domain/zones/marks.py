"""How a zone class is told without colour: letters and a pattern, the same on screen and paper.

True on paper; no window, no page. ``rank`` orders classes from the most in need (0) to the best
served (4); the pattern follows the rank, so that a copy in grey still reads.
"""

from dataclasses import dataclass
from enum import StrEnum


class Pattern(StrEnum):
    """Fillings that stay apart in grey: plain dark, close hatch, wide hatch, dots, empty."""

    SOLID = "plein"
    CLOSE_HATCH = "hachures_serrees"
    WIDE_HATCH = "hachures_larges"
    DOTS = "points"
    EMPTY = "vide"
    UNKNOWN = "inconnu"


@dataclass(frozen=True, slots=True)
class ZoneMark:
    """Letters, pattern and rank of a class."""

    letters: str
    pattern: Pattern
    rank: int | None


UNKNOWN_MARK = ZoneMark("?", Pattern.UNKNOWN, None)

MARKS: dict[str, ZoneMark] = {
    "ZIP": ZoneMark("ZIP", Pattern.SOLID, 0),
    "ZAC": ZoneMark("ZAC", Pattern.CLOSE_HATCH, 1),
    "ZAR": ZoneMark("ZAR", Pattern.WIDE_HATCH, 2),
    "ZV": ZoneMark("ZV", Pattern.DOTS, 3),
    "HZ": ZoneMark("HZ", Pattern.EMPTY, 4),
    "deficitaire": ZoneMark("DÉF", Pattern.SOLID, 0),
    "fragile": ZoneMark("FRA", Pattern.CLOSE_HATCH, 1),
    "hors_zonage": ZoneMark("HZ", Pattern.EMPTY, 4),
    "sans_sage_femme": ZoneMark("SSF", Pattern.SOLID, 0),
    "moins_350_naissances": ZoneMark("<350", Pattern.WIDE_HATCH, 2),
    "tres_sous_dotee": ZoneMark("TSD", Pattern.SOLID, 0),
    "sous_dotee": ZoneMark("SD", Pattern.CLOSE_HATCH, 1),
    "intermediaire": ZoneMark("INT", Pattern.WIDE_HATCH, 2),
    "tres_dotee": ZoneMark("TD", Pattern.DOTS, 3),
    "sur_dotee": ZoneMark("SUR", Pattern.EMPTY, 4),
    "non_prioritaire": ZoneMark("NP", Pattern.EMPTY, 4),
}


def mark_of(zone_class: str | None) -> ZoneMark:
    """Return the mark of a class, the unknown mark for None or a class not met before."""
    return MARKS.get(zone_class or "", UNKNOWN_MARK)
