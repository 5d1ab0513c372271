"""Outlines of communes, départements and regions, simplified and projected, ready to draw.

True on paper; no database, no window. Coordinates are whole metres of a flat frame.
"""

import sys
from collections.abc import Sequence
from typing import Any, NamedTuple

LAMBERT_93 = "lambert93"
MERCATOR = "mercator"
ONE = (1).to_bytes(4, sys.byteorder)


class PackedRings(Sequence[Sequence[int]]):
    """Rings as they travel: how many, the points of each, then x, y, x, y… in 32-bit whole metres.

    Decoded only when a ring is asked for: a map of France draws ``alone``, the whole single ring
    (its points counted first), without looking inside.
    """

    __slots__ = ("_body",)

    def __init__(self, body: bytes) -> None:
        self._body = body

    @property
    def alone(self) -> bytes | None:
        """Return how many points, then the points, when there is only one ring."""
        return self._body[4:] if self._body[:4] == ONE else None

    def __len__(self) -> int:
        """Return how many rings there are."""
        return int(memoryview(self._body).cast("i")[0])

    def __getitem__(self, index: Any) -> Any:
        """Return one ring, or several."""
        numbers = memoryview(self._body).cast("i")
        start = numbers[0] + 1
        found: list[Sequence[int]] = []
        for size in numbers[1:start]:
            found.append(numbers[start : start + 2 * size])
            start += 2 * size
        return found[index]


class Outline(NamedTuple):
    """Closed rings (outer ones and holes, for an even-odd fill) of one territory.

    ``kind`` is commune, departement or region. ``frame`` is ``lambert93`` for the mainland,
    ``mercator`` overseas. ``bounds`` is (west, south, east, north). Each ring is x, y, x, y…
    in metres, first point not repeated; y grows to the north.
    """

    kind: str
    code: str
    frame: str
    bounds: tuple[int, int, int, int]
    rings: Sequence[Sequence[int]]
