"""Outlines of communes, départements and regions, simplified and projected, ready to draw.

True on paper; no database, no window. Coordinates are whole metres of a flat frame.
"""

from collections.abc import Sequence
from dataclasses import dataclass

LAMBERT_93 = "lambert93"
MERCATOR = "mercator"


@dataclass(frozen=True, slots=True)
class Outline:
    """Closed rings (outer ones and holes, for an even-odd fill) of one territory.

    ``kind`` is commune, departement or region. ``frame`` is ``lambert93`` for the mainland,
    ``mercator`` overseas. ``bounds`` is (west, south, east, north). Each ring is x, y, x, y…
    in metres, first point not repeated; y grows to the north.
    """

    kind: str
    code: str
    frame: str
    bounds: tuple[int, int, int, int]
    rings: tuple[Sequence[int], ...]
