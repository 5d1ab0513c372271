"""The places of a scene as Qt draws them: polygons read in one stream, or circles.

May be made outside the main thread: no widget, no pixmap.
"""

import struct
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QByteArray, QDataStream, QPoint, QPointF, Qt
from PySide6.QtGui import QPainterPath, QPolygon, QPolygonF

from advisor.domain.maps.layers import MapPlace, MapScene, radius_of
from advisor.domain.places.outline import Outline, PackedRings

METRES = 1000
REACH_PX = 12
COUNT, POINT = 4, 8  # bytes of a ring's count of points, and of one point


class Shape:
    """One place: a polygon, or a path when it has several rings, else a circle.

    Its polygon is made when first asked for: a map of France draws 35 000 of them in clusters,
    and looks at one only when it is pointed at or seen from near.
    """

    __slots__ = ("_drawn", "bounds", "place", "radius")

    def __init__(
        self, place: MapPlace, bounds: tuple[int, int, int, int], radius: float = 0.0
    ) -> None:
        self.place = place
        self.bounds = bounds
        self.radius = radius
        self._drawn: QPolygon | QPainterPath | None = None

    @property
    def polygon(self) -> QPolygon | None:
        """Return the only ring, None for several or for a circle."""
        drawn = self.drawn
        return drawn if isinstance(drawn, QPolygon) else None

    @property
    def path(self) -> QPainterPath | None:
        """Return the rings as one path, None when there is one ring or a circle."""
        drawn = self.drawn
        return drawn if isinstance(drawn, QPainterPath) else None

    @property
    def drawn(self) -> QPolygon | QPainterPath | None:
        """Return what draws the place, None for a circle."""
        if self._drawn is None and self.place.outline is not None:
            make_polygons([self])
        return self._drawn

    @property
    def is_made(self) -> bool:
        """Tell whether the place needs no polygon, or has it already."""
        return self._drawn is not None or self.place.outline is None

    def take(self, polygons: Iterator[QPolygon]) -> None:
        """Take its own rings from a stream of them."""
        rings = self.place.outline.rings if self.place.outline else ()
        own = [next(polygons) for _ in rings]
        self._drawn = own[0] if len(own) == 1 else _path(own)

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point in metres is inside."""
        west, south, east, north = self.bounds
        if not (west <= x <= east and south <= y <= north):
            return False
        if self.polygon is not None:
            return self.polygon.containsPoint(QPoint(round(x), round(y)), Qt.FillRule.OddEvenFill)
        if self.path is not None:
            return self.path.contains(QPointF(x, y))
        return (x - self.place.x) ** 2 + (y - self.place.y) ** 2 <= self.radius**2


@dataclass(slots=True)
class Shapes:
    """Everything of a scene ready to be painted; circles stand from the largest to the least."""

    scene: MapScene
    places: list[Shape]
    borders: list[tuple[str, QPainterPath]]
    _by_code: dict[str, Shape] = field(default_factory=dict)

    def at(self, x: float, y: float, reach: float) -> Shape | None:
        """Return the place under a point in metres; a circle answers within ``reach`` too."""
        inside = [shape for shape in self.places if shape.holds(x, y)]
        if inside:
            return inside[-1]
        near = [
            ((shape.place.x - x) ** 2 + (shape.place.y - y) ** 2, shape.place.code, shape)
            for shape in self.places
            if shape.radius
        ]
        found = min(near, default=None, key=lambda one: one[:2])
        return found[2] if found is not None and found[0] <= reach**2 else None

    def of(self, code: str) -> Shape | None:
        """Return the shape of a place."""
        if not code:
            return None
        if not self._by_code:
            self._by_code.update((shape.place.code, shape) for shape in self.places)
        return self._by_code.get(code)

    def towards(self, code: str, across: int, up: int) -> str:
        """Return the nearest place in a direction, the same one when there is none."""
        here = self.of(code)
        if here is None:
            return self.middle()
        best, least = code, float("inf")
        for shape in self.places:
            right = (shape.place.x - here.place.x) * (across or 0)
            above = (shape.place.y - here.place.y) * (up or 0)
            ahead = right + above
            aside = abs(shape.place.x - here.place.x if up else shape.place.y - here.place.y)
            if ahead > 0 and aside <= 2 * ahead and ahead + 2 * aside < least:
                best, least = shape.place.code, ahead + 2 * aside
        return best

    def middle(self) -> str:
        """Return the place nearest to the middle of the scene, empty without places."""
        west, south, east, north = self.scene.bounds
        x, y = (west + east) / 2, (south + north) / 2
        ranked = (
            ((one.place.x - x) ** 2 + (one.place.y - y) ** 2, one.place.code) for one in self.places
        )
        return min(ranked, default=(0, ""))[1]


def shapes_of(scene: MapScene) -> Shapes:
    """Return the shapes of a scene."""
    made = [
        Shape(place, place.outline.bounds) for place in scene.places if place.outline is not None
    ]
    circles = [_circle(place) for place in scene.places if place.outline is None]
    circles.sort(key=lambda shape: -shape.radius)
    polygons = _polygons([part for border in scene.borders for part in _packed(border)])
    paths = [
        (border.code, _path([next(polygons) for _ in border.rings])) for border in scene.borders
    ]
    return Shapes(scene, [*made, *circles], paths)


def make_polygons(shapes: Iterable[Shape]) -> None:
    """Make the polygons that these shapes have not yet, all at once."""
    bare = [one for one in shapes if not one.is_made]
    outlines = [one.place.outline for one in bare]
    polygons = _polygons([part for outline in outlines if outline for part in _packed(outline)])
    for one in bare:
        one.take(polygons)


def cluster(shapes: Iterable[Shape]) -> QPolygon:
    """Return every ring of some shapes as one polygon, for an even-odd fill without a pen.

    From each ring a thread leads to the next, and all threads are walked back: they hold nothing.
    Neighbours that overlap by less than a pixel leave no trace at the scale this is for.
    """
    parts, starts = [], []
    for shape in shapes:
        outline = shape.place.outline
        for part in _packed(outline) if outline else ():
            first = part[COUNT : COUNT + POINT]
            starts.append(first)
            parts.append(part[COUNT:])
            parts.append(first)
    parts.extend(reversed(starts))
    points = b"".join(parts)
    return next(_polygons([struct.pack("=i", len(points) // POINT) + points]))


def _packed(outline: Outline) -> Iterator[bytes]:
    """Yield each ring of an outline: how many points, then the points."""
    rings = outline.rings
    alone = rings.alone if isinstance(rings, PackedRings) else None
    if alone is not None:
        yield alone
        return
    for ring in rings:
        yield struct.pack("=i", len(ring) // 2) + array("i", ring).tobytes()


def _polygons(parts: Sequence[bytes]) -> Iterator[QPolygon]:
    """Yield each ring as a polygon, all read in one stream: a point at a time takes seconds."""
    data = QByteArray(b"".join(parts))
    stream = QDataStream(data)
    order = QDataStream.ByteOrder
    stream.setByteOrder(order.LittleEndian if sys.byteorder == "little" else order.BigEndian)
    for _ in parts:
        polygon = QPolygon()
        stream >> polygon  # the stream's own way to read
        yield polygon


def _path(polygons: Sequence[QPolygon]) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for polygon in polygons:
        path.addPolygon(QPolygonF(polygon))
        path.closeSubpath()
    return path


def _circle(place: MapPlace) -> Shape:
    radius = radius_of(place.population) * METRES
    reach = round(radius)
    box = (place.x - reach, place.y - reach, place.x + reach, place.y + reach)
    return Shape(place, box, radius)
