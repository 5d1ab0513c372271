"""The places of a scene as Qt draws them: polygons read in one stream, or circles.

May be made outside the main thread: no widget, no pixmap.
"""

import struct
import sys
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QDataStream, QPoint, QPointF, Qt
from PySide6.QtGui import QPainterPath, QPolygon, QPolygonF

from advisor.domain.maps.layers import MapPlace, MapScene, radius_of
from advisor.domain.places.outline import Outline, PackedRings

METRES = 1000
REACH_PX = 12


@dataclass(slots=True)
class Shape:
    """One place: a polygon, or a path when it has several rings, else a circle."""

    place: MapPlace
    polygon: QPolygon | None
    path: QPainterPath | None
    bounds: tuple[float, float, float, float]
    radius: float = 0.0

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
        return next((shape for shape in self.places if shape.place.code == code), None)

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
    outlined = [place for place in scene.places if place.outline is not None]
    parts = [part for place in outlined if place.outline for part in _packed(place.outline)]
    parts += [part for border in scene.borders for part in _packed(border)]
    polygons = _polygons(parts)
    made = [_outlined(place, polygons) for place in outlined]
    paths = [
        (border.code, _path([next(polygons) for _ in border.rings])) for border in scene.borders
    ]
    circles = [_circle(place) for place in scene.places if place.outline is None]
    circles.sort(key=lambda shape: -shape.radius)
    return Shapes(scene, [*made, *circles], paths)


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


def _outlined(place: MapPlace, polygons: Iterator[QPolygon]) -> Shape:
    outline = place.outline
    rings = outline.rings if outline else ()
    bounds = outline.bounds if outline else (0, 0, 0, 0)
    if len(rings) == 1:
        return Shape(place, next(polygons), None, bounds)
    return Shape(place, None, _path([next(polygons) for _ in rings]), bounds)


def _circle(place: MapPlace) -> Shape:
    radius = radius_of(place.population) * METRES
    box = (place.x - radius, place.y - radius, place.x + radius, place.y + radius)
    return Shape(place, None, None, box, radius)
