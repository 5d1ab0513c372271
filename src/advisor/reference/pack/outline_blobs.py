"""Outlines as they travel in a pack: ring sizes, then points as 32-bit whole metres."""

import sys
from array import array
from collections.abc import Iterable, Sequence

from advisor.domain.places.outline import Outline, PackedRings
from advisor.reference.pack.writer import Contour

INT = "i"


def to_contour(
    kind: str, code: str, frame: str, rings: Iterable[Sequence[tuple[int, int]]]
) -> Contour | None:
    """Return the contour to write, None when there is no ring of three points."""
    kept = [ring for ring in (_cleaned(one) for one in rings) if len(ring) > 2]  # noqa: PLR2004
    if not kept:
        return None
    xs = [x for ring in kept for x, _ in ring]
    ys = [y for ring in kept for _, y in ring]
    numbers = array(INT, [len(kept), *(len(ring) for ring in kept)])
    for ring in kept:
        numbers.extend(value for point in ring for value in point)
    if sys.byteorder == "big":
        numbers.byteswap()
    return Contour(kind, code, frame, (min(xs), min(ys), max(xs), max(ys)), numbers.tobytes())


def to_outline(
    kind: str, code: str, frame: str, bounds: tuple[int, int, int, int], body: bytes
) -> Outline:
    """Return the outline of a row written by ``to_contour``."""
    if sys.byteorder == "big":
        turned = array(INT, body)
        turned.byteswap()
        body = turned.tobytes()
    return Outline(kind, code, frame, bounds, PackedRings(body))


def _cleaned(ring: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    points: list[tuple[int, int]] = []
    for point in ring:
        if not points or point != points[-1]:
            points.append(point)
    while len(points) > 1 and points[0] == points[-1]:
        points.pop()
    return points
